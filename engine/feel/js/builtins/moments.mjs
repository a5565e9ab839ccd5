// Functions on dates, times and durations. Now is the moment that the evaluation takes place in; the wall's clock is London's.
import * as numbers from '../numbers.mjs';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, addDays, daysIn, inZone, monthsBetween } from '../temporal.mjs';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../temporal.mjs';
import { isZone } from '../zones.mjs';
import { define } from './define.mjs';

const HOME = 'Europe/London';
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const dateOf = moment => (moment instanceof FeelDateTime ? moment.date : moment);

/** "2026-03-03", or the date in a date and time. */
const dateFrom = text => parseDate(text) ?? parseDateTime(text)?.date ?? null;
const wholes = parts => parts.map(part => (numbers.isInteger(part) ? numbers.count(part) : NaN));
const dateOfParts = (...parts) => FeelDate.of(...wholes(parts));

function timeOfParts(hour, minute, second, offset) {
  const seconds = offset instanceof DaysDuration ? Number(offset.size / 1_000_000_000n) : null;
  if (seconds !== null && Math.abs(seconds) > 18 * 3600) return null;
  return FeelTime.of(Number(String(hour)), Number(String(minute)), Number(String(second)), seconds);
}

const same = value => value;
const atTime = (moment, time) => new FeelDateTime(dateOf(moment), time);
const shownIn = ({ date, time }, zone) => (isZone(zone) ? new FeelDateTime(date, new FeelTime(time.nanos, null, zone)) : null);

function parsedIn(text, zone) {
  const read = parseDateTime(text);
  return read && read.time.isLocal ? shownIn(read, zone) : null;
}

function dayOfYear(moment) {
  const { year, month, day } = dateOf(moment);
  let days = day;
  for (let before = 1; before < month; before++) days += daysIn(year, before);
  return days;
}

/** By ISO 8601: the first week is that of the year's first Thursday. */
function weekOfYear(moment) {
  const date = dateOf(moment);
  const thursday = addDays(date, 4 - date.weekday);
  return Math.ceil(dayOfYear(thursday) / 7);
}

const lastDay = moment => {
  const { year, month } = dateOf(moment);
  return FeelDate.of(year, month, daysIn(year, month));
};

const both = (name, body) => define(name, 'date: date', body, ['date: date and time', body]);
const midnight = () => new FeelTime(0, 0);

export const moments = [
  define(
    'date', 'from: string', dateFrom,
    ['from: date', dateOf], ['from: date and time', dateOf], ['year: number, month: number, day: number', dateOfParts],
  ),
  define(
    'time', 'from: string', parseTime,
    ['from: time', same], ['from: date', midnight], ['from: date and time', moment => moment.time],
    ['hour: number, minute: number, second: number, offset?~: days and time duration', timeOfParts],
  ),
  define(
    'date and time', 'from: string', parseDateTime,
    ['from: date and time', same], ['date: date, time: time', atTime], ['date: date and time, time: time', atTime],
    ['from: string, timezone: string', parsedIn], ['date: date and time, timezone: string', shownIn],
  ),
  define('duration', 'from: string', parseDuration, ['from: years and months duration', same], ['from: days and time duration', same]),
  define(
    'years and months duration', 'from: date, to: date', monthsBetween,
    ...[['date and time', 'date and time'], ['date', 'date and time'], ['date and time', 'date']].map(
      ([from, to]) => [`from: ${from}, to: ${to}`, (a, b) => monthsBetween(dateOf(a), dateOf(b))],
    ),
  ),
  define('now', '', () => inZone(Date.now(), HOME)),
  define('today', '', () => inZone(Date.now(), HOME).date),
  both('day of year', dayOfYear),
  both('day of week', moment => DAYS[dateOf(moment).weekday - 1]),
  both('month of year', moment => MONTHS[dateOf(moment).month - 1]),
  both('week of year', weekOfYear),
  both('last day of month', lastDay),
];

