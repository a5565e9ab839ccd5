// Runs the decisions of one DMN file. The model is what engine/dmn reads from the XML:
// {key, names, shape, inputs: {name: type}, decisions: {id: {name, type, requires, logic}}, functions: {id: {name, requires, logic}}}.
import { date, dateAndTime, duration, time } from 'feelin';

import { FeelFunction, compile, passes, plain } from './feel.mjs';

const READ = {
  date,
  time,
  dateTime: dateAndTime,
  'date and time': dateAndTime,
  duration,
  dayTimeDuration: duration,
  yearMonthDuration: duration,
  'days and time duration': duration,
  'years and months duration': duration,
};
/** A text where the model says "date" is read as one. */
const typed = (value, type) => (typeof value === 'string' && READ[type] ? READ[type](value) : value);
const same = (a, b) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const any = cell => cell === '' || cell === '-';
const list = numbers => numbers.map(i => i + 1).join(', ').replace(/, (\d+)$/, ' and $1');

const AGGREGATIONS = { SUM: 'sum', MIN: 'min', MAX: 'max', COUNT: 'count' };

class Run {
  constructor(model, variables) {
    this.model = model;
    this.known = { ...variables };
    for (const [name, type] of Object.entries(model.inputs)) this.known[name] = typed(variables[name] ?? null, type);
    this.options = { declared: model.shape, key: model.names };
    this.seen = new Set();
    this.trace = [];
  }

  value(id) {
    this.need(id);
    return this.known[this.model.decisions[id].name];
  }

  /** What the decision requires first, each once. */
  need(id) {
    const wanted = this.model.decisions[id] ?? this.model.functions[id];
    if (!wanted || this.seen.has(id)) return;
    this.seen.add(id);
    wanted.requires.forEach(required => this.need(required));
    this.known[wanted.name] = typed(this.boxed(wanted.logic, this.known, wanted.name), wanted.type);
  }

  feel(text, context) {
    return compile(text, this.options).run(context);
  }

  boxed(logic, context, name) {
    return logic ? this[logic.kind](logic, context, name) : null;
  }

  literal({ text }, context) {
    return this.feel(text, context);
  }

  /** An entry without a name is the result; else the context itself is. */
  context({ entries }, context, name) {
    const result = {};
    const inner = { ...context };
    for (const [key, logic] of entries) {
      const value = this.boxed(logic, inner, key ?? name);
      if (key === null) return value;
      result[key] = inner[key] = value;
    }
    return result;
  }

  list({ items }, context, name) {
    return items.map(item => this.boxed(item, context, name));
  }

  relation({ columns, rows }, context, name) {
    return rows.map(row => Object.fromEntries(row.map((cell, i) => [columns[i], this.boxed(cell, context, name)])));
  }

  conditional(logic, context, name) {
    return this.boxed(this.boxed(logic.if, context, name) === true ? logic.then : logic.else, context, name);
  }

  function({ parameters, body }, context, name) {
    const local = values => Object.fromEntries(parameters.map((parameter, i) => [parameter, values[i] ?? null]));
    return new FeelFunction((...values) => this.boxed(body, { ...context, ...local(values) }, name), parameters);
  }

  invocation({ callee, bindings }, context, name) {
    const target = this.feel(callee, context);
    if (!(target instanceof FeelFunction)) throw new Error(`The decision “${name}” invokes “${callee}”, which is no function`);
    const values = Object.fromEntries(bindings.map(([key, logic]) => [key, this.boxed(logic, context, key)]));
    return target.fn(...target.parameterNames.map(parameter => values[parameter] ?? null));
  }

  table(table, context, name) {
    const inputs = table.inputs.map(input => typed(this.feel(input.text, context), input.type));
    this.allowed(table, inputs, context, name);
    const test = (cell, i) => any(cell) || passes(cell, inputs[i], context, this.options) === true;
    const hits = table.rules.flatMap((rule, i) => (rule.inputs.every(test) ? [i] : []));
    this.trace.push({ decision: name, rules: hits.map(i => i + 1) });
    if (!hits.length) return this.otherwise(table, context);
    return this.policy(table, hits, i => this.outputs(table, table.rules[i].outputs, context), context, name);
  }

  allowed(table, inputs, context, name) {
    table.inputs.forEach(({ text, values }, i) => {
      if (!values || inputs[i] === null || passes(values, inputs[i], context, this.options) === true) return;
      // Said without the value, which may be a person's answer.
      throw new Error(`The decision “${name}” does not allow this value for “${text}”, only ${values}`);
    });
  }

  outputs(table, cells, context) {
    const values = cells.map(cell => (cell ? this.feel(cell, context) : null));
    return values.length === 1 ? values[0] : Object.fromEntries(values.map((value, i) => [table.outputs[i].name, value]));
  }

  otherwise(table, context) {
    const defaults = table.outputs.map(output => output.default);
    if (defaults.some(Boolean)) return this.outputs(table, defaults, context);
    return table.policy === 'COLLECT' && table.aggregation === 'COUNT' ? 0 : null;
  }

  policy(table, hits, row, context, name) {
    const rows = hits.map(row);
    switch (table.policy) {
      case 'UNIQUE':
        if (hits.length > 1) throw new Error(`The decision “${name}” allows one rule to match (UNIQUE), but rules ${list(hits)} do`);
        return rows[0];
      case 'ANY':
        if (rows.every(other => same(other, rows[0]))) return rows[0];
        throw new Error(`The decision “${name}” lets rules match together if they agree (ANY), but rules ${list(hits)} do not`);
      case 'FIRST':
        return rows[0];
      case 'PRIORITY':
        return this.ranked(table, rows, context)[0];
      case 'OUTPUT ORDER':
        return this.ranked(table, rows, context);
      case 'RULE ORDER':
        return rows;
      default: {
        const aggregate = AGGREGATIONS[table.aggregation];
        return aggregate ? this.feel(`${aggregate}(values)`, { values: rows }) : rows;
      }
    }
  }

  /** Rows by the order in which the outputs list their allowed values. */
  ranked(table, rows, context) {
    const place = (output, value) => {
      const at = output.values.findIndex(text => same(this.feel(text, context), value));
      return at < 0 ? output.values.length : at;
    };
    const value = (row, output) => (table.outputs.length === 1 ? row : row[output.name]);
    const rank = row => table.outputs.map(output => (output.values ? place(output, value(row, output)) : 0));
    const compare = (a, b) => a.map((n, i) => n - b[i]).find(Boolean) ?? 0;
    return rows
      .map(row => [rank(row), row])
      .sort(([a], [b]) => compare(a, b))
      .map(([, row]) => row);
  }
}

export function decide(model, id, variables) {
  const run = new Run(model, variables);
  return [plain(run.value(id)), run.trace];
}

/** Compiles everything once: the names that the decisions read, and [where, problem] of each expression that does not compile. */
export function examine(model) {
  const options = { declared: model.shape, key: model.names };
  const names = new Set();
  const problems = [];
  const use = (text, where, unary = false) => {
    if (!text || (unary && any(text))) return;
    try {
      compile(text, { ...options, unary }).wanted.forEach(name => names.add(name));
    } catch (error) {
      problems.push([where, text, error.message]);
    }
  };
  for (const [id, { name, logic }] of Object.entries({ ...model.decisions, ...model.functions })) visit(logic, [id, name], use);
  return [[...names], problems];
}

function visit(logic, where, use) {
  if (!logic) return;
  if (logic.kind === 'literal') use(logic.text, where);
  if (logic.kind === 'invocation') use(logic.callee, where);
  if (logic.kind === 'table') visitTable(logic, where, use);
  const { entries = [], items = [], rows = [], bindings = [] } = logic;
  const named = [...entries, ...bindings].map(([, part]) => part);
  const inner = [...named, ...items, ...rows.flat(), logic.body, logic.if, logic.then, logic.else];
  inner.forEach(part => visit(part, where, use));
}

function visitTable(table, where, use) {
  table.inputs.forEach(({ text, values }, i) => {
    use(text, [...where, `input ${i + 1}`]);
    use(values, [...where, `the allowed values of input ${i + 1}`], true);
  });
  table.outputs.forEach((output, i) => {
    use(output.default, [...where, `the default of output ${i + 1}`]);
    output.values?.forEach(value => use(value, [...where, `the allowed values of output ${i + 1}`]));
  });
  table.rules.forEach((rule, r) => {
    rule.inputs.forEach((cell, i) => use(cell, [...where, `rule ${r + 1}, input ${i + 1}`], true));
    rule.outputs.forEach((cell, i) => use(cell, [...where, `rule ${r + 1}, output ${i + 1}`]));
  });
}
