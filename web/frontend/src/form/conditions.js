// Hides and shows pieces as answers change, by the rules the server applies when the page is posted (engine/forms/filling.py).
import { evaluate } from '../../../../engine/feel/js/feel.mjs';
import { answerIn } from './answers.js';
import { keysOf, piecesIn, rowsOf } from './structure.js';

const PASSES = 25;

/** Judges every condition of the form, and draws the outcome. */
export function judge(form) {
  const judgement = new Judgement(form);
  for (const [piece, hidden] of judgement.settle()) piece.hidden = hidden;
}

/** True if anything on this form can be hidden. */
export function hasConditions(form) {
  return form.querySelector('[data-hide]') !== null || [...form.querySelectorAll('template')].some((one) => one.content.querySelector('[data-hide]'));
}

class Judgement {
  constructor(form) {
    this.form = form;
    this.root = { data: JSON.parse(form.dataset.known || '{}'), around: null, positions: [] };
    this.rows = new Map();
    this.hidden = new Map();
  }

  settle() {
    let before;
    for (let pass = 0; pass < PASSES; pass++) {
      this.pass(piecesIn(this.form), this.root, false);
      const now = JSON.stringify([this.root.data, [...this.hidden.values()]]);
      if (now === before) break;
      before = now;
    }
    return this.hidden;
  }

  pass(pieces, scope, outside) {
    for (const piece of pieces) {
      const hidden = outside || (piece.dataset.hide !== undefined && ask(piece.dataset.hide, scope) === true);
      this.hidden.set(piece, hidden);
      if (piece.dataset.list !== undefined) this.list(piece, scope, hidden);
      else if (piece.dataset.keys !== undefined) keep(scope.data, keysOf(piece), hidden, () => this.value(piece, scope));
      this.pass(piecesIn(piece), scope, hidden);
    }
  }

  value(piece, scope) {
    return piece.dataset.compute === undefined ? answerIn(piece) : ask(piece.dataset.compute, scope);
  }

  list(piece, scope, hidden) {
    const rows = rowsOf(piece);
    const data = rows.map((row) => this.dataOf(row));
    keep(scope.data, keysOf(piece), hidden, () => data);
    rows.forEach((row, index) => {
      this.pass(piecesIn(row), { data: data[index], around: scope, positions: [...scope.positions, index + 1], root: this.root }, hidden);
    });
  }

  dataOf(row) {
    if (!this.rows.has(row)) this.rows.set(row, JSON.parse(row.dataset.known || '{}'));
    return this.rows.get(row);
  }
}

/** The value of FEEL in a scope; null where it fails, so that nothing is hidden by mistake. */
function ask(expression, scope) {
  try {
    return evaluate(expression, context(scope));
  } catch {
    return null;
  }
}

function context(scope) {
  if (!scope.around) return { this: scope.data, ...scope.data };
  const { data: parent, positions } = scope.around;
  const own = { this: scope.data, i: scope.positions, parent: { ...parent, this: parent, i: positions } };
  return { ...own, _this_: own.this, _i_: own.i, _parent_: own.parent, ...scope.root.data };
}

function keep(data, keys, hidden, value) {
  let within = data;
  for (const key of keys.slice(0, -1)) {
    if (typeof within[key] !== 'object' || within[key] === null || !Object.hasOwn(within, key)) {
      if (hidden) return;
      define(within, key, {});
    }
    within = within[key];
  }
  if (hidden) delete within[keys.at(-1)];
  else define(within, keys.at(-1), value());
}

/** Sets a property of any name, "__proto__" too. */
function define(object, key, value) {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
