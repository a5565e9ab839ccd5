// Makes a form more helpful than it is without scripts: conditions at once, rows and files without a new page, drafts as typed.
import { Autosave } from './form/autosave.js';
import { hasConditions, judge } from './form/conditions.js';
import { startFiles } from './form/files.js';
import { startRows } from './form/rows.js';

function start(form) {
  const save = form.dataset.draftUrl ? new Autosave(form) : null;
  const judgeAll = hasConditions(form) ? () => judge(form) : () => {};
  const changed = () => {
    judgeAll();
    save?.soon(0);
  };
  for (const event of ['input', 'change', 'answers']) form.addEventListener(event, judgeAll);
  startRows(form, changed);
  if (form.dataset.filesUrl) startFiles(form, judgeAll);
  judgeAll();
  if (form.dataset.focus) document.getElementById(form.dataset.focus)?.focus();
}

document.querySelectorAll('[data-form]').forEach(start);
