// Functions that make one kind of value of another.
import * as numbers from '../numbers.mjs';
import { plain } from '../plain.mjs';
import { FeelFunction, FeelRange, isNumber, typeOf } from '../values.mjs';
import { define } from './define.mjs';

const QUOTED = /["\\]/g;
const PLAIN_KEY = /^[\p{L}_][\p{L}\p{N}_ ]*$/u;
const quoted = text => `"${text.replace(QUOTED, '\\$&')}"`;

/** A value as FEEL writes it; a text inside another value in quotation marks. */
function written(value, inside) {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return inside ? quoted(value) : value;
  if (isNumber(value)) return numbers.write(value);
  if (Array.isArray(value)) return `[${value.map(item => written(item, true)).join(', ')}]`;
  if (value instanceof FeelFunction) return `function(${value.parameters.join(', ')})`;
  if (value instanceof FeelRange) return bounds(value);
  if (typeOf(value) !== 'context') return String(value);
  const entries = Object.entries(value).map(([key, entry]) => `${PLAIN_KEY.test(key) ? key : quoted(key)}: ${written(entry, true)}`);
  return `{${entries.join(', ')}}`;
}

function bounds({ start, end, startIncluded, endIncluded }) {
  const bound = value => (value === null ? '' : typeof value === 'object' && !isNumber(value) ? `@"${value}"` : written(value, true));
  return `${startIncluded ? '[' : '('}${bound(start)}..${bound(end)}${endIncluded ? ']' : ')'}`;
}

const SEPARATORS = { grouping: [' ', ',', '.', null], decimal: ['.', ',', null] };

function number(text, grouping, decimal) {
  if (!SEPARATORS.grouping.includes(grouping) || !SEPARATORS.decimal.includes(decimal)) return null;
  if (grouping !== null && grouping === decimal) return null;
  const joined = grouping === null ? text : text.replaceAll(grouping, '');
  const pointed = decimal === null || decimal === '.' ? joined : joined.includes('.') ? null : joined.replace(decimal, '.');
  return pointed === null ? null : numbers.parse(pointed);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const conversions = [
  define('string', 'from: any', value => (value === null ? null : written(value, false))),
  define('number', 'from: string', numbers.parse, ['from: number', same => same], [
    'from: string, grouping separator~: string, decimal separator~: string',
    number,
  ]),
  define('from json', 'value: string', parsed),
  define('to json', 'value: any', value => JSON.stringify(plain(value))),
];
