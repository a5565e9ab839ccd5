// Adds and takes away the rows of a list without a new page. Without this script the same buttons post the form.
import { initAll } from 'govuk-frontend';
import { rowsOf } from './structure.js';

const BEGINNING = Date.UTC(2026, 0, 1);

/** Lets the buttons of every list of the form work here. */
export function startRows(form, changed) {
  form.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-add], [data-remove]');
    const list = button?.closest('[data-list]');
    const act = button?.matches('[data-add]') ? addByHand : takeAwayByHand;
    if (!list || !act(list, button)) return;
    event.preventDefault();
    changed();
  });
}

function addByHand(list) {
  const row = addRow(list, freshNumber(list));
  row?.focus();
  return row !== null;
}

function takeAwayByHand(list, button) {
  takeAway(button.closest('[data-row]'));
  list.querySelector(':scope > [data-add]').focus();
  return true;
}

/** A number no other row has or had, and hardly one that somebody else adds at the same time. */
function freshNumber(list) {
  const name = list.dataset.list;
  const taken = [...list.querySelectorAll(`input[name^="${name}-"]`)].map((input) => Number(input.name.slice(name.length + 1))).filter(Number.isInteger);
  return Math.max(Math.floor((Date.now() - BEGINNING) / 1000), ...taken.map((number) => number + 1));
}

/** A new row at the end of a list. null where the page has no blank one to copy. */
export function addRow(list, number) {
  const blank = list.querySelector(':scope > template[data-blank]');
  if (!blank) return null;
  const copy = blank.content.cloneNode(true);
  rename(copy, `${list.dataset.list}-NEW`, `${list.dataset.list}-${number}`);
  const row = copy.firstElementChild;
  list.querySelector(':scope > [data-rows]').append(row);
  initAll({ scope: row });
  tidy(list);
  return row;
}

/** Takes a row away. What remains tells the server that it went. */
export function takeAway(row) {
  const list = row.closest('[data-list]');
  const gone = Object.assign(document.createElement('input'), { type: 'hidden', name: row.dataset.row, value: '' });
  row.replaceWith(gone);
  tidy(list);
}

function rename(node, from, to) {
  for (const element of node.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(from)) element.setAttribute(name, value.replaceAll(from, to));
    }
    if (element.content) rename(element.content, from, to);
  }
}

/** Counts the rows anew, in their titles and on the button. */
function tidy(list) {
  const rows = rowsOf(list);
  const most = Number(list.dataset.least);
  rows.forEach((row, index) => {
    const title = `${list.dataset.rowName} ${index + 1}`;
    row.querySelector(':scope > [data-title]').textContent = title;
    const remove = row.querySelector(':scope > [data-remove]');
    remove.querySelector('[data-title-small]').textContent = ` ${title}`;
    remove.hidden = rows.length <= most;
  });
  const add = list.querySelector(':scope > [data-add]');
  add.textContent = rows.length ? add.dataset.another : add.dataset.first;
}
