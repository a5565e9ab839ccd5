// Runs the decisions of one DMN file and of the models it imports. The model is what engine/dmn reads from the XML: {key, homes, inputs,
// decisions, functions, services}, the last four by id: {name, title, type, home, requires, logic, …}. A home is a model: "" is the
// file's own, others go by their namespace; each has {key, types, shape, imports: {alias: home}, open: [homes imported without a name]}.
import { BUILTINS } from './builtins.mjs';
import { compile } from './feel.mjs';
import { plain, withType } from './plain.mjs';
import { Misplaced, Place, placed } from './place.mjs';
import { Tables } from './tables.mjs';
import { optionsOf } from './homes.mjs';
import { broken } from './itemtypes.mjs';
import { converted, fromJson, readType } from './types.mjs';
import { FeelFunction, context, isContext, normalised } from './values.mjs';
import { takeWarnings } from './warnings.mjs';

/** One asking of a model: what is known so far, by name, and what was decided on the way. */
class Run extends Tables {
  constructor(model, { lenient = false } = {}) {
    super();
    Object.assign(this, { model, lenient, seen: new Set(), trace: [], warnings: [] });
    model.made ??= optionsOf(model.homes);
    this.scopes = context(Object.keys(model.homes).map(home => [home, context([])]));
    for (const [home, { imports }] of Object.entries(model.homes)) {
      for (const [alias, other] of Object.entries(imports)) this.scopes[home][alias] = this.scopes[other];
    }
  }

  options({ home }) {
    return this.model.made[home];
  }

  type(text, where) {
    return readType(text, this.options(where).types);
  }

  /** The values that come from outside, as the model's inputs say they are; those of an imported model under its name, or as they are. */
  given(variables, home = '', seen = new Set()) {
    if (seen.has(home)) return this;
    seen.add(home);
    const scope = this.scopes[home];
    const { imports } = this.model.homes[home];
    for (const [name, value] of Object.entries(variables)) if (!Object.hasOwn(imports, name)) scope[name] = value;
    for (const input of Object.values(this.model.inputs)) {
      if (input.home === home) scope[input.name] = this.read(outside(variables, input.name), input);
    }
    for (const [alias, other] of Object.entries(imports)) {
      const own = isContext(variables[alias]) ? variables[alias] : {};
      this.given(context([...Object.entries(variables), ...Object.entries(own)]), other, seen);
    }
    for (const other of this.model.homes[home].open) this.given(variables, other, seen);
    return this;
  }

  /** A value from outside for an input, or for a decision that is made outside. */
  read(value, { type, title, home }) {
    const where = new Place('input', title, home);
    return this.fitted(fromJson(value, this.type(type, where)), type, where);
  }

  /** The value if it is of its type, changed to it where the standard does so; else nothing, and a warning. */
  fitted(value, type, where) {
    return type ? this.fittedTo(value, this.type(type, where), type, where) : (value ?? null);
  }

  fittedTo(value, known, type, where) {
    const read = converted(value, known);
    if (read === undefined) return this.trouble(where, `its value is not of the type “${type}”`);
    const rule = broken(read, known, this.options(where));
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
    const { services, decisions, functions } = this.model;
    if (id in services) return this.service(id).call(this.parameters(id).map(({ name, home }) => this.scopes[home][name] ?? null));
    this.need(id);
    return id in functions ? this.called(functions[id]) : this.known(decisions[id]);
  }

  /** A business knowledge model that is asked itself, with what is given under the names of its parameters. */
  called({ name, title, home }) {
    const target = this.scopes[home][name];
    if (!(target instanceof FeelFunction)) return null;
    const values = target.parameters.map((known, i) => fromJson(outside(this.scopes[home], known), target.types[i]));
    return this.told(() => target.call(values), new Place('function', title, home));
  }

  known({ name, home }) {
    return this.scopes[home][name] ?? null;
  }

  /** What the decision requires first, each once. */
  need(id) {
    const { decisions, functions, services } = this.model;
    const wanted = decisions[id] ?? functions[id] ?? services[id];
    if (!wanted || this.seen.has(id)) return;
    this.seen.add(id);
    const { name, title, type, home, requires, logic } = wanted;
    const scope = this.scopes[home];
    if (id in services) scope[name] = this.service(id);
    if (id in services || this.stands(wanted, id)) return;
    requires.forEach(required => this.need(required));
    const where = new Place(id in functions ? 'function' : 'decision', title, home);
    const seen = this.seenBy(id, wanted);
    const made = this.attempt(() => this.boxed(logic, seen, where), where);
    scope[name] = id in functions ? this.resulting(made, type, where) : this.fitted(fromJson(made, this.type(type, where)), type, where);
    seen[name] = scope[name]; // a function may call itself
  }

  /** What a part may read: of the model's decisions and functions only those that it requires, so that the drawing tells the truth. */
  seenBy(id, { home, requires }) {
    const required = new Set(requires);
    const unknown = id in this.model.functions ? Object.values(this.model.inputs) : []; // it knows only its parameters
    const hidden = new Set(unknown.filter(input => input.home === home).map(({ name }) => name));
    for (const [other, part] of this.made()) if (part.home === home && !required.has(other)) hidden.add(part.name);
    const seen = context(Object.entries(this.scopes[home]).filter(([name]) => !hidden.has(name)));
    // What an import without a name brings goes by its own names.
    const open = this.model.homes[home].open;
    const { inputs } = this.model;
    for (const [other, part] of [...this.made(), ...Object.entries(inputs)]) {
      if (open.includes(part.home) && (required.has(other) || other in inputs)) seen[part.name] ??= this.known(part);
    }
    return seen;
  }

  made() {
    return [...Object.entries(this.model.decisions), ...Object.entries(this.model.functions), ...Object.entries(this.model.services)];
  }

  /** A function whose results are of the type that its variable names: the results' own, or a type of functions that gives such. */
  resulting(made, type, where) {
    if (!type || !(made instanceof FeelFunction)) return made;
    const known = this.type(type, where);
    const result = known.kind === 'function' ? known.result : known;
    const call = (...values) => this.fittedTo(fromJson(made.call(values), result), result, type, where);
    return new FeelFunction(call, made.parameters, { types: made.types, result: made.result ?? result });
  }

  /** Where only an answer is asked for, a value given under the name of a required decision stands for it. */
  stands(wanted, id) {
    const scope = this.scopes[wanted.home];
    if (!this.lenient || id === this.asked || !(id in this.model.decisions) || !Object.hasOwn(scope, wanted.name)) return false;
    scope[wanted.name] = this.read(scope[wanted.name], wanted);
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
    const { title, type, home, outputs, given } = this.model.services[id];
    const parameters = this.parameters(id);
    const decide = (...values) => {
      const run = new Run(this.model, { lenient: this.lenient });
      given.forEach(decision => run.seen.add(decision));
      parameters.forEach((parameter, i) => {
        run.scopes[parameter.home][parameter.name] = run.read(values[i], parameter);
      });
      const made = outputs.map(output => [this.model.decisions[output].name, run.value(output)]);
      this.trace.push(...run.trace);
      this.warnings.push(...run.warnings);
      const value = made.length === 1 ? made[0][1] : context(made);
      return this.fitted(value, this.resultOf(type, home), new Place('decision service', title, home));
    };
    return new FeelFunction(decide, parameters.map(({ name }) => name));
  }

  /** The type that a service's own type says its result has. */
  resultOf(type, home) {
    const defined = this.model.homes[home].types[type]?.result;
    return defined === undefined ? type : defined;
  }

  feel(text, scope, where) {
    return this.told(() => compile(text, this.options(where)).run(scope), where);
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
    // What a boxed function says to be its type is that of its results.
    return logic.type && logic.kind !== 'function' ? this.fitted(fromJson(value, this.type(logic.type, where)), logic.type, where) : value;
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
      const made = this.boxed(logic, inner, at);
      const value = logic?.kind === 'function' ? made : this.fitted(made, type, at);
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
    const condition = this.boxed(logic.if, scope, where);
    if (condition !== null && typeof condition !== 'boolean') return this.warn(where, 'the condition is neither true nor false');
    return this.boxed(condition ? logic.then : logic.else, scope, where);
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
    const types = parameters.map(([, type]) => this.type(type, where));
    const run = (...values) => {
      const given = values.map((value, i) => [names[i], this.fitted(value, parameters[i][1], where.in(`“${names[i]}”`))]);
      return this.boxed(body, context([...Object.entries(scope), ...given]), where);
    };
    return new FeelFunction(run, names, { types, result: body?.type ? this.type(body.type, where) : null });
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
