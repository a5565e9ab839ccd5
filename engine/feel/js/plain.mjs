// FEEL values as JSON: temporal values as their ISO 8601 text, functions and what is no number as null.
import { FeelFunction } from 'feelin';

export function plain(value) {
  if (value === undefined || value === null || typeof value === 'function' || value instanceof FeelFunction) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}
