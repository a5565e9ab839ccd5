// Runs the decisions of one DMN file. The model is what engine/dmn reads from the XML:
// {key, names, shape, types, inputs, decisions, functions, services}, the last four by id: {name, title, type, requires, logic, …}.
import { BUILTINS } from './builtins.mjs';
import { compile } from './feel.mjs';
import { plain, withType } from './plain.mjs';
import { Misplaced, Place, placed } from './place.mjs';
import { Tables } from './tables.mjs';
import { broken, namedTypes } from './itemtypes.mjs';
import { converted, fromJson, readType } from './types.mjs';
import { FeelFunction, context, isContext, normalised } from './values.mjs';
import { takeWarnings } from './warnings.mjs';

/** One asking of a model: what is known so far, by name, and what was decided on the way. */
class Run extends Tables {
  constructor(model, { lenient = false } = {}) {
    super();
    Object.assign(this, { model, lenient, known: context([]), seen: new Set(), trace: [], warnings: [] });
    model.made ??= namedTypes(model.types);
    this.options = { declared: model.shape, key: model.names, types: model.made };
  }

  type(text) {
    return readType(text, this.model.made);
  }

  /** The values that come from outside, as the model's inputs say they are. */
  given(variables) {
    Object.assign(this.known, variables);
    for (const { name, title, type } of Object.values(this.model.inputs)) {
      this.known[name] = this.fitted(fromJson(outside(variables, name), this.type(type)), type, new Place('input', title));
    }
    return this;
  }

  /** The value if it is of its type, changed to it where the standard does so; else nothing, and a warning. */
  fitted(value, type, where) {
    if (!type) return value ?? null;
    const known = this.type(type);
    const read = converted(value, known);
    if (read === undefined) return this.trouble(where, `its value is not of the type “${type}”`);
    const rule = broken(read, known, this.options);
    return rule ? this.trouble(where, `its value is not allowed, only ${rule}`) : read;
  }

  warn(where, sentence) {
    this.warnings.push(`${where}: ${sentence}.`);
    return null;
  }

  /** What a case must not go on with; where only an answer is asked for, nothing and a warning. */
  trouble(where, sentence) {
    if (this.lenient) return this.warn(where, sentence);
    throw new Misplaced(`${where}: ${sentence}`);
  }

  value(id) {
    this.asked = id;
    if (id in this.model.services) return this.service(id).call(this.parameters(id).map(({ name }) => this.known[name] ?? null));
    this.need(id);
    return this.known[this.model.decisions[id].name];
  }

  /** What the decision requires first, each once. */
  need(id) {
    const wanted = this.model.decisions[id] ?? this.model.functions[id];
    if (id in this.model.services) this.known[this.model.services[id].name] = this.service(id);
    if (!wanted || this.seen.has(id)) return;
    this.seen.add(id);
    if (this.stands(wanted, id)) return;
    wanted.requires.forEach(required => this.need(required));
    const where = new Place(id in this.model.functions ? 'function' : 'decision', wanted.title);
    const made = this.attempt(() => this.boxed(wanted.logic, this.known, where), where);
    this.known[wanted.name] = id in this.model.functions ? made : this.fitted(fromJson(made, this.type(wanted.type)), wanted.type, where);
  }

  /** Where only an answer is asked for, a value given under the name of a required decision stands for it. */
  stands({ name, type, title }, id) {
    if (!this.lenient || id === this.asked || !(id in this.model.decisions) || !Object.hasOwn(this.known, name)) return false;
    this.known[name] = this.fitted(fromJson(this.known[name], this.type(type)), type, new Place('input', title));
    return true;
  }

  attempt(work, where) {
    try {
      return work();
    } catch (error) {
      const told = placed(error, where);
      if (!this.lenient || !(told instanceof Misplaced)) throw told;
      this.warnings.push(told.message);
      return null;
    }
  }

  /** What a decision service is given: its inputs, then the decisions that are made outside. */
  parameters(id) {
    const { inputs, given } = this.model.services[id];
    return [...inputs.map(input => this.model.inputs[input]), ...given.map(decision => this.model.decisions[decision])].filter(Boolean);
  }

  /** A decision service as a function: it sees its parameters and nothing else. */
  service(id) {
    const { title, type, outputs, given } = this.model.services[id];
    const parameters = this.parameters(id);
    const names = parameters.map(({ name }) => name);
    const decide = (...values) => {
      const run = new Run(this.model, { lenient: this.lenient });
      given.forEach(decision => run.seen.add(decision));
      parameters.forEach(({ name, type: wanted, title: said }, i) => {
        run.known[name] = run.fitted(fromJson(values[i], run.type(wanted)), wanted, new Place('input', said));
      });
      const made = outputs.map(output => [this.model.decisions[output].name, run.value(output)]);
      this.trace.push(...run.trace);
      this.warnings.push(...run.warnings);
      return this.fitted(made.length === 1 ? made[0][1] : context(made), this.resultOf(type), new Place('decision service', title));
    };
    return new FeelFunction(decide, names);
  }

  /** The type that a service's own type says its result has. */
  resultOf(type) {
    return type && this.model.types[type]?.result !== undefined ? this.model.types[type].result : type;
  }

  feel(text, scope, where) {
    return this.told(() => compile(text, this.options).run(scope), where);
  }

  /** The value of some FEEL, with its warnings and errors said to be of a place. */
  told(evaluate, where) {
    try {
      const value = evaluate();
      for (const sentence of takeWarnings()) this.warn(where, sentence);
      return value;
    } catch (error) {
      throw placed(error, where);
    }
  }

  boxed(logic, scope, where) {
    if (!logic) return null;
    const value = this[logic.kind](logic, scope, where);
    return logic.type ? this.fitted(fromJson(value, this.type(logic.type)), logic.type, where) : value;
  }

  literal({ text }, scope, where) {
    return text === '' ? null : this.feel(text, scope, where);
  }

  /** An entry without a name is the result; else the context itself is. */
  context({ entries }, scope, where) {
    const result = context([]);
    const inner = context(Object.entries(scope));
    for (const [key, logic, type] of entries) {
      const at = key === null ? where : where.in(`“${key}”`);
      const value = this.fitted(this.boxed(logic, inner, at), type, at);
      if (key === null) return value;
      result[key] = inner[key] = value;
    }
    return result;
  }

  list({ items }, scope, where) {
    return items.map(item => this.boxed(item, scope, where));
  }

  relation({ columns, rows }, scope, where) {
    return rows.map(row => context(row.map((cell, i) => [columns[i], this.boxed(cell, scope, where)])));
  }

  conditional(logic, scope, where) {
    return this.boxed(this.boxed(logic.if, scope, where) === true ? logic.then : logic.else, scope, where);
  }

  filter({ source, test }, scope, where) {
    const list = this.boxed(source, scope, where);
    if (list === null) return null;
    return (Array.isArray(list) ? list : [list]).filter(item => {
      const own = isContext(item) ? Object.entries(item) : [];
      return this.boxed(test, context([...Object.entries(scope), ['item', item], ...own]), where) === true;
    });
  }

  iterator({ what, variable, source, body }, scope, where) {
    const items = this.itemsOf(this.boxed(source, scope, where));
    if (items === null) return null;
    const partial = [];
    for (const item of items) {
      partial.push(this.boxed(body, context([...Object.entries(scope), ['partial', partial], [variable, item]]), where));
    }
    if (what === 'for') return partial;
    const decisive = what === 'some';
    if (partial.includes(decisive)) return decisive;
    return partial.every(answer => answer === !decisive) ? !decisive : null;
  }

  itemsOf(value) {
    if (value === null) return null;
    return compile('for item in list return item', { key: 'iterator' }).run({ list: value });
  }

  function({ parameters, body, foreign }, scope, where) {
    if (foreign) return this.warn(where, 'functions in other languages are never run');
    const names = parameters.map(([name]) => name);
    const types = parameters.map(([, type]) => this.type(type));
    const run = (...values) => {
      const given = values.map((value, i) => [names[i], this.fitted(value, parameters[i][1], where.in(`“${names[i]}”`))]);
      return this.boxed(body, context([...Object.entries(scope), ...given]), where);
    };
    return new FeelFunction(run, names, { types, result: body?.type ? this.type(body.type) : null });
  }

  invocation({ callee, bindings }, scope, where) {
    const target = this.callee(callee, scope, where);
    if (!(target instanceof FeelFunction)) throw new Misplaced(`${where} invokes “${callee}”, which is no function`);
    const values = bindings.map(([key, logic, type]) => [key, this.fitted(this.boxed(logic, scope, where), type, where)]);
    return this.told(() => target.named(context(values)) ?? null, where);
  }

  callee(name, scope, where) {
    const own = Object.keys(scope).find(key => normalised(key) === normalised(name));
    return own !== undefined ? scope[own] : (BUILTINS.get(name) ?? this.feel(name, scope, where));
  }
}

/** What was given under a name, whatever the spaces in it. */
function outside(variables, name) {
  if (Object.hasOwn(variables, name)) return variables[name];
  const key = Object.keys(variables).find(known => normalised(known) === normalised(name));
  return key === undefined ? null : variables[key];
}

/** [value, rules that counted, warnings]. Lenient: what cannot be decided is null, with a warning, as the standard has it. */
export function decide(model, id, variables, { lenient = false, types = false } = {}) {
  const run = new Run(model, { lenient }).given(variables);
  const value = run.attempt(() => run.value(id), new Place('decision', id));
  return [types ? withType(value) : plain(value), run.trace, run.warnings];
}

/** Compiles everything once: the names that the decisions read, and [where, text, problem] of each expression that does not compile. */
export function examine(model) {
  const options = { declared: model.shape, key: model.names, types: namedTypes(model.types) };
  const names = new Set();
  const problems = [];
  const use = (text, where, unary = false) => {
    if (!text || (unary && text === '-')) return;
    try {
      compile(text, { ...options, unary }).wanted.forEach(name => names.add(name));
    } catch (error) {
      problems.push([where, text, error.message]);
    }
  };
  for (const [id, { name, logic }] of Object.entries({ ...model.decisions, ...model.functions })) visit(logic, [id, name], use);
  return [[...names], problems];
}

const ONE_EACH = ['body', 'if', 'then', 'else', 'source', 'test'];

function visit(logic, where, use) {
  if (!logic) return;
  if (logic.kind === 'literal') use(logic.text, where);
  if (logic.kind === 'invocation') use(logic.callee, where);
  if (logic.kind === 'table') visitTable(logic, where, use);
  const { entries = [], items = [], rows = [], bindings = [] } = logic;
  const named = [...entries, ...bindings].map(([, part]) => part);
  [...named, ...items, ...rows.flat(), ...ONE_EACH.map(part => logic[part])].forEach(part => visit(part, where, use));
}

function visitTable(table, where, use) {
  table.inputs.forEach(({ text, values, title }) => {
    use(text, [...where, `input “${title}”`]);
    use(values, [...where, `the allowed values of input “${title}”`], true);
  });
  table.outputs.forEach((output, i) => {
    use(output.default, [...where, `the default of output ${i + 1}`]);
    output.values?.forEach(value => use(value, [...where, `the allowed values of output ${i + 1}`]));
  });
  table.rules.forEach((rule, r) => {
    rule.inputs.forEach((cell, i) => use(cell, [...where, `rule ${r + 1}, input “${table.inputs[i]?.title ?? i + 1}”`], true));
    rule.outputs.forEach((cell, i) => use(cell, [...where, `rule ${r + 1}, output ${i + 1}`]));
  });
}
