// Functions on lists.
import * as numbers from '../numbers.mjs';
import { DaysDuration, MonthsDuration } from '../temporal.mjs';
import { equal, isNumber, order } from '../values.mjs';
import { define } from './define.mjs';

const has = (list, item) => list.some(other => equal(other, item) === true);
const distinct = list => list.reduce((found, item) => (has(found, item) ? found : [...found, item]), []);
const numeric = list => list.length > 0 && list.every(isNumber);
const fold = (list, operation) => list.reduce((sum, item) => (sum === null ? null : operation(sum, item)));

/** The first or last by their order; numbers, texts and dates alike, but never of unlike kinds. */
const extreme = sign => list => {
  if (!list.length || list.some(item => order(item, list[0]) === null)) return null;
  return list.reduce((best, item) => (order(item, best) * sign > 0 ? item : best));
};

/** Durations add up as numbers do. */
function sum(list) {
  if (numeric(list)) return fold(list, numbers.add);
  const kind = [MonthsDuration, DaysDuration].find(one => list.length && list.every(item => item instanceof one));
  return kind ? new kind(list.map(({ size }) => size).reduce((a, b) => a + b)) : null;
}

const mean = list => (numeric(list) ? numbers.divide(sum(list), list.length) : null);
const sorted = list => [...list].sort(numbers.compare);

function median(list) {
  if (!numeric(list)) return null;
  const ordered = sorted(list);
  const middle = list.length >> 1;
  return list.length % 2 ? ordered[middle] : numbers.divide(numbers.add(ordered[middle - 1], ordered[middle]), 2);
}

function stddev(list) {
  if (!numeric(list) || list.length < 2) return null;
  const centre = mean(list);
  const squares = list.map(item => numbers.power(numbers.subtract(item, centre), 2));
  return numbers.sqrt(numbers.divide(sum(squares), list.length - 1));
}

function mode(list) {
  if (!list.every(isNumber)) return null;
  const counts = sorted(list).reduce((found, item) => found.set(String(item), [item, (found.get(String(item))?.[1] ?? 0) + 1]), new Map());
  const most = Math.max(...[...counts.values()].map(([, times]) => times));
  return [...counts.values()].filter(([, times]) => times === most).map(([item]) => item);
}

/** All are, or any is, `decisive`; null where that cannot be told. */
const settled = decisive => list => {
  if (list.includes(decisive)) return decisive;
  return list.every(item => item === !decisive) ? !decisive : null;
};

/** Where a place counted from 1, or from the end by -1, lies; -1: nowhere. */
function placeIn(list, position) {
  const at = numbers.isInteger(position) ? numbers.count(position) : 0;
  if (at === 0 || Math.abs(at) > list.length) return -1;
  return at > 0 ? at - 1 : list.length + at;
}

function sublist(list, start, length) {
  const at = placeIn(list, start);
  if (at < 0) return null;
  if (length === undefined) return list.slice(at);
  const many = numbers.count(length);
  return many >= 0 && at + many <= list.length ? list.slice(at, at + many) : null;
}

const changed = (list, position, removed, ...items) => {
  const at = placeIn(list, position);
  return at < 0 ? null : list.toSpliced(at, removed, ...items);
};

function replaced(list, match, item) {
  const answers = list.map(old => match.call([old, item]));
  return answers.every(answer => typeof answer === 'boolean') ? list.map((old, i) => (answers[i] ? item : old)) : null;
}

/** A merge sort, for it asks `precedes` and no more. */
function sort(list, precedes) {
  if (list.length < 2) return list;
  const middle = list.length >> 1;
  const [left, right] = [sort(list.slice(0, middle), precedes), sort(list.slice(middle), precedes)];
  if (!left || !right) return null;
  const result = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const first = precedes(right[j], left[i]);
    if (first === null) return null;
    result.push(first ? right[j++] : left[i++]);
  }
  return [...result, ...left.slice(i), ...right.slice(j)];
}

const byFunction = precedes => (a, b) => {
  const answer = precedes.call([a, b]);
  return typeof answer === 'boolean' ? answer : null;
};
const byOrder = (a, b) => {
  const placed = order(a, b);
  return placed === null ? null : placed < 0;
};

function partition(list, size) {
  const many = numbers.count(size);
  if (many < 1) return null;
  return Array.from({ length: Math.ceil(list.length / many) }, (_, i) => list.slice(i * many, (i + 1) * many));
}

const concatenated = lists => (lists.includes(null) ? null : lists.flat());
const flatten = list => list.flat(Infinity);
const places = (list, match) => list.flatMap((item, i) => (equal(item, match) === true ? [i + 1] : []));
const twice = list => distinct(list.filter((item, i) => has(list.slice(0, i), item)));

export const lists = [
  define('list contains', 'list: list, element: any', has),
  define('list replace', 'list: list, position: number, newItem: any', (list, at, item) => changed(list, at, 1, item), [
    'list: list, match: function, newItem: any',
    replaced,
  ]),
  define('count', 'list: list', list => list.length),
  define('min', '...list: list', extreme(-1)),
  define('max', '...list: list', extreme(1)),
  define('sum', '...list: list', sum),
  define('mean', '...list: list', mean),
  define('median', '...list: list', median),
  define('stddev', '...list: list', stddev),
  define('mode', '...list: list', mode),
  define('product', '...list: list', list => (numeric(list) ? fold(list, numbers.multiply) : null)),
  define('all', '...list: list', settled(false)),
  define('any', '...list: list', settled(true)),
  define('sublist', 'list: list, start position: number, length?: number', sublist),
  define('append', 'list: list, ...item: any', (list, items) => [...list, ...items]),
  define('concatenate', '...list: any', concatenated),
  define('union', '...list: any', lists => concatenated(lists) && distinct(concatenated(lists))),
  define('insert before', 'list: list, position: number, newItem: any', (list, at, item) => changed(list, at, 0, item)),
  define('remove', 'list: list, position: number', (list, at) => changed(list, at, 1)),
  define('reverse', 'list: list', list => list.toReversed()),
  define('index of', 'list: list, match: any', places),
  define('distinct values', 'list: list', distinct),
  define('duplicate values', 'list: list', twice),
  define('flatten', 'list: list', flatten),
  define(
    'sort', 'list: list, precedes: function', (list, precedes) => sort(list, byFunction(precedes)),
    ['list: list', list => sort(list, byOrder)],
  ),
  define('is empty', 'list: list', list => list.length === 0),
  define('partition', 'list: list, size: number', partition),
];
