// for, some and every: once for each combination of items, of lists or of ranges.
import * as numbers from './numbers.mjs';
import { FeelDate, addDays } from './temporal.mjs';
import { FeelRange, only, order } from './values.mjs';
import { Scope } from './scope.mjs';
import { warn } from './warnings.mjs';

/** Calls `visit` with a scope for each combination. False if something cannot be gone through. */
function each(iterations, scope, visit, depth = 0) {
  if (depth === iterations.length) {
    visit(scope);
    return true;
  }
  const { name, from, to } = iterations[depth];
  const items = to ? counted(from(scope), to(scope)) : itemsOf(from(scope));
  if (items === null) return false;
  for (const item of items) {
    if (!each(iterations, new Scope(only(name, item), scope), visit, depth + 1)) return false;
  }
  return true;
}

function itemsOf(value) {
  if (value === null || value === undefined) return null;
  if (value instanceof FeelRange) return ofRange(value);
  return Array.isArray(value) ? value : [value];
}

function ofRange({ start, end, startIncluded, endIncluded }) {
  const all = start === null || end === null || order(start, end) > 0 ? null : counted(start, end);
  return all && dropEnds(all, !startIncluded, !endIncluded, end);
}

function* dropEnds(items, first, last, end) {
  let skip = first;
  for (const item of items) {
    if (!skip && !(last && order(item, end) === 0)) yield item;
    skip = false;
  }
}

/** From one to the other by ones, or by days; downwards too. */
function counted(from, to) {
  const direction = order(from, to);
  if (direction === null) return null;
  const step = direction > 0 ? -1 : 1;
  if (numbers.isNumber(from)) return walk(from, to, step, item => numbers.add(item, step));
  return from instanceof FeelDate ? walk(from, to, step, item => addDays(item, step)) : null;
}

function* walk(from, to, step, next) {
  for (let item = from; item !== null && order(item, to) * step <= 0; item = next(item)) yield item;
}

const unable = () => warn('There is nothing to go through');

/** `partial` is the list of the results so far. */
export function forEach(iterations, body) {
  return scope => {
    const partial = [];
    const inner = new Scope({ partial }, scope);
    return each(iterations, inner, at => partial.push(body(at))) ? partial : unable();
  };
}

export function everyOf(iterations, condition) {
  return quantified(iterations, condition, false);
}

export function someOf(iterations, condition) {
  return quantified(iterations, condition, true);
}

/** `decisive`: the answer of one that settles it for all. */
function quantified(iterations, condition, decisive) {
  return scope => {
    let answer = !decisive;
    const whole = each(iterations, scope, at => {
      const holds = condition(at);
      if (holds === decisive) answer = decisive;
      else if (typeof holds !== 'boolean' && answer !== decisive) answer = null;
    });
    return whole ? answer : unable();
  };
}
