// The entry for the server: one file for QuickJS, which knows no modules. Everything goes in and out as JSON text.
import { decide } from './decisions.mjs';
import { examine } from './examination.mjs';
import { compile, forget, passes, remembered } from './feel.mjs';
import { plain } from './plain.mjs';
import { forgetTemplates, render, templateNames } from './template.mjs';
import { takeWarnings } from './warnings.mjs';
import { keepZone } from './zones.mjs';

const realNow = Date.now;
let clock = null; // milliseconds of the moment an evaluation takes place in
Date.now = () => clock ?? realNow();

const at = now => {
  clock = now || null;
  takeWarnings();
};
const expressions = [];
const models = new Map();

globalThis.casework = {
  /** A number for `run`, and the names to send with it. */
  compile(text, unary) {
    const expression = compile(text, { unary });
    return JSON.stringify({ id: expressions.push(expression) - 1, wanted: expression.wanted, reads: expression.reads });
  },
  run(id, variables, now) {
    at(now);
    const expression = expressions[id];
    return JSON.stringify([plain(expression.run(JSON.parse(variables))), takeWarnings()]);
  },
  passes(tests, value, variables, now) {
    at(now);
    return JSON.stringify(passes(tests, JSON.parse(value), JSON.parse(variables)));
  },
  render(text, variables, now) {
    at(now);
    return JSON.stringify(render(text, JSON.parse(variables)));
  },
  templateNames: text => JSON.stringify(templateNames(text)),
  examine(model) {
    return JSON.stringify(examine(JSON.parse(model)));
  },
  keepModel(model) {
    const read = JSON.parse(model);
    models.set(read.key, read);
  },
  decide(key, id, variables, now, options) {
    at(now);
    return JSON.stringify(decide(models.get(key), id, JSON.parse(variables), JSON.parse(options)));
  },
  /** What Python knows of a time zone: how its clock changes, as [second, offset]; null: there is none such. */
  keepZone(name, changes) {
    keepZone(name, JSON.parse(changes));
  },
  remembered,
  forget() {
    expressions.length = 0;
    models.clear();
    forget();
    forgetTemplates();
  },
};
