// Attaches files as soon as they are chosen. Without this script they come along when the page is posted.
import { draw } from './words.js';

/** Lets every file field of the form attach and take away here. */
export function startFiles(form, changed) {
  form.addEventListener('change', (event) => {
    if (event.target.type === 'file' && event.target.files.length) attach(form, event.target, changed);
  });
  form.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-take-away]');
    if (!button) return;
    event.preventDefault();
    takeAway(form, button, changed);
  });
}

async function attach(form, input, changed) {
  const body = new FormData();
  for (const file of input.files) body.append('file', file);
  const place = placeOf(input);
  say(place, 'Attaching…');
  if (await send(form, place, input.name, body)) {
    input.value = '';
    changed();
  }
}

async function takeAway(form, button, changed) {
  const place = placeOf(button);
  const { name } = place.querySelector('input[type=file]');
  const body = new FormData();
  body.append('take_away', button.dataset.takeAway);
  if (await send(form, place, name, body)) {
    place.querySelector('input[type=file]').focus();
    changed();
  }
}

async function send(form, place, name, body) {
  body.append('field', name);
  const headers = { Accept: 'application/json', 'X-CSRFToken': form.elements.csrf_token.value };
  try {
    const answer = await fetch(form.dataset.filesUrl, { method: 'POST', headers, body });
    const isJson = answer.headers.get('Content-Type')?.includes('json');
    const told = isJson ? await answer.json() : {};
    if (!answer.ok || !told.files) return say(place, told.problem ?? 'This could not be attached. Choose it again, or send the form with it.', true);
    list(place, told.files);
    say(place, '');
    return true;
  } catch {
    return say(place, 'This is not attached yet, for there is no connection. Choose it again in a moment.', true);
  }
}

function placeOf(element) {
  return element.closest('[data-files]');
}

function list(place, files) {
  place.querySelector('[data-attached]').replaceChildren(...files.map(line));
}

function line(file) {
  const button = draw('button', { type: 'submit', name: 'action', value: `take-away:${file.id}`, class: 'app-link-button', 'data-take-away': file.id }, 'Take away');
  button.append(draw('span', { class: 'govuk-visually-hidden' }, ` ${file.name}`));
  return draw('li', { class: 'app-files__file', 'data-file': JSON.stringify(file) }, `${file.name} `, button);
}

/** Always false, so that callers can end with it. */
function say(place, words, isProblem = false) {
  let told = place.querySelector('[data-told]');
  if (!told) place.append((told = draw('p', { 'data-told': '', role: 'status' })));
  told.className = isProblem ? 'govuk-error-message' : 'govuk-body-s';
  told.textContent = words;
  return false;
}
