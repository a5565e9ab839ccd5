// Functions on text. A character is what people see as one code point, so that an emoji counts once.
import * as numbers from '../numbers.mjs';
import { expression, replacement } from '../regex.mjs';
import { define } from './define.mjs';

function substring(text, start, length) {
  const characters = Array.from(text);
  const from = numbers.count(start);
  if (from === 0 || Math.abs(from) > characters.length) return from === 0 ? null : from > 0 ? '' : null;
  const at = from > 0 ? from - 1 : characters.length + from;
  if (length === undefined) return characters.slice(at).join('');
  const many = numbers.count(length);
  return many >= 0 ? characters.slice(at, at + many).join('') : null;
}

const cut = (text, match, after) => {
  const at = text.indexOf(match);
  if (at < 0) return '';
  return after ? text.slice(at + match.length) : text.slice(0, at);
};

function matches(text, pattern, flags) {
  const found = expression(pattern, flags ?? '');
  return found && found.test(text);
}

function replace(text, pattern, by, flags) {
  const found = expression(pattern, flags ?? '', 'g');
  if (!found || found.test('')) return null; // a pattern that matches nothing at all would match everywhere
  found.lastIndex = 0;
  const put = replacement(by, found);
  return put && text.replace(found, put);
}

function split(text, delimiter) {
  const found = expression(delimiter, '');
  if (!found) return null;
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(new RegExp(found.source, `${found.flags}g`))) {
    if (!match[0]) continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

function join(list, delimiter, prefix, suffix) {
  if (!list.every(item => item === null || typeof item === 'string')) return null;
  return `${prefix ?? ''}${list.filter(item => item !== null).join(delimiter ?? '')}${suffix ?? ''}`;
}

function extract(text, pattern) {
  const found = expression(pattern, '', 'g');
  return found && (text.match(found) ?? []);
}

export const strings = [
  define('substring', 'string: string, start position: number, length?: number', substring),
  define('string length', 'string: string', text => Array.from(text).length),
  define('upper case', 'string: string', text => text.toUpperCase()),
  define('lower case', 'string: string', text => text.toLowerCase()),
  define('substring before', 'string: string, match: string', (text, match) => cut(text, match, false)),
  define('substring after', 'string: string, match: string', (text, match) => cut(text, match, true)),
  define('replace', 'input: string, pattern: string, replacement: string, flags?~: string', replace),
  define('contains', 'string: string, match: string', (text, match) => text.includes(match)),
  define('starts with', 'string: string, match: string', (text, match) => text.startsWith(match)),
  define('ends with', 'string: string, match: string', (text, match) => text.endsWith(match)),
  define('matches', 'input: string, pattern: string, flags?~: string', matches),
  define('split', 'string: string, delimiter: string', split),
  define('string join', 'list: list, delimiter?~: string, prefix?~: string, suffix?~: string', join),
  define('extract', 'string: string, pattern: string', extract),
  define('trim', 'string: string', text => text.trim()),
  define('is blank', 'string~: string', text => (text ?? '').trim() === ''),
];
