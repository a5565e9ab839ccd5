// What FEEL computes with: JSON's values, numbers with all their digits, dates and durations, ranges and functions; and how two
// of them compare. Unlike types cannot be compared, which in FEEL is null, never true or false.
import { Decimal, compare as compareNumbers, isNumber } from './numbers.mjs';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration, Temporal, property, timeInstant } from './temporal.mjs';

/** From `start` to `end`; null is no bound. */
export class FeelRange {
  constructor(start, end, startIncluded, endIncluded) {
    Object.assign(this, { start, end, startIncluded, endIncluded });
  }

  /** Whether the value lies inside; null if it cannot be compared with the bounds. */
  includes(value) {
    if (value === null) return null;
    if (value instanceof FeelRange) return this.encloses(value);
    const above = this.start === null ? 1 : order(value, this.start);
    const below = this.end === null ? -1 : order(value, this.end);
    if (above === null || below === null || (this.start === null && this.end === null)) return null;
    return (above > 0 || (above === 0 && this.startIncluded)) && (below < 0 || (below === 0 && this.endIncluded));
  }

  encloses(other) {
    const low = this.start === null ? -1 : other.start === null ? 1 : order(this.start, other.start);
    const high = this.end === null ? 1 : other.end === null ? -1 : order(this.end, other.end);
    if (low === null || high === null) return null;
    const starts = low < 0 || (low === 0 && (this.startIncluded || !other.startIncluded));
    return starts && (high > 0 || (high === 0 && (this.endIncluded || !other.endIncluded)));
  }

  toString() {
    const bound = value => (value === null ? '' : typeof value === 'string' ? JSON.stringify(value) : String(value));
    return `${this.startIncluded ? '[' : '('}${bound(this.start)}..${bound(this.end)}${this.endIncluded ? ']' : ')'}`;
  }
}

const MISSING = Symbol('missing');

/** A function with the names of its parameters; it is given its arguments in their order. */
export class FeelFunction {
  constructor(body, parameters, { types = [], result = null } = {}) {
    Object.assign(this, { body, parameters, types, result });
  }

  /** null where the arguments do not fit the parameters. */
  call(values) {
    return values.length === this.parameters.length ? this.body(...values) : null;
  }

  named(values) {
    if (Object.keys(values).length !== this.parameters.length) return null;
    const list = this.parameters.map(name => (Object.hasOwn(values, name) ? values[name] : MISSING));
    return list.includes(MISSING) ? null : this.body(...list);
  }
}

const CLASSES = new Map([
  [FeelDate, 'date'],
  [FeelTime, 'time'],
  [FeelDateTime, 'date and time'],
  [MonthsDuration, 'years and months duration'],
  [DaysDuration, 'days and time duration'],
  [FeelRange, 'range'],
  [Decimal, 'number'],
]);

/** The FEEL type of a value. */
export function typeOf(value) {
  if (value === null || value === undefined) return 'Null';
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelFunction) return 'function';
  return CLASSES.get(value.constructor) ?? 'context';
}

export const isContext = value => typeOf(value) === 'context';

/** A context with one entry. */
export function only(key, value) {
  const made = Object.create(null);
  made[key] = value;
  return made;
}

/** A context of these entries. It has no prototype, so that __proto__ is a key like any other. */
export function context(entries) {
  const made = Object.create(null);
  for (const [key, value] of entries) made[key] = value;
  return made;
}

const SIGNS = /\s*([./\-'+]|\*\*?)\s*/g;
export const normalised = name => name.replace(SIGNS, ' $1 ').replace(/\s+/g, ' ').trim();
const isWord = name => /^[\p{L}\p{N}_]+$/u.test(name);

/** What a name means among the keys of an object; undefined where it means nothing. Spaces around signs do not count. */
export function entry(object, name) {
  if (Object.hasOwn(object, name)) return object[name] ?? null;
  if (isWord(name)) return undefined;
  const wanted = normalised(name);
  const key = Object.keys(object).find(known => normalised(known) === wanted);
  return key === undefined ? undefined : (object[key] ?? null);
}

const RANGE = { start: 'start', end: 'end', 'start included': 'startIncluded', 'end included': 'endIncluded' };

/** value.name; undefined where it has nothing of the name. */
export function member(value, name) {
  if (value === null || typeof value !== 'object') return undefined;
  if (value instanceof FeelRange) return Object.hasOwn(RANGE, name) ? value[RANGE[name]] : undefined;
  if (value instanceof Temporal) return property(value, name);
  return isContext(value) ? entry(value, name) : undefined;
}

// Comparing.

const size = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const local = moment => (moment instanceof FeelTime ? moment.isLocal : moment.time.isLocal);
const byMoment = instant => (a, b) => (local(a) === local(b) ? size(instant(a), instant(b)) : null);
const ORDERS = {
  number: compareNumbers,
  string: byCodePoint,
  date: (a, b) => size(a.days, b.days),
  time: byMoment(timeInstant),
  'date and time': byMoment(moment => moment.instant),
  'years and months duration': (a, b) => size(a.size, b.size),
  'days and time duration': (a, b) => size(a.size, b.size),
};

/** Texts by their characters, an emoji being one. */
function byCodePoint(a, b) {
  if (a === b) return 0;
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return size(a.codePointAt(i) ?? -1, b.codePointAt(i) ?? -1);
}

/** Less, equal or more: -1, 0, 1; null for what has no order. */
export function order(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return size(a, b);
  const type = typeOf(a);
  return type === typeOf(b) && Object.hasOwn(ORDERS, type) ? ORDERS[type](a, b) : null;
}

/** Whether two values are the same: null if they are of unlike types. A list of one is compared with a single value as that one. */
export function equal(a, b) {
  if (a === b) return true;
  if (typeof a === typeof b && typeof a !== 'object') return false;
  if (a === null || b === null || a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  const [one, other] = [single(a, b), single(b, a)];
  const type = typeOf(one);
  if (type !== typeOf(other)) return null;
  return EQUALS[type]?.(one, other) ?? one === other;
}

const single = (value, other) => (Array.isArray(value) && value.length === 1 && !Array.isArray(other) ? value[0] : value);
const sameMoment = (a, b) => local(a) === local(b) && ORDERS[typeOf(a)](a, b) === 0;
const EQUALS = {
  number: (a, b) => compareNumbers(a, b) === 0,
  date: (a, b) => a.days === b.days,
  time: sameMoment,
  'date and time': sameMoment,
  'years and months duration': (a, b) => a.size === b.size,
  'days and time duration': (a, b) => a.size === b.size,
  list: (a, b) => a.length === b.length && every(a, (item, i) => equal(item, b[i])),
  context: sameContext,
  range: (a, b) => sameBound(a, b, 'start') && sameBound(a, b, 'end'),
  function: (a, b) => a === b,
};

const sameBound = (a, b, which) => a[`${which}Included`] === b[`${which}Included`] && equal(a[which], b[which]) === true;

function sameContext(a, b) {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length || !keys.every(key => Object.hasOwn(b, key))) return false;
  return every(keys, key => equal(a[key], b[key]));
}

/** All are true; one that is not decides, whether false or unlike: what holds unlike things is not the same. */
const every = (items, test) => items.every((item, i) => test(item, i) === true);

/** `is`: the same value of the same type, with the same zone. */
export function identical(a, b) {
  if (typeOf(a) !== typeOf(b)) return false;
  if (a instanceof FeelTime) return a.nanos === b.nanos && sameZone(a, b);
  if (a instanceof FeelDateTime) return equal(a.date, b.date) && identical(a.time, b.time);
  return equal(a, b) === true;
}

const sameZone = (a, b) => a.offset === b.offset && a.zone === b.zone;

/** Whether a value passes one test of a table's cell or of `in`: a range holds it, a list has it, a value is equal to it. */
export function fits(value, test) {
  if (test instanceof FeelRange && !(value instanceof FeelRange)) return test.includes(value);
  if (!Array.isArray(test)) return test instanceof FeelRange ? equal(value, test) || test.includes(value) : equal(value, test);
  if (Array.isArray(value) && equal(value, test) === true) return true;
  return any(test.map(item => (Array.isArray(item) ? equal(value, item) : fits(value, item))));
}

/** True if one is; else null if one cannot be told, else false. */
export const any = answers => (answers.includes(true) ? true : answers.includes(null) ? null : false);

export { isNumber };
