// Arithmetic, comparison and logic, each on closures that give its operands. What does not go together is null.
import * as numbers from './numbers.mjs';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration, inSeconds, minus, ofSeconds, plus } from './temporal.mjs';
import { equal, isNumber, order } from './values.mjs';
import { warn } from './warnings.mjs';

const isMoment = value => value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDateTime;
const isDuration = value => value instanceof MonthsDuration || value instanceof DaysDuration;
const alike = (a, b) => a.constructor === b.constructor;
const negated = duration => new duration.constructor(duration instanceof DaysDuration ? -duration.size : 0 - duration.size);

function added(a, b) {
  if (isNumber(a) && isNumber(b)) return numbers.add(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isDuration(a) && isDuration(b)) return alike(a, b) ? new a.constructor(a.size + b.size) : undefined;
  if (isMoment(a) && isDuration(b)) return plus(a, b);
  if (isDuration(a) && isMoment(b)) return plus(b, a);
  return undefined;
}

function subtracted(a, b) {
  if (isNumber(a) && isNumber(b)) return numbers.subtract(a, b);
  if (isDuration(b) && (isMoment(a) || (isDuration(a) && alike(a, b)))) return added(a, negated(b));
  if (isMoment(a) && isMoment(b)) return minus(a, b);
  return undefined;
}

function multiplied(a, b) {
  if (isNumber(a) && isNumber(b)) return numbers.multiply(a, b);
  if (isDuration(a) && isNumber(b)) return scaled(a, b, numbers.multiply);
  if (isNumber(a) && isDuration(b)) return scaled(b, a, numbers.multiply);
  return undefined;
}

function divided(a, b) {
  if (isNumber(a) && isNumber(b)) return numbers.divide(a, b);
  if (isDuration(a) && isNumber(b)) return scaled(a, b, numbers.divide);
  if (isDuration(a) && isDuration(b) && alike(a, b)) return numbers.divide(amount(a), amount(b));
  return undefined;
}

const amount = duration => (duration instanceof MonthsDuration ? duration.size : inSeconds(duration));

/** Months are whole: a fraction of one is dropped. */
function scaled(duration, number, operation) {
  const result = operation(amount(duration), number);
  if (result === null) return null;
  return duration instanceof MonthsDuration ? new MonthsDuration(numbers.count(result)) : ofSeconds(result);
}

const power = (a, b) => (isNumber(a) && isNumber(b) ? numbers.power(a, b) : undefined);
const ARITHMETIC = { '+': added, '-': subtracted, '*': multiplied, '/': divided, '**': power };

export function arithmetic(sign, left, right) {
  const operation = ARITHMETIC[sign];
  return scope => {
    const result = operation(left(scope), right(scope));
    return result === undefined || result === null ? warn(`'${sign}' cannot work with these values`) : result;
  };
}

export function negation(operand) {
  return scope => {
    const value = operand(scope);
    if (isNumber(value)) return numbers.negate(value);
    return isDuration(value) ? negated(value) : warn("'-' cannot work with this value");
  };
}

const ORDERED = { '<': n => n < 0, '<=': n => n <= 0, '>': n => n > 0, '>=': n => n >= 0 };

export function compare(sign, left, right) {
  if (sign === '=') return scope => told(equal(left(scope), right(scope)));
  if (sign === '!=') return scope => opposite(told(equal(left(scope), right(scope))));
  const holds = ORDERED[sign];
  return scope => {
    const placed = told(order(left(scope), right(scope)));
    return placed === null ? null : holds(placed);
  };
}

const opposite = answer => (answer === null ? null : !answer);
const told = answer => (answer === null ? warn('Unlike values cannot be compared') : answer);

export function between(value, low, high) {
  return scope => {
    const tested = value(scope);
    const [above, below] = [order(tested, low(scope)), order(tested, high(scope))];
    return above === null || below === null ? told(null) : above >= 0 && below <= 0;
  };
}

const truth = value => (typeof value === 'boolean' ? value : null);

export function conjunction(left, right) {
  return scope => {
    const one = truth(left(scope));
    if (one === false) return false;
    const other = truth(right(scope));
    return other === false ? false : one && other;
  };
}

export function disjunction(left, right) {
  return scope => {
    const one = truth(left(scope));
    if (one === true) return true;
    const other = truth(right(scope));
    return other === true ? true : one === null || other === null ? null : false;
  };
}
