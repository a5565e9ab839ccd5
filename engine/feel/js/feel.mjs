// FEEL for the server and for the browser: an expression is compiled once to a tree of closures and run many times on a small
// context. build.mjs makes feelin (pinned) export the few inner names that this needs.
import { FeelFunction, FeelRange, Interpreter, InterpreterContext, getType, parser, trackVariables } from 'feelin';

import { Analysis } from './analysis.mjs';
import { EXTRA } from './builtins.mjs';
import { plain } from './plain.mjs';

// feelin 8.2.0 finds "x" in [1..5], "7" > 5, and a text in a range of dates: unlike types cannot be compared, which in FEEL is null.
const includes = FeelRange.prototype.includes;
FeelRange.prototype.includes = function (value) {
  const type = getType(value);
  const alike = !this.valueType || ['nil', 'range', this.valueType].includes(type);
  return alike ? includes.call(this, value) : null;
};

const interpreter = new Interpreter();
const byText = new Map();
const NONE = {};

// What the parser must know beforehand to read "get or else" as one name. It looks through all of it at each word, so words are left out.
const isWord = name => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);
const hard = names => Object.fromEntries(Object.entries(names).filter(([name, parts]) => parts || !isWord(name)));
const hardExtra = hard(Object.fromEntries(Object.keys(EXTRA).map(name => [name, null])));
const parsers = { Expression: new WeakMap(), UnaryTests: new WeakMap() };

function parserFor(top, declared) {
  const known = parsers[top];
  if (!known.has(declared)) {
    const names = { ...hardExtra, ...hard(declared) };
    known.set(declared, parser.configure({ top, contextTracker: trackVariables(names) })); // feelin makes one for each expression
  }
  return known.get(declared);
}

export class Expression {
  constructor(text, unary, declared) {
    this.unary = unary;
    this.log = new InterpreterContext();
    const tree = parserFor(unary ? 'UnaryTests' : 'Expression', declared).parse(text);
    const { root } = interpreter._buildExecutionTree(tree, text, this.log);
    const { wanted, reads, calls, problems } = new Analysis(text, declared).of(tree);
    if (problems.length) throw new Error(problems.join('; '));
    Object.assign(this, { root, wanted: [...wanted], reads: [...reads] });
    // Only what is used: feelin looks through the whole context for a name.
    this.extra = calls.size ? Object.fromEntries([...calls].map(name => [name, EXTRA[name]])) : null;
  }

  run(variables, tested) {
    this.log.warnings.length = 0;
    const context = this.extra ? { ...this.extra, ...variables } : variables;
    if (!this.unary) return this.root(context);
    return this.root({ ...context, '?': tested ?? null })(tested ?? null);
  }

  get warnings() {
    return this.log.warnings.map(({ message }) => message);
  }
}

/** The expression, compiled at first sight. `declared` with its `key`: names with spaces, and functions, that data will hold. */
export function compile(text, { unary = false, declared = NONE, key = '' } = {}) {
  const full = `${unary ? '?' : '='}${key}\0${text}`;
  let found = byText.get(full);
  if (!found) byText.set(full, (found = new Expression(text, unary, declared)));
  return found;
}

/** How many expressions are remembered; `forget` drops them all. */
export const remembered = () => byText.size;
export const forget = () => byText.clear();

export function evaluate(text, variables) {
  return plain(compile(text).run(variables));
}

/** Whether the value passes the tests of a table's cell: "< 10, > 20", not("a"). null when they cannot be compared. */
export function passes(tests, value, variables, options = {}) {
  // feelin takes a cell that is only the name of a boolean for the answer; it is a value to compare with.
  if (typeof value === 'boolean' && /^[\w.]+$/.test(tests)) return compile(tests, options).run(variables) === value;
  return compile(tests, { ...options, unary: true }).run(variables, value);
}

export { EXTRA, FeelFunction, plain };
