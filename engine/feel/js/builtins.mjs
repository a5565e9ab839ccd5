// Functions that Camunda's editor suggests and feelin lacks, and two of feelin's that do not take dates. Known by name, as FEEL
// functions are.
import { FeelDate, FeelFunction, date, toComparable } from 'feelin';

import { plain } from './plain.mjs';

const define = (parameters, body) => new FeelFunction(body, parameters);
const spread = values => (values.length === 1 && Array.isArray(values[0]) ? values[0] : values);

// The least or greatest, by `better`; numbers, texts and dates alike, but never of unlike kinds.
const extreme = better =>
  define(['...list'], (...values) => {
    const list = spread(values);
    const keys = list.map(value => (value === null ? null : (toComparable(value) ?? value)));
    if (!list.length || keys.some(key => key === null || typeof key !== typeof keys[0])) return null;
    return list[keys.reduce((best, key, i) => (better(key, keys[best]) ? i : best), 0)];
  });

const chunks = (list, size) => {
  if (!(size >= 1)) return null;
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
};

const lastDayOfMonth = value => {
  if (!(value instanceof FeelDate)) return null;
  const day = value.unwrap();
  return date(day.with({ day: day.daysInMonth }).toString());
};

const demand = (value, condition, cause) => {
  if (condition === true) return value;
  throw new Error(cause ?? 'A condition that the expression asserts is not fulfilled');
};

const parsed = text => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

export const EXTRA = {
  'is defined': define(['value'], value => value !== null && value !== undefined),
  'get or else': define(['value', 'default'], (value, otherwise) => value ?? otherwise),
  'is empty': define(['list'], list => (Array.isArray(list) ? list.length === 0 : null)),
  'is blank': define(['string'], text => String(text ?? '').trim() === ''),
  trim: define(['string'], text => (typeof text === 'string' ? text.trim() : null)),
  'duplicate values': define(['list'], list => [...new Set(list.filter((item, i) => list.indexOf(item) !== i))]),
  partition: define(['list', 'size'], chunks),
  'last day of month': define(['date'], lastDayOfMonth),
  'from json': define(['value'], parsed),
  'to json': define(['value'], value => JSON.stringify(plain(value))),
  extract: define(['string', 'pattern'], (text, pattern) => text.match(new RegExp(pattern, 'g')) ?? []),
  assert: define(['value', 'condition', 'cause'], demand),
  min: extreme((a, b) => a < b),
  max: extreme((a, b) => a > b),
};
