// What an expression reads and calls, from its syntax tree alone: the variables it needs, functions that nobody defines, and
// dates used as if a form's text were one.
import { BUILTINS } from './builtins.mjs';

const TEMPORAL_CALLS = new Set(['today', 'now', 'last day of month', 'years and months duration']);
const ORDER = new Set(['<', '<=', '>', '>=', '=', '!=']);
const LOOPS = new Set(['ForExpression', 'QuantifiedExpression']);

function children(node) {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (!child.type.isSkipped) found.push(child);
  return found;
}

export class Analysis {
  /** `declared`: names that hold functions or typed values (a decision's requirements); with them dates cannot be judged. */
  constructor(text, declared) {
    this.text = text;
    this.declared = declared;
    this.wanted = new Set(); // names the expression may read
    this.reads = new Set(); // those that can only be variables (inside a filter a name may be a field of the item)
    this.problems = [];
  }

  name(node) {
    return this.text.slice(node.from, node.to).trim().replace(/\s+/g, ' ');
  }

  of(tree) {
    this.walk(tree.topNode, new Set(), false);
    return this;
  }

  walk(node, bound, filtered) {
    if (node.name === 'VariableName') return this.variable(node, bound, filtered);
    if (node.name === 'Type') return;
    if (LOOPS.has(node.name)) return this.loop(node, bound, filtered);
    if (node.name === 'FunctionDefinition') return this.definition(node, bound, filtered);
    if (node.name === 'Context') return this.context(node, bound, filtered);
    if (node.name === 'FilterExpression') return this.filter(node, bound, filtered);
    if (node.name === 'ArithmeticExpression' || node.name === 'Comparison') this.dates(node, bound, filtered);
    for (const child of children(node)) this.walk(child, bound, filtered);
  }

  variable(node, bound, filtered) {
    const name = this.name(node);
    if (bound.has(name)) return;
    const called = node.parent?.name === 'FunctionInvocation' && node.parent.firstChild.from === node.from;
    if (called && !(name in this.declared)) {
      if (!BUILTINS.has(name)) this.problems.push(`there is no function “${name}”`);
      return; // a variable that happens to have the name of a function does not hide it
    }
    this.wanted.add(name);
    if (name.includes('.')) this.wanted.add(name.split('.')[0].trim()); // a declared name with a dot, or a way into a context
    if (!filtered && !BUILTINS.has(name)) this.reads.add(name);
  }

  loop(node, bound, filtered) {
    const inner = new Set(bound);
    for (const child of children(node)) {
      if (child.name !== 'InExpressions') {
        this.walk(child, inner, filtered);
        continue;
      }
      for (const part of child.getChildren('InExpression')) {
        part.getChildren('IterationContext').forEach(list => this.walk(list, inner, filtered));
        inner.add(this.name(part.getChild('Name')));
      }
      inner.add('partial');
    }
  }

  definition(node, bound, filtered) {
    const inner = new Set(bound);
    for (const parameter of node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? []) {
      inner.add(this.name(parameter.getChild('ParameterName')));
    }
    node.getChildren('FunctionBody').forEach(body => this.walk(body, inner, filtered));
  }

  context(node, bound, filtered) {
    const inner = new Set(bound);
    for (const entry of node.getChildren('ContextEntry')) {
      const [key, value] = children(entry);
      const name = this.name(key).replace(/^"|"$/g, '');
      const itself = value?.name === 'FunctionDefinition' ? [name] : []; // a function may call itself
      if (value) this.walk(value, new Set([...inner, ...itself]), filtered);
      inner.add(name);
    }
  }

  filter(node, bound, filtered) {
    const [list, ...rest] = children(node);
    this.walk(list, bound, filtered);
    rest.forEach(part => this.walk(part, new Set([...bound, 'item']), true));
  }

  /** Variables are JSON, so a date among them is text: compared with, or added to, a FEEL date it always gives null. */
  dates(node, bound, filtered) {
    if (filtered || Object.keys(this.declared).length) return;
    const [left, operator, right, ...more] = children(node);
    if (more.length || !right) return;
    const sign = this.text.slice(operator.from, operator.to);
    if (!ORDER.has(sign) && sign !== '+' && sign !== '-') return;
    for (const [one, other] of [[left, right], [right, left]]) {
      if (this.temporal(one) && this.fromVariable(other, bound)) {
        const name = this.name(other);
        this.problems.push(`“${name}” is text, which “${sign}” cannot use with a date; write date(${name}) or duration(${name})`);
      }
    }
  }

  temporal(node) {
    if (node.name === 'DateTimeLiteral') return true;
    if (node.name === 'FunctionInvocation') return TEMPORAL_CALLS.has(this.name(node.firstChild));
    return ['ArithmeticExpression', 'ParenthesizedExpression'].includes(node.name) && children(node).some(child => this.temporal(child));
  }

  fromVariable(node, bound) {
    if (node.name === 'PathExpression') return this.fromVariable(node.firstChild, bound);
    return node.name === 'VariableName' && !bound.has(this.name(node));
  }
}
