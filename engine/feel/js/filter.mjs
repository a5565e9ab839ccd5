// list[…]: the item at a place, or the items for which a condition is true. What stands in the brackets is judged by its value, so
// a call of a function is a condition as much as a comparison is.
import * as numbers from './numbers.mjs';
import { FeelRange, isContext, isNumber } from './values.mjs';
import { Scope } from './scope.mjs';
import { warn } from './warnings.mjs';

/** An item's own entries come first; `item` is the whole of it. */
function inside(item, scope) {
  const whole = new Scope({ item }, scope);
  return isContext(item) ? new Scope(item, whole) : whole;
}

export function filtered(list, test) {
  return scope => {
    const value = list(scope);
    if (value === null || value === undefined) return null;
    const items = Array.isArray(value) ? value : [value];
    const first = test(items.length ? inside(items[0], scope) : scope);
    if (isNumber(first)) return at(items, place(first, test, items, scope));
    return items.filter((item, i) => holds(i ? test(inside(item, scope)) : first, item));
  };
}

/** A place is counted the same for all items: where the items have an entry of that name too, it is not theirs. */
function place(first, test, items, scope) {
  if (!isContext(items[0])) return first;
  const outer = test(scope);
  return isNumber(outer) ? outer : first;
}

const holds = (answer, item) => (answer instanceof FeelRange ? answer.includes(item) : answer) === true;

function at(items, index) {
  if (!numbers.isInteger(index)) return warn('A place in a list is a whole number');
  const n = numbers.count(index);
  const item = n === 0 ? undefined : items[n > 0 ? n - 1 : items.length + n];
  return item === undefined ? warn('The list is shorter') : item;
}
