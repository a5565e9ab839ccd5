// Where names are found, and what every part of the compiler needs.
import { entry } from './values.mjs';

/** Names that an inner part of an expression knows before those around it. */
export class Scope {
  constructor(values, parent = null) {
    this.values = values;
    this.parent = parent;
  }
}

/** What a name means here; undefined where it means nothing. */
export function lookUp(scope, name) {
  for (let at = scope; at; at = at.parent) {
    const found = entry(at.values, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export class Compiler {
  constructor(text, options) {
    this.text = text;
    this.options = options;
  }

  node(node) {
    const compile = this[node.name];
    if (!compile) throw new Error('this is not a complete FEEL expression');
    return compile.call(this, node);
  }

  constant(value) {
    return () => value;
  }

  source(node) {
    return this.text.slice(node.from, node.to);
  }

  name(node) {
    return this.source(node).trim().replace(/\s+/g, ' ');
  }

  children(node) {
    const found = [];
    for (let child = node.firstChild; child; child = child.nextSibling) if (!child.type.isSkipped) found.push(child);
    return found;
  }

  mentions(node, name) {
    return node.name === name || this.children(node).some(child => this.mentions(child, name));
  }
}
