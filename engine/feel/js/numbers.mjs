// Numbers as FEEL has them: decimal, 34 digits, rounded half to even. A number that JavaScript writes with all its digits is a
// JavaScript number; only what has more (1 / 3) is a Decimal. So 0.1 + 0.2 is 0.3, and whole numbers cost nothing.
const DIGITS = 34;
const LARGEST = 6144; // the exponent beyond which there is no number
const GUARD = 50; // digits that roots, powers and logarithms are computed with
const PLAIN = 40; // digits before or after the point that are written out
const ten = exponent => 10n ** BigInt(exponent);

/** coefficient × 10^exponent, where a JavaScript number would lose digits. */
export class Decimal {
  constructor(coefficient, exponent) {
    this.coefficient = coefficient;
    this.exponent = exponent;
  }

  toString() {
    return writeParts(this.coefficient, this.exponent);
  }

  toJSON() {
    return JSON.rawJSON ? JSON.rawJSON(this.toString()) : Number(this.toString());
  }
}

export const isNumber = value => typeof value === 'number' || value instanceof Decimal;

function writeParts(coefficient, exponent) {
  const sign = coefficient < 0n ? '-' : '';
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  const point = digits.length + exponent;
  if (point > PLAIN || point < -PLAIN) return `${sign}${digits}e${exponent}`;
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** A number as text: 1000000000000000000000 and 0.0000001, not as JavaScript writes them. */
export function write(number) {
  if (number instanceof Decimal) return String(number);
  const text = String(number);
  if (!text.includes('e')) return text;
  const { c, e } = parts(number);
  return writeParts(c, e);
}

/** The number that a text writes, or null. */
export function parse(text) {
  const found = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!found || !(found[2] || found[3])) return null;
  const [, sign, whole, fraction = '', exponent = '0'] = found;
  const coefficient = BigInt(whole + fraction);
  return make(sign ? -coefficient : coefficient, Number(exponent) - fraction.length);
}

function parts(number) {
  if (number instanceof Decimal) return { c: number.coefficient, e: number.exponent };
  if (Number.isSafeInteger(number)) return { c: BigInt(number), e: 0 };
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number));
  const c = BigInt(whole + fraction);
  return { c: sign ? -c : c, e: Number(exponent) - fraction.length };
}

/** n / 10^places, rounded half to even. */
function shift(n, places) {
  const unit = ten(places);
  const quotient = n / unit;
  const rest = n - quotient * unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice > unit || (twice === unit && quotient % 2n !== 0n);
  return up ? quotient + (n < 0n ? -1n : 1n) : quotient;
}

const length = coefficient => String(coefficient < 0n ? -coefficient : coefficient).length;

/** c × 10^e as a number of 34 digits; null where it is too large. */
function make(c, e) {
  const surplus = length(c) - DIGITS;
  if (surplus > 0) return make(shift(c, surplus), e + surplus);
  if (c === 0n) return 0;
  const zeros = /0*$/.exec(String(c))[0].length;
  const coefficient = zeros ? c / ten(zeros) : c;
  const exponent = e + zeros;
  const size = length(coefficient);
  if (size + exponent > LARGEST + 1) return null;
  if (size + exponent < -LARGEST) return 0;
  return size > 17 ? new Decimal(coefficient, exponent) : small(coefficient, exponent, size);
}

function small(coefficient, exponent, size) {
  const number = Number(`${coefficient}e${exponent}`);
  const whole = size + exponent;
  if (size <= 15 && whole < 300 && whole > -300) return number;
  if (!Number.isFinite(number) || number === 0) return new Decimal(coefficient, exponent);
  const { c, e } = parts(number);
  const same = e >= exponent ? c * ten(e - exponent) === coefficient : c === coefficient * ten(exponent - e);
  return same ? number : new Decimal(coefficient, exponent);
}

const fast = (a, b, result) => Number.isInteger(a) && Number.isInteger(b) && Number.isSafeInteger(result);

export function add(a, b) {
  if (fast(a, b, a + b)) return a + b;
  const [x, y, e] = aligned(a, b);
  return e === null ? (absolute(x) > absolute(y) ? a : b) : make(x + y, e);
}

/** Both coefficients at one exponent; none where they lie too far apart to matter to one another: then by their sizes. */
function aligned(a, b) {
  const x = parts(a);
  const y = parts(b);
  const e = Math.min(x.e, y.e);
  if (x.c && y.c && Math.abs(x.e + length(x.c) - y.e - length(y.c)) > 2 * DIGITS + 2) {
    return [BigInt(x.e + length(x.c)) + BigInt(LARGEST * 2), BigInt(y.e + length(y.c)) + BigInt(LARGEST * 2), null];
  }
  if (!x.c) return [0n, y.c, y.e];
  if (!y.c) return [x.c, 0n, x.e];
  return [x.c * ten(x.e - e), y.c * ten(y.e - e), e];
}

const absolute = big => (big < 0n ? -big : big);

export const negate = number => (number instanceof Decimal ? new Decimal(-number.coefficient, number.exponent) : 0 - number);
export const subtract = (a, b) => (fast(a, b, a - b) ? a - b : add(a, negate(b)));

export function multiply(a, b) {
  if (fast(a, b, a * b)) return a * b + 0;
  const x = parts(a);
  const y = parts(b);
  return make(x.c * y.c, x.e + y.e);
}

export function divide(a, b) {
  if (b === 0) return null;
  if (fast(a, b, a / b)) return a / b + 0;
  const x = parts(a);
  const y = parts(b);
  const more = Math.max(0, GUARD + length(y.c) - length(x.c));
  const scaled = x.c * ten(more);
  const quotient = scaled / y.c;
  // One digit that says there is more, so that what lies just above a half is not taken for it.
  const sticky = scaled % y.c === 0n ? 0n : scaled < 0n !== y.c < 0n ? -1n : 1n;
  return make(quotient * 10n + sticky, x.e - y.e - more - 1);
}

export function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  const difference = subtract(a, b);
  const sign = difference instanceof Decimal ? difference.coefficient : difference;
  return sign < 0 ? -1 : sign > 0 ? 1 : 0;
}

export const sign = number => compare(number, 0);
export const abs = number => (sign(number) < 0 ? negate(number) : number);

export function isInteger(number) {
  return typeof number === 'number' ? Number.isInteger(number) : number.exponent >= 0;
}

/** A whole number as JavaScript has them, for counting; cut to its whole part. */
export const count = number => Math.trunc(Number(number.toString()));

/** The whole part, however large. */
export function whole(number) {
  const { c, e } = parts(number);
  return e >= 0 ? c * ten(e) : c / ten(-e);
}

const MODES = {
  floor: (quotient, rest) => quotient - (rest < 0n ? 1n : 0n),
  ceiling: (quotient, rest) => quotient + (rest > 0n ? 1n : 0n),
  up: (quotient, rest) => quotient + (rest > 0n ? 1n : rest < 0n ? -1n : 0n),
  down: quotient => quotient,
  'half up': (quotient, rest, unit) => quotient + away(rest, absolute(rest) * 2n >= unit),
  'half down': (quotient, rest, unit) => quotient + away(rest, absolute(rest) * 2n > unit),
  'half even': (quotient, rest, unit) => quotient + away(rest, absolute(rest) * 2n > unit - (quotient % 2n ? 1n : 0n)),
};
const away = (rest, yes) => (yes ? (rest < 0n ? -1n : 1n) : 0n);

/** Rounded to so many places after the point. */
export function round(number, mode, scale = 0) {
  const { c, e } = parts(number);
  const places = -scale - e;
  if (places <= 0) return number;
  if (places > length(c) + DIGITS) return make(MODES[mode](0n, c, absolute(c) * 4n + 4n), -scale);
  const unit = ten(places);
  const quotient = c / unit;
  return make(MODES[mode](quotient, c - quotient * unit, unit), -scale);
}

/** dividend - divisor × floor(dividend / divisor), exactly. */
export function modulo(a, b) {
  if (b === 0) return null;
  const [x, y, e] = aligned(a, b);
  if (e === null) return subtract(a, multiply(b, round(divide(a, b), 'floor')));
  const rest = x % y;
  return make(rest && rest < 0n !== y < 0n ? rest + y : rest, e);
}

export function power(base, exponent) {
  if (!isInteger(exponent)) return sign(base) <= 0 ? (sign(base) || sign(exponent) < 0 ? null : 0) : exp(multiply(exponent, log(base)));
  const times = count(exponent);
  if (base === 0) return times < 0 ? null : times ? 0 : 1;
  if (Math.abs(times) > 1e6) return base === 1 ? 1 : exp(multiply(exponent, log(abs(base))));
  const result = raised(parts(base), Math.abs(times));
  return result === null ? null : times < 0 ? divide(1, result) : result;
}

function raised({ c, e }, times) {
  let [result, exponent, square, squared] = [1n, 0, c, e];
  for (let n = times; n > 0; n = Math.floor(n / 2)) {
    if (n % 2) [result, exponent] = trimmed(result * square, exponent + squared);
    if (n > 1) [square, squared] = trimmed(square * square, squared * 2);
  }
  return make(result, exponent);
}

function trimmed(c, e) {
  const surplus = length(c) - GUARD;
  return surplus > 0 ? [shift(c, surplus), e + surplus] : [c, e];
}

const ONE = ten(GUARD);
/** A number as a whole multiple of 10^-50. */
function fixed(number) {
  const { c, e } = parts(number);
  return e + GUARD >= 0 ? c * ten(e + GUARD) : c / ten(-e - GUARD);
}

export function sqrt(number) {
  if (sign(number) < 0) return null;
  if (number === 0) return 0;
  const { c, e } = parts(number);
  const more = 2 * GUARD + ((e % 2) + 2) % 2;
  const scaled = c * ten(more);
  let root = ten(Math.ceil(length(scaled) / 2));
  for (let next = (root + scaled / root) / 2n; next < root; next = (root + scaled / root) / 2n) root = next;
  return make(root, (e - more) / 2);
}

export function exp(number) {
  const size = Number(number.toString());
  if (size > 14200) return null;
  if (size < -14200) return 0;
  // e^x = (e^(x / 2^k))^(2^k), where the series of the smaller one ends soon.
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.abs(size) + 1))) + 8;
  const x = (fixed(number) * ten(20)) / 2n ** BigInt(halvings);
  const one = ONE * ten(20);
  let [sum, term] = [one, one];
  for (let n = 1n; term !== 0n; n++) sum += term = (term * x) / one / n;
  let [c, e] = [sum, -GUARD - 20];
  for (let i = 0; i < halvings; i++) [c, e] = halved(c * c, e * 2);
  return make(c, e);
}

function halved(c, e) {
  const surplus = length(c) - GUARD - 20;
  return surplus > 0 ? [c / ten(surplus), e + surplus] : [c, e];
}

/** The natural logarithm: a guess, made better by e^guess until nothing changes. */
export function log(number) {
  if (sign(number) <= 0) return null;
  const { c, e } = parts(number);
  const guess = Math.log(Number(`${c}e${1 - length(c)}`)) + (e + length(c) - 1) * Math.LN10;
  let y = parse(String(guess)) ?? 0;
  for (let i = 0; i < 2; i++) {
    const power = exp(y);
    y = add(y, multiply(2, divide(subtract(number, power), add(number, power))));
  }
  return y;
}
