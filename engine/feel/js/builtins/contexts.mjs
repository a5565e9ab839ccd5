// Functions on contexts, and on values of any kind.
import { context, identical, isContext, member, typeOf } from '../values.mjs';
import { define } from './define.mjs';

const isPair = entry => isContext(entry) && typeof entry.key === 'string' && 'value' in entry;

/** A context from {key, value} entries, each key once. */
function made(entries) {
  if (!entries.every(isPair) || new Set(entries.map(({ key }) => key)).size < entries.length) return null;
  return context(entries.map(({ key, value }) => [key, value]));
}

const merged = contexts => (contexts.every(isContext) ? context(contexts.flatMap(one => Object.entries(one))) : null);

/** With a value put in, as deep as the keys lead. */
function put(base, keys, value) {
  if (!keys.length || !keys.every(key => typeof key === 'string')) return null;
  const [key, ...rest] = keys;
  if (!rest.length) return context([...Object.entries(base), [key, value]]);
  const inner = Object.hasOwn(base, key) ? base[key] : context([]);
  const changed = isContext(inner) ? put(inner, rest, value) : null;
  return changed && context([...Object.entries(base), [key, changed]]);
}

function valueAt(base, keys) {
  if (!keys.length) return null;
  return keys.reduce((value, key) => (typeof key === 'string' ? (member(value, key) ?? null) : null), base);
}

const entries = base => Object.entries(base).map(([key, value]) => context([['key', key], ['value', value]]));

export const contexts = [
  define('get value', 'm: context, key: string', (base, key) => valueAt(base, [key]), ['context: context, keys: list', valueAt]),
  define('get entries', 'm: context', entries, ['context: context', entries]),
  define('context', 'entries: list', made),
  define('context put', 'context: context, key: string, value: any', (base, key, value) => put(base, [key], value), [
    'context: context, keys: list, value: any',
    put,
  ]),
  define('context merge', 'contexts: list', merged),
  define('is', 'value1: any, value2: any', identical),
  define('not', 'negand: boolean', value => !value),
  define('is defined', 'value: any', value => typeOf(value) !== 'Null'),
  define('get or else', 'value: any, default: any', (value, otherwise) => value ?? otherwise),
  define('assert', 'value: any, condition: any, cause?: string', (value, condition, cause) => {
    if (condition === true) return value;
    throw new Error(cause ?? 'A condition that the expression asserts is not fulfilled');
  }),
];
