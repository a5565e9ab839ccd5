// Text with FEEL in it: {{ expression }}, {{#if condition}}…{{/if}}, {{#loop list}}…{{/loop}}, as form-js (feelers) writes it.
// In a loop the fields of the item, `this` and `parent` are known as well as the variables around it.
import { compile } from './feel.mjs';
import * as numbers from './numbers.mjs';
import { plain } from './plain.mjs';
import { FeelDate, FeelDateTime } from './temporal.mjs';
import { isContext, isNumber } from './values.mjs';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const OPENERS = { if: '#if', loop: '#loop' };
const templates = new Map();

/** Where the expression that starts at `from` ends: at the }} that is not inside a string or a context. */
function end(text, from) {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
    } else if (text[i] === '{') depth++;
    else if (text[i] === '}' && depth) depth--;
    else if (text.startsWith('}}', i)) return i;
  }
  throw new Error('“{{” has no “}}” after it');
}

function tag(inner) {
  const [, word, rest] = /^\s*(#if|#loop|\/if|\/loop)?\s*=?([^]*)$/.exec(inner);
  return { word, rest: rest.trim() };
}

function parse(text) {
  const root = { children: [] };
  const open = [root];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('{{', at);
    if (start !== at) open.at(-1).children.push({ text: text.slice(at, start < 0 ? undefined : start) });
    if (start < 0) break;
    const stop = end(text, start + 2);
    at = stop + 2;
    const { word, rest } = tag(text.slice(start + 2, stop));
    if (word && text[at] === '\n') at++; // a line that holds only a tag leaves no empty line behind
    if (word?.startsWith('/')) close(open, word.slice(1));
    else if (rest || word) step(open, word, rest);
  }
  if (open.length > 1) throw new Error(`{{${OPENERS[open.at(-1).kind]} …}} has no {{/${open.at(-1).kind}}}`);
  return root.children;
}

function step(open, word, rest) {
  const node = { kind: word ? word.slice(1) : 'insert', expression: compile(rest), children: [] };
  open.at(-1).children.push(node);
  if (word) open.push(node);
}

function close(open, kind) {
  if (open.at(-1).kind !== kind) throw new Error(`{{/${kind}}} has no {{#${kind} …}} before it`);
  open.pop();
}

function template(text) {
  let found = templates.get(text);
  if (!found) templates.set(text, (found = parse(text)));
  return found;
}

const sayDay = day => `${day.day} ${MONTHS[day.month - 1]} ${day.year}`;
const sayTime = moment => `${moment.hour}:${String(moment.minute).padStart(2, '0')}`;

/** A value as people read it: a FEEL date in words, a list with commas, nothing for null. */
function say(value) {
  if (value instanceof FeelDate) return sayDay(value);
  if (value instanceof FeelDateTime) return `${sayDay(value.date)} at ${sayTime(value.time)}`;
  if (isNumber(value)) return numbers.write(value);
  if (Array.isArray(value)) return value.map(say).filter(Boolean).join(', ');
  const json = plain(value);
  if (json === null) return '';
  return typeof json === 'object' ? JSON.stringify(json) : String(json);
}

function write(node, variables) {
  if (node.text !== undefined) return node.text;
  const value = node.expression.run(variables);
  if (node.kind === 'insert') return say(value);
  if (node.kind === 'if') return value ? all(node.children, variables) : '';
  const items = value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
  const inside = item => ({ ...variables, ...(getFields(item) ?? {}), this: item, parent: variables });
  return items.map(item => all(node.children, inside(item))).join('');
}

const getFields = item => (isContext(item) ? item : null);
const all = (nodes, variables) => nodes.map(node => write(node, variables)).join('');

function collect(nodes, key, looped, into) {
  for (const { expression, kind, children = [] } of nodes) {
    // Inside a loop a name may be a field of the item, so there it is only a name that may be read.
    if (expression && (key === 'wanted' || !looped)) expression[key].forEach(name => into.add(name));
    collect(children, key, looped || kind === 'loop', into);
  }
  return into;
}

export const forgetTemplates = () => templates.clear();
export const render = (text, variables) => all(template(text), variables);

/** The names a template may read, and those of them that can only be variables. */
export function templateNames(text) {
  const nodes = template(text);
  return { wanted: [...collect(nodes, 'wanted', false, new Set())], reads: [...collect(nodes, 'reads', false, new Set())] };
}
