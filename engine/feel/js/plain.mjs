// FEEL values as JSON: dates, durations and ranges as their text, functions as nothing. Numbers keep all their digits.
import { isNumber } from './numbers.mjs';
import { Temporal } from './temporal.mjs';
import { FeelFunction, FeelRange, context, typeOf } from './values.mjs';

export function plain(value) {
  if (value === undefined || value === null || value instanceof FeelFunction) return null;
  if (typeof value !== 'object') return value;
  if (isNumber(value)) return Number.isFinite(Number(String(value))) ? value : null; // JSON's readers know none that large
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Temporal || value instanceof FeelRange) return String(value);
  return context(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

/** The value with what it is: {"type": "date", "value": "2026-03-03"}; lists and contexts hold such pairs. */
export function withType(value) {
  const type = typeOf(value);
  if (type === 'list') return { type, value: value.map(withType) };
  if (type === 'context') return { type, value: context(Object.entries(value).map(([key, entry]) => [key, withType(entry)])) };
  return { type, value: plain(value) };
}
