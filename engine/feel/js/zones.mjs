// Named time zones: by how many seconds their clocks differ from UTC at a moment. London and UTC are known; a browser is asked for
// others (Intl), and the server, which has none, is told by Python: a zone that is missing ends the evaluation with NEEDS and its
// name, engine/feel/interpreter.py hands over its changes of the clock, and the evaluation begins again.
const DAY = 86_400;
const KNOWN_UNTIL = Date.UTC(2100, 0) / 1000; // as engine/feel/zones.py
const CYCLE = 10_227 * DAY; // after 28 years the days of the week fall on the same dates
export const NEEDS = 'needs the time zone ';

const lastSundayAtOne = (year, month) => {
  const lastDay = Date.UTC(year, month + 1, 0, 1);
  return lastDay / 1000 - new Date(lastDay).getUTCDay() * DAY;
};
/** Summer time by the rule in force since 1996. */
const inLondon = second => {
  const year = new Date(second * 1000).getUTCFullYear();
  return second >= lastSundayAtOne(year, 2) && second < lastSundayAtOne(year, 9) ? 3600 : 0;
};
const zones = new Map([
  ['Europe/London', inLondon],
  ...['UTC', 'Etc/UTC', 'GMT', 'Z'].map(name => [name, () => 0]),
]);

/** What Python found: [second, offset] for each change of the clock, the first of them for all time before; null: no such zone. */
export function keepZone(name, changes) {
  zones.set(name, changes && (second => lookUp(changes, second)));
}

function lookUp(changes, second) {
  const beyond = Math.max(0, Math.ceil((second - KNOWN_UNTIL) / CYCLE));
  const at = second - beyond * CYCLE;
  let [low, high] = [0, changes.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (changes[middle][0] <= at) low = middle;
    else high = middle;
  }
  return changes[low][1];
}

function zone(name) {
  if (!zones.has(name)) {
    if (typeof Intl === 'undefined') throw new Error(NEEDS + name);
    zones.set(name, fromBrowser(name));
  }
  return zones.get(name);
}

function fromBrowser(name) {
  let format;
  try {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  return second => {
    const { value } = format.formatToParts(second * 1000).find(({ type }) => type === 'timeZoneName');
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(value);
    return sign ? (sign === '-' ? -1 : 1) * (hours * 3600 + minutes * 60) : 0;
  };
}

export const isZone = name => /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(name) && zone(name) !== null;

/** The offset at a moment, in seconds since 1970. Beyond what JavaScript has dates for, as near the end of it. */
export const offsetAt = (name, second) => zone(name)(Math.max(-6e12, Math.min(6e12, second)));

/** The offset when the clock on the wall shows `local`; of the two in autumn the first, in the gap of spring the one before it. */
export function offsetOfLocal(name, local) {
  const before = offsetAt(name, local - DAY);
  const after = offsetAt(name, local + DAY);
  if (before === after) return before;
  return offsetAt(name, local - before) === before || offsetAt(name, local - after) !== after ? before : after;
}
