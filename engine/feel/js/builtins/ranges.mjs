// How points and ranges lie to one another (Allen's relations), and a range from its text.
import * as numbers from '../numbers.mjs';
import { parseAny, parseDate, parseDateTime, parseDuration, parseTime } from '../temporal.mjs';
import { FeelRange, order } from '../values.mjs';
import { define } from './define.mjs';

const READ = { date: parseDate, time: parseTime, 'date and time': parseDateTime, duration: parseDuration };
const BOUND = String.raw`@?"(?:[^"\\]|\\.)*"|-?[\d.]+(?:[eE][+-]?\d+)?|(?:date and time|date|time|duration)\(\s*"[^"\\]*"\s*\)|`;
const RANGE = new RegExp(String.raw`^\s*([[(\]])\s*(${BOUND})\s*\.\.\s*(${BOUND})\s*([\])[])\s*$`);

/** A bound as it is written out; undefined where it is none. */
function bound(text) {
  if (text === '') return null;
  if (text.startsWith('@')) return parseAny(text.slice(2, -1)) ?? undefined;
  if (text.startsWith('"')) return text.slice(1, -1).replace(/\\(.)/g, '$1');
  const called = /^([a-z ]+)\(\s*"(.*)"\s*\)$/.exec(text);
  return (called ? READ[called[1]](called[2]) : numbers.parse(text)) ?? undefined;
}

function range(text) {
  const found = RANGE.exec(text);
  if (!found) return null;
  const [, open, from, to, close] = found;
  const [start, end] = [bound(from), bound(to)];
  const [included, endIncluded] = [open === '[', close === ']'];
  if (start === undefined || end === undefined || (start === null && end === null)) return null;
  if ((start === null && included) || (end === null && endIncluded)) return null;
  if (start !== null && end !== null && !(order(start, end) <= 0 && order(start, end) !== null)) return null;
  return new FeelRange(start, end, included, endIncluded);
}

const isRange = value => value instanceof FeelRange;
/** A point is the range from itself to itself. */
const spread = value => (isRange(value) ? value : new FeelRange(value, value, true, true));

/** The first bounds of each at which they lie; null where they cannot be compared, or one is without end. */
const place = (a, b) => (a === null || b === null ? null : order(a, b));
const told = (placed, test) => (placed === null ? null : test(placed));

function before(a, b) {
  const [one, other] = [spread(a), spread(b)];
  return told(place(one.end, other.start), n => n < 0 || (n === 0 && !(one.endIncluded && other.startIncluded)));
}

const meets = (a, b) => told(place(a.end, b.start), n => n === 0 && a.endIncluded && b.startIncluded);

function overlaps(a, b) {
  const [early, late] = [place(a.end, b.start), place(b.end, a.start)];
  if (early === null || late === null) return null;
  return (early > 0 || (early === 0 && a.endIncluded && b.startIncluded)) && (late > 0 || (late === 0 && b.endIncluded && a.startIncluded));
}

/** Begins earlier, and ends inside. */
function overlapsBefore(a, b) {
  const [starts, meet, ends] = [place(a.start, b.start), place(a.end, b.start), place(a.end, b.end)];
  if ([starts, meet, ends].includes(null)) return null;
  const earlier = starts < 0 || (starts === 0 && a.startIncluded && !b.startIncluded);
  const touches = meet > 0 || (meet === 0 && a.endIncluded && b.startIncluded);
  return earlier && touches && (ends < 0 || (ends === 0 && (!a.endIncluded || b.endIncluded)));
}

/** Ends later, and begins inside. */
function overlapsAfter(a, b) {
  const [starts, meet, ends] = [place(a.start, b.start), place(a.start, b.end), place(a.end, b.end)];
  if ([starts, meet, ends].includes(null)) return null;
  const later = ends > 0 || (ends === 0 && a.endIncluded && !b.endIncluded);
  const touches = meet < 0 || (meet === 0 && a.startIncluded && b.endIncluded);
  return later && touches && (starts > 0 || (starts === 0 && (b.startIncluded || !a.startIncluded)));
}

const sameStart = (a, b) => told(place(a.start, b.start), n => n === 0 && a.startIncluded === b.startIncluded);
const sameEnd = (a, b) => told(place(a.end, b.end), n => n === 0 && a.endIncluded === b.endIncluded);

function started(a, b, same, which, other) {
  if (!isRange(b)) return null;
  if (!isRange(a)) return told(place(b[which], a), n => n === 0 && b[`${which}Included`]);
  const [begins, ends] = [same(a, b), place(a[other], b[other])];
  if (begins === null || ends === null) return null;
  const within = other === 'end' ? ends < 0 : ends > 0;
  return begins && (within || (ends === 0 && (!a[`${other}Included`] || b[`${other}Included`])));
}

const starts = (a, b) => started(a, b, sameStart, 'start', 'end');
const finishes = (a, b) => started(a, b, sameEnd, 'end', 'start');

function coincides(a, b) {
  if (isRange(a) !== isRange(b)) return null;
  const [one, other] = [sameStart(spread(a), spread(b)), sameEnd(spread(a), spread(b))];
  return one === null || other === null ? null : one && other;
}

const relation = (name, body) => define(name, 'range1: range, range2: range', body);

const PAIRS = ['range: any, point: any', 'point: any, range: any', 'range1: any, range2: any'];
/** Of two of anything: the parameters are named by what they are. */
const either = (name, body) =>
  define(name, 'point1: any, point2: any', body, ...PAIRS.map(pair => [pair, body]));

export const ranges = [
  define('range', 'from: string', range),
  either('before', before),
  either('after', (a, b) => before(b, a)),
  relation('meets', meets),
  relation('met by', (a, b) => meets(b, a)),
  relation('overlaps', overlaps),
  relation('overlaps before', overlapsBefore),
  relation('overlaps after', overlapsAfter),
  either('finishes', finishes),
  either('finished by', (a, b) => finishes(b, a)),
  either('includes', (a, b) => (isRange(a) && b !== null ? a.includes(b) : null)),
  either('during', (a, b) => (isRange(b) && a !== null ? b.includes(a) : null)),
  either('starts', starts),
  either('started by', (a, b) => starts(b, a)),
  either('coincides', coincides),
];
