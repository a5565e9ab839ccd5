// FEEL for the server and for the browser: an expression is compiled once to a tree of closures and run many times on a small
// context. The grammar is lezer-feel's; the rest is ours.
import { parser, trackVariables } from 'lezer-feel';

import { Analysis } from './analysis.mjs';
import { BUILTINS } from './builtins.mjs';
import { Compiler } from './compile.mjs';
import { plain } from './plain.mjs';
import { Scope } from './scope.mjs';

const byText = new Map();
const NONE = {};

// What the parser must know beforehand to read "get or else" as one name. It looks through all of it at each word, so words are left out.
const isWord = name => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);
const hard = names => Object.fromEntries(Object.entries(names).filter(([name, parts]) => parts || !isWord(name)));
const OF_VALUES = ['start included', 'end included', 'time offset'];
const hardNames = hard(Object.fromEntries([...BUILTINS.keys(), ...OF_VALUES].map(name => [name, null])));
const parsers = { Expression: new WeakMap(), UnaryTests: new WeakMap() };

function parserFor(top, declared) {
  const known = parsers[top];
  if (!known.has(declared)) {
    known.set(declared, parser.configure({ top, contextTracker: trackVariables({ ...hardNames, ...hard(declared) }) }));
  }
  return known.get(declared);
}

/** The grammar does not know range<…>; as a type it reads like list<…>, which is as long. */
const readable = text => text.replace(/\brange(\s*)</g, 'list $1<');

function parse(text, top, declared) {
  const tree = parserFor(top, declared).parse(readable(text));
  tree.iterate({
    enter({ type }) {
      if (type.isError) throw new Error('this is not a complete FEEL expression');
    },
  });
  return tree;
}

export class Expression {
  constructor(text, unary, { declared = NONE, types = NONE }) {
    this.unary = unary;
    const tree = parse(text, unary ? 'UnaryTests' : 'Expression', declared);
    const { wanted, reads, problems } = new Analysis(text, declared).of(tree);
    if (problems.length) throw new Error(problems.join('; '));
    this.root = new Compiler(text, { types }).node(tree.topNode);
    Object.assign(this, { wanted: [...wanted], reads: [...reads] });
  }

  run(variables, tested) {
    if (!this.unary) return this.root(new Scope(variables));
    const value = tested ?? null;
    return this.root(new Scope({ '?': value }, new Scope(variables)), value);
  }
}

/**
 * The expression, compiled at first sight. `declared` with its `key`: names with spaces, and functions, that data will hold;
 * `types`: the types of a model.
 */
export function compile(text, { unary = false, key = '', ...options } = {}) {
  const full = `${unary ? '?' : '='}${key}\0${text}`;
  let found = byText.get(full);
  if (!found) byText.set(full, (found = new Expression(text, unary, options)));
  return found;
}

/** How many expressions are remembered; `forget` drops them all. */
export const remembered = () => byText.size;
export const forget = () => byText.clear();

/** For the browser: the value as JSON has it. */
export function evaluate(text, variables) {
  return JSON.parse(JSON.stringify(plain(compile(text).run(variables))));
}

/** Whether the value passes the tests of a table's cell: "< 10, > 20", not("a"). null when they cannot be compared. */
export function passes(tests, value, variables, options = {}) {
  return compile(tests, { ...options, unary: true }).run(variables, value);
}
