// Dates, times and durations as FEEL has them, over the civil calendar without end: years to 999,999,999, nanoseconds.
import * as numbers from './numbers.mjs';
import { isZone, offsetAt, offsetOfLocal } from './zones.mjs';

const NANO = 1_000_000_000;
const DAY_NANOS = 86_400 * NANO;
const MOST_YEARS = 999_999_999;
const two = n => String(n).padStart(2, '0');
const floorDiv = (a, b) => Math.floor(a / b);
const mod = (a, b) => a - b * Math.floor(a / b);

const isLeap = year => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const daysIn = (year, month) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** Days since 1 January 1970. Years are counted from March, so that the leap day is a year's last. */
function epochDay(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = floorDiv(y, 400);
  const dayOfYear = floorDiv(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  const yearOfEra = y - era * 400;
  return era * 146_097 + yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear - 719_468;
}

function fromEpochDay(days) {
  const z = days + 719_468;
  const era = floorDiv(z, 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = floorDiv(dayOfEra - floorDiv(dayOfEra, 1460) + floorDiv(dayOfEra, 36_524) - floorDiv(dayOfEra, 146_096), 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100));
  const part = floorDiv(5 * dayOfYear + 2, 153);
  const month = part < 10 ? part + 3 : part - 9;
  return FeelDate.of(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - floorDiv(153 * part + 2, 5) + 1);
}

/** Whatever is not JSON: it has an ISO 8601 text, and properties that FEEL reads by name. */
export class Temporal {
  toJSON() {
    return this.toString();
  }
}

export class FeelDate extends Temporal {
  constructor(year, month, day) {
    super();
    Object.assign(this, { year, month, day });
  }

  /** The date, or null where there is none such. */
  static of(year, month, day) {
    const whole = [year, month, day].every(Number.isInteger);
    const real = whole && Math.abs(year) <= MOST_YEARS && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    return real ? new FeelDate(year, month, day) : null;
  }

  get days() {
    return epochDay(this.year, this.month, this.day);
  }

  get weekday() {
    return mod(this.days + 3, 7) + 1;
  }

  toString() {
    const year = String(Math.abs(this.year)).padStart(4, '0');
    return `${this.year < 0 ? '-' : ''}${year}-${two(this.month)}-${two(this.day)}`;
  }
}

/** A time of day. `offset` in seconds where it is written so, `zone` where it is named; neither: the clock on the wall. */
export class FeelTime extends Temporal {
  constructor(nanos, offset = null, zone = null) {
    super();
    Object.assign(this, { nanos, offset, zone });
  }

  static of(hour, minute, second, offset = null, zone = null) {
    const real = Number.isInteger(hour) && Number.isInteger(minute) && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    if (!real || !(second >= 0 && second < 60)) return null;
    return new FeelTime((hour * 3600 + minute * 60) * NANO + Math.round(second * NANO), offset, zone);
  }

  get hour() {
    return floorDiv(this.nanos, 3600 * NANO);
  }

  get minute() {
    return floorDiv(this.nanos, 60 * NANO) % 60;
  }

  get second() {
    return numbers.divide(this.nanos % (60 * NANO), NANO);
  }

  get isLocal() {
    return this.offset === null && this.zone === null;
  }

  offsetOn(day) {
    if (this.zone === null) return this.offset;
    return offsetOfLocal(this.zone, day * 86_400 + floorDiv(this.nanos, NANO));
  }

  toString() {
    const fraction = this.nanos % NANO ? `.${String(this.nanos % NANO).padStart(9, '0').replace(/0+$/, '')}` : '';
    return `${two(this.hour)}:${two(this.minute)}:${two(floorDiv(this.nanos, NANO) % 60)}${fraction}${zoneText(this)}`;
  }
}

function zoneText({ offset, zone }) {
  if (zone !== null) return `@${zone}`;
  if (offset === null) return '';
  if (offset === 0) return 'Z';
  const size = Math.abs(offset);
  const seconds = size % 60 ? `:${two(size % 60)}` : '';
  return `${offset < 0 ? '-' : '+'}${two(floorDiv(size, 3600))}:${two(floorDiv(size, 60) % 60)}${seconds}`;
}

export class FeelDateTime extends Temporal {
  constructor(date, time) {
    super();
    Object.assign(this, { date, time });
  }

  /** The moment in nanoseconds since 1970; a local one as if it were UTC. */
  get instant() {
    const offset = this.time.offsetOn(this.date.days) ?? 0;
    return BigInt(this.date.days) * BigInt(DAY_NANOS) + BigInt(this.time.nanos) - BigInt(offset) * BigInt(NANO);
  }

  toString() {
    return `${this.date}T${this.time}`;
  }
}

export class MonthsDuration extends Temporal {
  constructor(months) {
    super();
    this.size = months;
  }

  toString() {
    const size = Math.abs(this.size);
    const [years, months] = [floorDiv(size, 12), size % 12];
    return `${this.size < 0 ? '-' : ''}P${years ? `${years}Y` : ''}${months || !years ? `${months}M` : ''}`;
  }
}

/** Days, hours, minutes and seconds: `size` in nanoseconds. */
export class DaysDuration extends Temporal {
  constructor(nanos) {
    super();
    this.size = nanos;
  }

  /** One of its parts, with its sign. */
  part(unit, within) {
    const whole = this.size / BigInt(unit);
    return Number(within ? whole % BigInt(within) : whole);
  }

  get seconds() {
    return numbers.divide(Number(this.size % BigInt(60 * NANO)), NANO);
  }

  toString() {
    const positive = new DaysDuration(this.size < 0n ? -this.size : this.size);
    const parts = [positive.part(3600 * NANO, 24), positive.part(60 * NANO, 60), positive.seconds];
    const days = positive.part(DAY_NANOS);
    const time = parts.map((n, i) => (n ? numbers.write(n) + 'HMS'[i] : '')).join('');
    const text = `${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
    return `${this.size < 0n ? '-' : ''}P${text || 'T0S'}`;
  }
}

// Reading text.

const ZONE = String.raw`(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([A-Za-z][\w+/-]*))?`;
const DATE = /^(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)$/;
const TIME = new RegExp(`^(\\d\\d):(\\d\\d):(\\d\\d(?:\\.\\d{1,9})?)\\d*${ZONE}$`, 'i');
const MONTHS = /^(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/;
const DAYS = /^(-?)P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?)S)?)?$/;

export function parseDate(text) {
  const found = DATE.exec(text);
  return found && FeelDate.of(Number(found[1]), Number(found[2]), Number(found[3]));
}

export function parseTime(text) {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, hour, minute, second, utc, sign, hours, minutes, seconds = 0, zone = null] = found;
  let offset = utc ? 0 : null;
  if (sign) {
    offset = (sign === '-' ? -1 : 1) * (hours * 3600 + minutes * 60 + Number(seconds));
    if (Math.abs(offset) > 18 * 3600 || minutes > 59 || seconds > 59) return null;
  }
  if (zone !== null && !isZone(zone)) return null;
  return FeelTime.of(Number(hour), Number(minute), Number(second), offset, zone);
}

/** A date alone is its midnight. */
export function parseDateTime(text) {
  const end = text.indexOf('T'); // the name of a time zone may have another one
  const date = parseDate(end < 0 ? text : text.slice(0, end));
  const time = end < 0 ? new FeelTime(0) : parseTime(text.slice(end + 1));
  return date && time && new FeelDateTime(date, time);
}

export function parseDuration(text) {
  const months = MONTHS.exec(text);
  if (months) {
    const [, sign, years = 0, rest = 0] = months;
    const size = Number(years) * 12 + Number(rest);
    return Number.isSafeInteger(size) ? new MonthsDuration(sign ? 0 - size : size) : null;
  }
  const found = DAYS.exec(text);
  if (!found) return null;
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = '0'] = found;
  const [whole, fraction = ''] = seconds.split('.');
  const total = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(whole);
  const nanos = total * BigInt(NANO) + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return new DaysDuration(sign ? -nanos : nanos);
}

/** What @"…" writes. */
export function parseAny(text) {
  if (/^-?P/.test(text)) return parseDuration(text);
  if (/^\d\d:/.test(text)) return parseTime(text);
  return text.includes('T') ? parseDateTime(text) : parseDate(text);
}

// Arithmetic.

function fromInstant(nanos, offset, zone) {
  const shown = nanos + BigInt(offset ?? 0) * BigInt(NANO);
  const rest = ((shown % BigInt(DAY_NANOS)) + BigInt(DAY_NANOS)) % BigInt(DAY_NANOS);
  const date = fromEpochDay(Number((shown - rest) / BigInt(DAY_NANOS)));
  return date && new FeelDateTime(date, new FeelTime(Number(rest), zone === null ? offset : null, zone));
}

export const addDays = (date, days) => fromEpochDay(date.days + days);

function addMonths(date, months) {
  const all = date.year * 12 + date.month - 1 + months;
  const [year, month] = [floorDiv(all, 12), mod(all, 12) + 1];
  return FeelDate.of(year, month, Math.min(date.day, daysIn(year, month)));
}

/** A moment later by a duration; months end on the last day where there is no such one, hours are hours of the clock's zone. */
export function plus(moment, duration) {
  if (moment instanceof FeelTime) {
    if (!(duration instanceof DaysDuration)) return null;
    const nanos = (BigInt(moment.nanos) + duration.size) % BigInt(DAY_NANOS);
    return new FeelTime(mod(Number(nanos), DAY_NANOS), moment.offset, moment.zone);
  }
  const date = moment instanceof FeelDate ? moment : moment.date;
  if (duration instanceof MonthsDuration) return withDate(moment, addMonths(date, duration.size));
  if (moment instanceof FeelDate) {
    const nanos = BigInt(moment.days) * BigInt(DAY_NANOS) + duration.size;
    return fromInstant(nanos, null, null)?.date ?? null;
  }
  const { zone, offset } = moment.time;
  const then = moment.instant + duration.size;
  return fromInstant(then, zone === null ? offset : offsetAt(zone, Number(then / BigInt(NANO))), zone);
}

function withDate(moment, date) {
  if (date === null || moment instanceof FeelDate) return date;
  return new FeelDateTime(date, moment.time);
}

/** How long from one moment to the other, a date being its midnight in UTC; null between a local and a zoned one, a time and a date. */
export function minus(a, b) {
  if (a instanceof FeelTime !== b instanceof FeelTime) return null;
  if (a instanceof FeelTime) return a.isLocal === b.isLocal ? new DaysDuration(timeInstant(a) - timeInstant(b)) : null;
  const [x, y] = [asDateTime(a), asDateTime(b)];
  if (x.time.isLocal !== y.time.isLocal) return null;
  return new DaysDuration(x.instant - y.instant);
}

export const asDateTime = moment => (moment instanceof FeelDate ? new FeelDateTime(moment, new FeelTime(0, 0)) : moment);

/** A time of day as a moment of 1 January 1970. */
export function timeInstant(time) {
  return BigInt(time.nanos) - BigInt(time.offsetOn(0) ?? 0) * BigInt(NANO);
}

/** Whole months from one date to the other. */
export function monthsBetween(from, to) {
  const months = (to.year - from.year) * 12 + to.month - from.month;
  const early = months > 0 && addMonths(from, months).days > to.days;
  const late = months < 0 && addMonths(from, months).days < to.days;
  return new MonthsDuration(months - (early ? 1 : 0) + (late ? 1 : 0));
}

/** A duration of so many seconds, which may have a fraction. */
export function ofSeconds(seconds) {
  const nanos = seconds === null ? null : numbers.round(numbers.multiply(seconds, NANO), 'half even');
  return nanos === null ? null : new DaysDuration(numbers.whole(nanos));
}

export const inSeconds = duration => numbers.divide(numbers.parse(String(duration.size)), NANO);

/** The moment now, and what the clock on the wall shows in a zone. */
export function inZone(milliseconds, zone) {
  return fromInstant(BigInt(milliseconds) * 1_000_000n, offsetAt(zone, floorDiv(milliseconds, 1000)), zone);
}

// What FEEL reads by name.

const duration = seconds => (seconds === null ? null : new DaysDuration(BigInt(seconds) * BigInt(NANO)));
const OF_DATE = { year: date => date.year, month: date => date.month, day: date => date.day, weekday: date => date.weekday };
const OF_TIME = { hour: time => time.hour, minute: time => time.minute, second: time => time.second, timezone: time => time.zone };
const through = (part, getters) => Object.entries(getters).map(([name, get]) => [name, moment => get(moment[part])]);
const PROPERTIES = new Map([
  [FeelDate, OF_DATE],
  [FeelTime, { ...OF_TIME, 'time offset': time => duration(time.offsetOn(0)) }],
  [
    FeelDateTime,
    {
      ...Object.fromEntries([...through('date', OF_DATE), ...through('time', OF_TIME)]),
      'time offset': moment => duration(moment.time.offsetOn(moment.date.days)),
    },
  ],
  [MonthsDuration, { years: ({ size }) => Math.trunc(size / 12) + 0, months: ({ size }) => (size % 12) + 0 }],
  [
    DaysDuration,
    {
      days: it => it.part(DAY_NANOS),
      hours: it => it.part(3600 * NANO, 24),
      minutes: it => it.part(60 * NANO, 60),
      seconds: it => it.seconds,
    },
  ],
]);

/** A property of a date, time or duration; undefined where it has none of the name. */
export function property(value, name) {
  const getters = PROPERTIES.get(value.constructor);
  return Object.hasOwn(getters, name) ? getters[name](value) : undefined;
}
