// A model's own types (item definitions): what they are made of, and which values they allow.
import { passes } from './feel.mjs';
import { readType } from './types.mjs';
import { isContext } from './values.mjs';

/**
 * The types by name. A definition is {type, collection, components: [[name, definition]], values, constraint, parameters, result}.
 * Each is made when it is first asked for, because a type may be made of one that comes after it, or of itself.
 */
export function namedTypes(definitions) {
  const types = {};
  for (const [name, definition] of Object.entries(definitions)) {
    let made = null;
    const get = () => {
      if (!made) {
        made = {}; // known before it is filled in
        fill(made, definition, types);
      }
      return made;
    };
    Object.defineProperty(types, name, { enumerable: true, get });
  }
  return types;
}

function fill(made, definition, types) {
  const { collection, values, constraint } = definition;
  const base = single(definition, types);
  if (collection) Object.assign(made, { kind: 'list', of: values ? { ...base, allowed: values } : base, constraint });
  else Object.assign(made, base, { allowed: values || base.allowed, constraint: constraint || base.constraint });
}

function single({ type, components, parameters, result }, types) {
  if (result !== undefined) {
    return { kind: 'function', parameters: parameters.map(one => readType(one, types)), result: readType(result, types) };
  }
  if (!components) return readType(type, types);
  const entry = ([name, definition]) => {
    const inner = {};
    fill(inner, definition, types);
    return { name, type: inner };
  };
  return { kind: 'context', entries: components.map(entry) };
}

/** The rule that a value breaks, as the model writes it: what its type, or that of a part of it, allows. null: none. */
export function broken(value, type, options) {
  if (value === null || value === undefined) return null;
  const rule = [type.allowed, type.constraint].find(text => text && passes(text, value, {}, options) !== true);
  if (rule) return rule;
  if (Array.isArray(value)) return type.of ? first(value, item => broken(item, type.of, options)) : null;
  if (!type.entries || !isContext(value)) return null;
  return first(type.entries, ({ name, type: inner }) => broken(value[name], inner, options));
}

function first(items, test) {
  for (const item of items) {
    const found = test(item);
    if (found) return found;
  }
  return null;
}
