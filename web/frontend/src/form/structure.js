// How a form is built: pieces, some with a field or a list of rows, inside each other. The templates in templates/forms draw them.

const OWNERS = '.app-piece, [data-row], form';

/** The pieces that stand directly in a form, a group or a row. */
export function piecesIn(owner) {
  return [...owner.querySelectorAll('.app-piece')].filter((piece) => piece.parentElement.closest(OWNERS) === owner);
}

/** The rows of a list, without those taken away. */
export function rowsOf(list) {
  return [...list.querySelectorAll('[data-row]')].filter((row) => row.parentElement.closest(OWNERS) === list);
}

/** The path of the value that a piece holds, seen from the form or its row. */
export function keysOf(piece) {
  return JSON.parse(piece.dataset.keys);
}

/** The controls of a form that hold answers; not files, buttons and our own hidden ones. */
export function controlsOf(form) {
  return [...form.elements].filter(
    (control) => control.name?.startsWith('f-') && !['file', 'submit', 'button', 'fieldset'].includes(control.type),
  );
}

/** What would be posted now, by control: a list of texts each. Boxes without a tick are there too, for their marker is. */
export function entriesOf(form) {
  const entries = new Map();
  for (const control of controlsOf(form)) {
    const values = entries.get(control.name) ?? [];
    if (control.type === 'select-multiple') values.push(...[...control.selectedOptions].map((option) => option.value));
    else if (!['radio', 'checkbox'].includes(control.type) || control.checked) values.push(control.value);
    entries.set(control.name, values);
  }
  return entries;
}

/** Puts what somebody else entered into a control. */
export function enter(form, name, values) {
  for (const control of controlsOf(form).filter((one) => one.name === name)) {
    if (['radio', 'checkbox'].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.type !== 'hidden') control.value = values.at(-1) ?? '';
  }
}
