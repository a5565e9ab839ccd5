// An expression as a tree of closures, from the syntax tree of lezer-feel: each takes a scope and gives a value. What cannot be
// evaluated is null, with a warning.
import { arithmetic, between, compare, conjunction, disjunction, negation } from './operators.mjs';
import { Compiler as Base, Scope, lookUp } from './scope.mjs';
import { resultType } from './inference.mjs';
import { everyOf, forEach, someOf } from './iteration.mjs';
import { filtered } from './filter.mjs';
import { BUILTINS } from './builtins.mjs';
import * as numbers from './numbers.mjs';
import { parseAny } from './temporal.mjs';
import { conforms, converted, readType } from './types.mjs';
import { FeelFunction, FeelRange, any, context, fits, member, order } from './values.mjs';
import { warn } from './warnings.mjs';

const VALUES = 'StringLiteral NumericLiteral BooleanLiteral null VariableName PathExpression List Context'.split(' ');
const ESCAPES = { n: '\n', r: '\r', t: '\t' };

function unescaped(text) {
  const escape = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{6})|([^]))/g;
  return text.slice(1, -1).replace(escape, (whole, four, six, one) => {
    if (four || six) return parseInt(four ?? six, 16) > 0x10ffff ? whole : String.fromCodePoint(parseInt(four ?? six, 16));
    return ESCAPES[one] ?? (`"\\'`.includes(one) ? one : whole);
  });
}

/** A model may declare a name with a dot in it; where it is not known, the dot leads into a context as everywhere. */
function follow(scope, [first, ...rest]) {
  return rest.reduce((value, name) => (value === undefined ? value : member(value, name)), lookUp(scope, first));
}

export class Compiler extends Base {
  Expression(node) {
    return this.node(this.children(node)[0]);
  }

  StringLiteral(node) {
    return this.constant(unescaped(this.source(node)));
  }

  NumericLiteral(node) {
    return this.constant(numbers.parse(this.source(node).replace(/\s/g, '')));
  }

  BooleanLiteral(node) {
    return this.constant(this.source(node) === 'true');
  }

  null() {
    return this.constant(null);
  }

  VariableName(node) {
    const name = this.name(node);
    const builtin = BUILTINS.get(name);
    const path = name.split('.').map(part => part.trim());
    return scope => {
      const known = lookUp(scope, name);
      const found = known === undefined && path.length > 1 ? follow(scope, path) : known;
      if (found !== undefined) return found;
      return builtin ?? warn(`Variable '${name}' not found`);
    };
  }

  '?'() {
    return scope => lookUp(scope, '?') ?? null;
  }

  ParenthesizedExpression(node) {
    return this.node(this.children(node)[1]);
  }

  PathExpression(node) {
    const target = this.node(node.firstChild);
    const name = this.name(node.lastChild);
    const of = value => member(value, name) ?? (value === null ? null : warn(`There is no '${name}' here`));
    return scope => {
      const value = target(scope);
      return Array.isArray(value) ? value.map(of) : of(value);
    };
  }

  FilterExpression(node) {
    const [list, , test] = this.children(node);
    return filtered(this.node(list), this.node(test));
  }

  ArithmeticExpression(node) {
    const parts = this.children(node);
    if (parts.length === 2) return negation(this.node(parts[1]));
    return arithmetic(this.source(parts[1]), this.node(parts[0]), this.node(parts[2]));
  }

  Conjunction(node) {
    return conjunction(this.node(node.firstChild), this.node(node.lastChild));
  }

  Disjunction(node) {
    return disjunction(this.node(node.firstChild), this.node(node.lastChild));
  }

  Comparison(node) {
    const [left, operator, ...rest] = this.children(node);
    const value = this.node(left);
    if (operator.name === 'between') return between(value, this.node(rest[0]), this.node(rest[2]));
    if (operator.name === 'in') return this.membership(value, rest);
    return compare(this.source(operator), value, this.node(rest[0]));
  }

  membership(value, rest) {
    const tests = rest.flatMap(part => (part.name === 'PositiveUnaryTests' ? this.children(part) : [part]));
    const compiled = tests.filter(part => part.name === 'PositiveUnaryTest').map(test => this.test(test));
    return scope => {
      const tested = value(scope);
      const inner = new Scope({ '?': tested }, scope);
      return any(compiled.map(test => test(inner, tested)));
    };
  }

  /** A test of a table's cell, or after `in`: (scope, value) => true, false or null. */
  test(node) {
    let [inner] = this.children(node);
    const [, bracketed] = inner.name === 'ParenthesizedExpression' ? this.children(inner) : [];
    if (bracketed?.name === 'SimplePositiveUnaryTest') inner = bracketed;
    if (inner.firstChild?.name === 'CompareOp') {
      const bound = this.node(inner.lastChild);
      const operator = this.source(inner.firstChild);
      return (scope, value) => compare(operator, () => value, bound)(scope);
    }
    return this.plainTest(inner);
  }

  plainTest(node) {
    const evaluate = this.node(node);
    const asks = this.mentions(node, '?');
    const isTest = asks || node.name === 'SimplePositiveUnaryTest'; // else null is a value to compare with
    const isValue = VALUES.includes(node.name);
    return (scope, value) => {
      const result = evaluate(scope);
      if (typeof result === 'boolean' && (asks || (!isValue && typeof value !== 'boolean'))) return result;
      return isTest && result === null ? null : fits(value, result);
    };
  }

  UnaryTests(node) {
    const parts = this.children(node);
    if (parts[0].name === 'Wildcard') return () => true;
    const tests = this.children(parts.find(part => part.name === 'PositiveUnaryTests')).map(test => this.test(test));
    const negated = parts[0].name === 'not';
    return (scope, value) => {
      const passed = any(tests.map(test => test(scope, value)));
      return negated && passed !== null ? !passed : passed;
    };
  }

  /** An interval, or < 5 as a range of its own. */
  SimplePositiveUnaryTest(node) {
    if (node.firstChild.name !== 'CompareOp') return this.node(node.firstChild);
    const bound = this.node(node.lastChild);
    const operator = this.source(node.firstChild);
    const made = {
      '<': value => new FeelRange(null, value, false, false),
      '<=': value => new FeelRange(null, value, false, true),
      '>': value => new FeelRange(value, null, false, false),
      '>=': value => new FeelRange(value, null, true, false),
      '=': value => new FeelRange(value, value, true, true),
      '!=': () => null,
    }[operator];
    return scope => {
      const value = bound(scope);
      return order(value, value) === null ? null : made(value);
    };
  }

  Interval(node) {
    const [open, from, , to, close] = this.children(node);
    const [low, high] = [this.node(from), this.node(to)];
    const [lowIncluded, highIncluded] = [this.source(open) === '[', this.source(close) === ']'];
    return scope => {
      const [start, end] = [low(scope), high(scope)];
      const known = start ?? end;
      const open = (start === null && lowIncluded) || (end === null && highIncluded); // [null..5] has a bound that is nothing
      if (open || order(start ?? known, end ?? known) === null) return warn('A range has no bounds that can be compared');
      return new FeelRange(start, end, lowIncluded, highIncluded);
    };
  }

  IfExpression(node) {
    const [, condition, , then, , otherwise] = this.children(node);
    const [test, one, other] = [this.node(condition), this.node(then), otherwise ? this.node(otherwise) : this.constant(null)];
    return scope => (test(scope) === true ? one(scope) : other(scope));
  }

  List(node) {
    const items = this.children(node).slice(1, -1).map(item => this.node(item));
    return scope => items.map(item => item(scope));
  }

  Context(node) {
    const entries = node.getChildren('ContextEntry').map(entry => [this.key(entry.firstChild), this.node(entry.lastChild)]);
    const twice = new Set(entries.map(([key]) => key)).size < entries.length;
    return scope => {
      if (twice) return warn('A context has two entries of one name');
      const made = context([]);
      const inner = new Scope(made, scope);
      for (const [key, value] of entries) made[key] = value(inner);
      return made;
    };
  }

  key(node) {
    const inner = node.firstChild ?? node;
    return inner.name === 'StringLiteral' ? unescaped(this.source(inner)) : this.name(inner);
  }

  ForExpression(node) {
    return forEach(this.iterations(node), this.node(node.lastChild));
  }

  QuantifiedExpression(node) {
    const quantified = node.firstChild.name === 'every' ? everyOf : someOf;
    return quantified(this.iterations(node), this.node(node.lastChild));
  }

  iterations(node) {
    return node
      .getChild('InExpressions')
      .getChildren('InExpression')
      .map(part => {
        const [from, to] = this.children(part.getChild('IterationContext')).filter(inner => inner.name !== '..');
        return { name: this.name(part.getChild('Name')), from: this.node(from), to: to ? this.node(to) : null };
      });
  }

  InstanceOfExpression(node) {
    const value = this.node(node.firstChild);
    const type = readType(this.source(node.lastChild), this.options.types);
    return scope => {
      const is = conforms(value(scope), type);
      return is === null ? warn(`There is no type '${type.name}'`) : is;
    };
  }

  FunctionDefinition(node) {
    if (node.getChild('external')) return () => warn('Functions in other languages are never run');
    const parameters = (node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? []).map(part => ({
      name: this.name(part.getChild('ParameterName')),
      type: readType(part.getChild('Type') && this.source(part.getChild('Type')), this.options.types),
    }));
    const body = this.node(node.getChild('FunctionBody').firstChild);
    const names = parameters.map(({ name }) => name);
    const types = parameters.map(({ type }) => type);
    const fitted = (value, i) => converted(value, types[i]) ?? null;
    const called = scope => (...values) => body(new Scope(context(values.map((value, i) => [names[i], fitted(value, i)])), scope));
    const result = resultType(node.getChild('FunctionBody').firstChild, n => this.key(n));
    return scope => new FeelFunction(called(scope), names, { types, result });
  }

  FunctionInvocation(node) {
    const callee = node.firstChild;
    return this.invocation(this.callee(callee), this.name(callee), node);
  }

  /** A variable that happens to have the name of a function does not hide it. */
  callee(node) {
    if (node.name !== 'VariableName') return this.node(node);
    const name = this.name(node);
    const builtin = BUILTINS.get(name);
    return scope => {
      const found = lookUp(scope, name);
      return found instanceof FeelFunction ? found : (builtin ?? found ?? null);
    };
  }

  DateTimeLiteral(node) {
    if (node.firstChild.name === 'AtLiteral') return this.at(node.firstChild.firstChild);
    const name = this.name(node.firstChild);
    const invoke = this.invocation(this.constant(BUILTINS.get(name)), name, node);
    const given = node.getChild('PositionalParameters');
    if (!given || !this.children(given).every(part => part.name === 'StringLiteral')) return invoke;
    const value = invoke(null); // what is written out is read once
    return value === null ? () => warn(`'${name}' cannot read this text`) : this.constant(value);
  }

  at(node) {
    const value = parseAny(unescaped(this.source(node)));
    return value === null ? () => warn('After @ stands what is no date, time or duration') : this.constant(value);
  }

  invocation(callee, name, node) {
    const named = node.getChild('NamedParameters');
    const values = named ? this.named(named) : this.positional(node.getChild('PositionalParameters'));
    return scope => {
      const target = callee(scope);
      if (!(target instanceof FeelFunction)) return warn(`There is no function '${name}'`);
      const result = named ? target.named(values(scope)) : target.call(values(scope));
      return result === undefined ? null : result;
    };
  }

  positional(node) {
    const values = node ? this.children(node).map(part => this.node(part)) : [];
    return scope => values.map(value => value(scope));
  }

  named(node) {
    const values = node.getChildren('NamedParameter').map(part => [this.name(part.firstChild), this.node(part.lastChild)]);
    return scope => context(values.map(([name, value]) => [name, value(scope)]));
  }
}
