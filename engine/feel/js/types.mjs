// Types as FEEL and DMN write them (number, list<date>, context<a: string>, a model's own), whether a value is of one, and the
// few conversions that the standard makes by itself.
import { parseAny, asDateTime } from './temporal.mjs';
import { isContext, typeOf } from './values.mjs';

const SIMPLE = new Map(
  [
    ...['Any', 'Null', 'number', 'string', 'boolean', 'date', 'time', 'date and time', 'list', 'context', 'function', 'range'],
    ...['years and months duration', 'days and time duration', 'duration'],
  ].map(name => [name, name]),
);
// Names of DMN 1.1, and of editors.
const ALSO = {
  any: 'Any',
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
};
Object.entries(ALSO).forEach(([alias, name]) => SIMPLE.set(alias, name));

const ANY = { kind: 'Any' };

/** The type that a text writes. `named` holds a model's own types. A name that is unknown is taken for any type. */
export function readType(text, named = {}) {
  return text ? new Reader(text, named).all() : ANY;
}

class Reader {
  constructor(text, named) {
    this.words = text.match(/->|[<>,:]|[^<>,:]+?(?=\s*(?:->|[<>,:]|$))/g) ?? [];
    this.named = named;
    this.at = 0;
  }

  all() {
    const type = this.type();
    return this.at < this.words.length && this.words[this.at] === ':' ? this.prefixed() : type;
  }

  /** feel:number, or a type of an imported model. */
  prefixed() {
    const name = this.words.join('').split(':').slice(1).join(':');
    return simple(name, this.named);
  }

  next() {
    return (this.words[this.at++] ?? '').trim();
  }

  took(word) {
    if ((this.words[this.at] ?? '').trim() !== word) return false;
    this.at++;
    return true;
  }

  type() {
    const name = this.next().replace(/\s+/g, ' ');
    if (!this.took('<')) return simple(name, this.named);
    const inner = this.parts(name === 'context');
    if (name === 'list' || name === 'range') return { kind: name, of: inner[0]?.type ?? ANY };
    if (name === 'context') return { kind: name, entries: inner };
    const result = this.took('->') ? this.type() : ANY;
    return { kind: 'function', parameters: inner.map(part => part.type), result };
  }

  parts(labelled) {
    const found = [];
    while (!this.took('>') && this.at < this.words.length) {
      const name = labelled ? this.next() : '';
      if (labelled) this.took(':');
      found.push({ name, type: this.type() });
      this.took(',');
    }
    return found;
  }
}

function simple(name, named) {
  if (Object.hasOwn(named, name)) return named[name];
  return SIMPLE.has(name) ? { kind: SIMPLE.get(name) } : { kind: 'unknown', name };
}

/** Whether a value is of a type. Nothing is of none but Null. */
export function conforms(value, type) {
  if (type.kind === 'unknown') return null;
  const kind = typeOf(value);
  if (kind === 'Null' || type.kind === 'Null') return kind === type.kind;
  if (type.kind === 'Any') return true;
  if (type.kind === 'duration') return kind.endsWith('duration');
  return kind === type.kind && (INNER[kind]?.(value, type) ?? true);
}

const holds = (value, type) => value === null || value === undefined || conforms(value, type) !== false;
const INNER = {
  list: (value, { of }) => !of || value.every(item => holds(item, of)),
  range: (value, { of }) => !of || [value.start, value.end].every(bound => holds(bound, of)),
  context: (value, { entries = [] }) => entries.every(({ name, type }) => Object.hasOwn(value, name) && holds(value[name], type)),
  function: functionConforms,
};

/** A function of a type takes as many, takes at least what the type says, and gives at most what it says, as far as that is known. */
function functionConforms(value, { parameters, result }) {
  if (!parameters) return true;
  if (parameters.length !== value.parameters.length) return false;
  return parameters.every((type, i) => covers(value.types[i] ?? ANY, type)) && (value.result === null || covers(result, value.result));
}

/** Whether every value of the narrower type is one of the wider. */
function covers(wide, narrow) {
  if (wide.kind === 'Any') return true;
  if (wide.kind !== narrow.kind) return false;
  if (wide.of) return !narrow.of || covers(wide.of, narrow.of);
  const has = ({ name, type }) => (narrow.entries ?? []).some(other => other.name === name && covers(type, other.type));
  return (wide.entries ?? []).every(has);
}

/** The value as one of the type: a list of one as that one, one as a list of it, a date as its midnight; undefined: it is none. */
export function converted(value, type) {
  if (value === null || value === undefined) return null;
  if (conforms(value, type) !== false) return value;
  if (type.kind === 'date and time' && typeOf(value) === 'date') return asDateTime(value);
  if (type.kind === 'list' && type.of && !Array.isArray(value)) {
    const item = converted(value, type.of);
    return item === undefined ? undefined : [item];
  }
  if (Array.isArray(value) && value.length === 1 && type.kind !== 'list') return converted(value[0], type);
  return undefined;
}

const FROM_TEXT = new Set(['date', 'time', 'date and time', 'duration', 'years and months duration', 'days and time duration']);

/** Variables are JSON, where a date is text: wherever the type says date, time or duration, a text is read as one. */
export function fromJson(value, type) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && FROM_TEXT.has(type.kind)) return textAs(value, type);
  if (Array.isArray(value)) return type.of ? value.map(item => fromJson(item, type.of)) : value;
  if (type.kind === 'list' && type.of) return fromJson(value, type.of);
  if (!type.entries || !isContext(value)) return value;
  const read = { ...value };
  for (const { name, type: inner } of type.entries) if (Object.hasOwn(value, name)) read[name] = fromJson(value[name], inner);
  return read;
}

/** A text that is none stays what it is, and then is not of the type; an empty one, as forms send it, is nothing. */
function textAs(text, type) {
  if (text === '') return null;
  const read = parseAny(text);
  return read !== null && converted(read, type) !== undefined ? converted(read, type) : text;
}
