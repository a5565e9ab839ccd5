// Regular expressions as XPath writes them, which FEEL uses, in those of JavaScript. What JavaScript lacks is written out: \i and \c,
// classes with others taken away ([a-z-[aeiou]]), the flag x. Looking ahead and behind, (?=…), and \b, which XPath lacks and forms
// use, are as in JavaScript.
const MANY = { i: String.raw`\p{L}_:`, c: String.raw`\p{L}\p{N}\-._:\u00b7`, d: String.raw`\p{Nd}`, w: String.raw`\p{L}\p{M}\p{N}\p{S}` };
const KNOWN = /^[ntr\\|.?*+(){}\-[\]^$/bB]/;
const SPACES = ' \\t\\n\\r';
// "Basic Latin" and a few more blocks by name, for \p{IsBasicLatin}.
const BLOCKS = {
  BasicLatin: '\\u0000-\\u007f',
  'Latin-1Supplement': '\\u0080-\\u00ff',
  'LatinExtended-A': '\\u0100-\\u017f',
  'LatinExtended-B': '\\u0180-\\u024f',
  GreekandCoptic: '\\u0370-\\u03ff',
  Greek: '\\u0370-\\u03ff',
  Cyrillic: '\\u0400-\\u04ff',
  Hebrew: '\\u0590-\\u05ff',
  Arabic: '\\u0600-\\u06ff',
};
const remembered = new Map();

class Translation {
  constructor(pattern, { spaced, literal }) {
    this.pattern = pattern;
    this.spaced = spaced; // spaces mean nothing
    this.literal = literal; // everything is itself
    this.at = 0;
    this.groups = 0;
    this.open = [];
    this.closed = new Set();
  }

  all() {
    if (this.literal) return this.pattern.replace(/[\\^$.*+?()[\]{}|\-/]/g, '\\$&').replace(/\\-/g, '\\x2d');
    let result = '';
    while (this.at < this.pattern.length) result += this.one();
    return result;
  }

  one() {
    const char = this.pattern[this.at++];
    if (char === '\\') return this.escape(false);
    if (char === '[') return this.class();
    if (char === '(') return this.group();
    if (char === ')') this.closed.add(this.open.pop());
    if (this.spaced && /[ \t\n\r]/.test(char)) return '';
    return char;
  }

  group() {
    if (this.pattern[this.at] !== '?') {
      this.open.push(++this.groups);
      return '(';
    }
    const named = /^\?<[^=!]/.test(this.pattern.slice(this.at));
    this.open.push(named ? ++this.groups : 0);
    return '(';
  }

  escape(inClass) {
    const char = this.pattern[this.at++] ?? '';
    if (char === 'p' || char === 'P') return this.property(char, inClass);
    if (char === 's' || char === 'S') return this.set(SPACES, char === 'S', inClass);
    const lower = char.toLowerCase();
    if (Object.hasOwn(MANY, lower)) return this.set(MANY[lower], char !== lower, inClass);
    if (/[1-9]/.test(char) && !inClass) return this.reference(char);
    if (!KNOWN.test(char)) throw new SyntaxError('no such escape');
    return char === '-' && !inClass ? '-' : `\\${char}`;
  }

  /** A set of characters, or all but it. */
  set(characters, negated, inClass) {
    if (!inClass) return `[${negated ? '^' : ''}${characters}]`;
    if (!negated) return characters;
    throw new SyntaxError('no such set in a class');
  }

  reference(char) {
    let number = char;
    const next = () => number + (/\d/.test(this.pattern[this.at] ?? '') ? this.pattern[this.at] : 'x');
    while (Number(next()) <= this.groups) number += this.pattern[this.at++];
    if (!this.closed.has(Number(number))) throw new SyntaxError('no such group yet');
    return `(?:\\${number})`;
  }

  property(char, inClass) {
    const [whole, name] = /^\{([\w-]+)\}/.exec(this.pattern.slice(this.at)) ?? [];
    if (!whole) throw new SyntaxError('no such property');
    this.at += whole.length;
    if (!name.startsWith('Is')) return `\\${char}{${name}}`;
    const block = BLOCKS[name.slice(2)];
    if (!block) throw new SyntaxError('no such block');
    return this.set(block, char === 'P', inClass);
  }

  /** [a-z], [^a-z], [a-z-[aeiou]]: as lookaheads where plain classes cannot say it. */
  class() {
    const negated = this.pattern[this.at] === '^';
    if (negated) this.at++;
    const parts = [];
    const excluded = [];
    let plain = '';
    for (;;) {
      const char = this.pattern[this.at++];
      if (char === undefined) throw new SyntaxError('a class without an end');
      if (char === ']' && (plain || parts.length)) break;
      if (char === ']') throw new SyntaxError('an empty class');
      if (char === '-' && this.pattern[this.at] === '[') {
        this.at++;
        excluded.push(this.class());
        if (this.pattern[this.at++] !== ']') throw new SyntaxError('a class goes on after what is taken away');
        break;
      }
      if (char === '[') throw new SyntaxError('a class in a class');
      if (char === '\\' && /[SICDW]/.test(this.pattern[this.at] ?? '')) parts.push(this.escape(false));
      else if (char === '\\') plain += this.escape(true);
      else if (!(this.spaced && /[ \t\n\r]/.test(char))) plain += char === '-' ? this.dash(plain) : char.replace(/[$()*+.?{}|/^]/, '\\$&');
    }
    const inner = [...parts, ...(plain ? [`[${plain}]`] : [])];
    const without = excluded.map(one => `(?!${one})`).join('');
    if (!negated) return inner.length === 1 && !without ? inner[0] : `(?:${without}(?:${inner.join('|')}))`;
    return plain && !parts.length && !without ? `[^${plain}]` : `(?:${without}(?!${inner.join('|')})[^])`;
  }

  /** A dash at an end of the class is itself. */
  dash(before) {
    return before === '' || this.pattern[this.at] === ']' ? '\\-' : '-';
  }
}

/** The pattern for JavaScript, or null where it is none. `more`: JavaScript's own flags. */
export function expression(pattern, flags, more = '') {
  const key = `${more}/${flags}/${pattern}`;
  if (!remembered.has(key)) {
    if (remembered.size > 500) remembered.clear();
    remembered.set(key, made(pattern, flags, more));
  }
  const found = remembered.get(key);
  if (found) found.lastIndex = 0;
  return found;
}

function made(pattern, flags, more) {
  if (!/^[smixq]*$/.test(flags)) return null;
  try {
    const literal = flags.includes('q');
    const source = new Translation(pattern, { spaced: flags.includes('x'), literal }).all();
    return new RegExp(source, `u${more}${['s', 'm', 'i'].filter(flag => flags.includes(flag)).join('')}`);
  } catch {
    return null;
  }
}

/** What stands for a match: $1 is a group, $0 all of it, \$ a dollar. null where it is neither. */
export function replacement(text, found) {
  if (/(^|[^\\])(\\\\)*(\$(?!\d)|\\(?![\\$]))/.test(text)) return null;
  const groups = new RegExp(`${found.source}|`, found.flags.replace('g', '')).exec('').length - 1;
  return (...match) => text.replace(/\\([\\$])|\$(\d+)/g, (whole, escaped, digits) => escaped ?? group(match, digits, groups));
}

/** The longest number that is a group; the digits after it are digits. */
function group(match, digits, groups) {
  let length = digits.length;
  while (length > 1 && Number(digits.slice(0, length)) > groups) length--;
  const number = Number(digits.slice(0, length));
  return (number <= groups ? (match[number] ?? '') : '') + digits.slice(length);
}
