// Decision tables: which rules match, and what they come to by each hit policy.
import { BUILTINS } from './builtins.mjs';
import { passes } from './feel.mjs';
import { Misplaced } from './place.mjs';
import { fromJson } from './types.mjs';
import { context, equal } from './values.mjs';

const any = cell => cell === '' || cell === '-';
const listed = numbers => numbers.map(i => i + 1).join(', ').replace(/, (\d+)$/, ' and $1');
const AGGREGATIONS = { SUM: 'sum', MIN: 'min', MAX: 'max', COUNT: 'count' };
const ONE = new Set(['FIRST', 'PRIORITY']);

export class Tables {
  table(table, scope, where) {
    const inputs = table.inputs.map(input => this.input(input, scope, where));
    const place = (r, i) => where.in(`rule ${r + 1}, input “${table.inputs[i].title}”`);
    const test = (cell, i, r) => any(cell) || this.passes(cell, inputs[i], scope, place(r, i));
    const hits = table.rules.flatMap((rule, r) => (rule.inputs.every((cell, i) => test(cell, i, r)) ? [r] : []));
    const row = r => this.outputs(table, table.rules[r].outputs, scope, where.in(`rule ${r + 1}`));
    const [value, counted] = hits.length ? this.policy(table, hits, row, scope, where) : [this.otherwise(table, scope, where), []];
    this.trace.push({ decision: where.title, rules: counted.map(r => r + 1) });
    return value;
  }

  input({ text, type, values, title }, scope, where) {
    const at = where.in(`input “${title}”`);
    const value = this.fitted(fromJson(this.feel(text, scope, at), this.type(type, at)), type, at);
    if (!values || value === null || this.passes(values, value, scope, at)) return value;
    // Said without the value, which may be a person's answer.
    throw new Misplaced(`${where} does not allow this value for “${text}”, only ${values}`);
  }

  passes(cell, value, scope, where) {
    return this.told(() => passes(cell, value, scope, this.options(where)), where) === true;
  }

  outputs(table, cells, scope, where) {
    const values = cells.map((cell, i) => {
      const { name, type, title } = table.outputs[i];
      const at = cells.length > 1 ? where.in(`output “${title}”`) : where;
      const value = cell ? this.feel(cell, scope, at) : null;
      return [name, type ? this.fitted(fromJson(value, this.type(type, at)), type, at) : value];
    });
    return values.length === 1 ? values[0][1] : context(values);
  }

  otherwise(table, scope, where) {
    const defaults = table.outputs.map(output => output.default);
    if (defaults.some(Boolean)) return this.outputs(table, defaults, scope, where);
    return table.policy === 'COLLECT' && table.aggregation === 'COUNT' ? 0 : null;
  }

  /** The value, and the rules that counted for it. */
  policy(table, hits, row, scope, where) {
    if (table.policy === 'FIRST') return [row(hits[0]), [hits[0]]];
    const rows = hits.map(row);
    switch (table.policy) {
      case 'UNIQUE':
        if (hits.length > 1) throw new Misplaced(`${where} allows one rule to match (UNIQUE), but rules ${listed(hits)} do`);
        return [rows[0], hits];
      case 'ANY':
        if (rows.every(other => equal(other, rows[0]) === true)) return [rows[0], hits];
        throw new Misplaced(`${where} lets rules match together if they agree (ANY), but rules ${listed(hits)} do not`);
      case 'PRIORITY':
      case 'OUTPUT ORDER':
        return this.ranked(table, hits, rows, scope, where);
      case 'RULE ORDER':
        return [rows, hits];
      default:
        return [this.aggregated(table, rows), hits];
    }
  }

  aggregated({ aggregation, outputs }, rows) {
    const function_ = BUILTINS.get(AGGREGATIONS[aggregation]);
    if (!function_ || rows.length === 0) return rows;
    if (aggregation === 'COUNT') return rows.length;
    if (outputs.length === 1) return function_.call([rows]);
    return context(outputs.map(({ name }) => [name, function_.call([rows.map(row => row[name])])]));
  }

  /** Rows by the order in which the outputs list their allowed values; of PRIORITY the first alone. */
  ranked(table, hits, rows, scope, where) {
    const allowed = table.outputs.map(({ values }) => values?.map(text => this.feel(text, scope, where)));
    const place = (i, value) => {
      const at = allowed[i].findIndex(other => equal(other, value) === true);
      return at < 0 ? allowed[i].length : at;
    };
    const value = (row, { name }) => (table.outputs.length === 1 ? row : row[name]);
    const rank = row => table.outputs.map((output, i) => (allowed[i] ? place(i, value(row, output)) : 0));
    const compare = (a, b) => a.map((n, i) => n - b[i]).find(Boolean) ?? 0;
    const ordered = rows.map((row, i) => [rank(row), row, hits[i]]).sort(([a], [b]) => compare(a, b));
    if (ONE.has(table.policy)) return [ordered[0][1], [ordered[0][2]]];
    return [ordered.map(([, row]) => row), hits];
  }
}
