// Keeps what is typed in the draft on the server: a moment after a pause, and on leaving. Nothing is kept in the browser's
// storage, for these computers are shared: while the server is away the words stay on the page and are sent again and again.
import { Changes } from './changes.js';
import { entriesOf } from './structure.js';
import { clockTime } from './words.js';

const PAUSE = 800; // after the last key; a second is what people were promised
const AGAIN = [2, 4, 8, 15, 30]; // seconds until the next try
const LARGEST_ON_LEAVING = 60_000; // browsers send no more than 64 kB from a page that is being left

export class Autosave {
  constructor(form) {
    this.form = form;
    this.saved = entriesOf(form); // what the server has, as far as this page knows
    this.undecided = new Set(); // controls changed by somebody else and here: not sent until this person has decided
    this.failures = 0;
    this.sending = null;
    this.stopped = false;
    this.changes = new Changes(form, {
      mine: (name) => this.isChanged(name),
      kept: (name) => this.decide(name),
      taken: (name, values) => this.take(name, values),
    });
    this.listen();
  }

  listen() {
    const { form } = this;
    form.addEventListener('input', (event) => this.note(event.target));
    form.addEventListener('change', () => this.soon(PAUSE));
    form.addEventListener('submit', (event) => this.letGo(event));
    // A page that comes back as it was left knows nothing of what happened since.
    window.addEventListener('pageshow', (event) => event.persisted && window.location.reload());
    window.addEventListener('pagehide', () => this.leave());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.leave());
    window.addEventListener('online', () => this.soon(0));
    window.addEventListener('beforeunload', (event) => this.mustWarn() && event.preventDefault());
  }

  /** Something was typed or chosen. Whoever goes on typing keeps theirs; the other's words stay in sight. */
  note(control) {
    this.undecided.delete(control.name);
    this.soon(PAUSE);
  }

  soon(pause) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), pause);
  }

  isChanged(name) {
    return !same(entriesOf(this.form).get(name), this.saved.get(name));
  }

  decide(name) {
    this.undecided.delete(name);
    this.soon(0);
  }

  take(name, values) {
    this.saved.set(name, entriesOf(this.form).get(name) ?? values);
    this.form.dispatchEvent(new CustomEvent('answers', { bubbles: true }));
  }

  changed() {
    const entries = [...entriesOf(this.form)];
    return Object.fromEntries(entries.filter(([name, values]) => !this.undecided.has(name) && !same(values, this.saved.get(name))));
  }

  async save() {
    if (this.sending || this.stopped) return this.sending;
    const fields = this.changed();
    if (!Object.keys(fields).length) return undefined;
    await this.begin(fields, false);
    if (Object.keys(this.changed()).length && !this.failures) this.soon(PAUSE);
    return undefined;
  }

  begin(fields, keepalive) {
    this.sending = this.send(fields, keepalive).finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async send(fields, keepalive) {
    let answer;
    try {
      answer = await this.post(fields, keepalive);
    } catch {
      return this.failed('Not saved yet; we will try again.');
    }
    const isJson = answer.headers.get('Content-Type')?.includes('json');
    if (answer.ok && isJson) return this.took(fields, await answer.json());
    if (answer.redirected || [401, 403].includes(answer.status)) {
      return this.failed('Not saved: you have been signed out. Sign in again in another tab, then come back here; what you typed stays.');
    }
    if ([400, 404, 409, 410, 422].includes(answer.status)) return this.refused(isJson ? (await answer.json()).message : '');
    return this.failed('Not saved yet; we will try again.');
  }

  post(fields, keepalive) {
    const { draftUrl, seen } = this.form.dataset;
    return fetch(draftUrl, {
      method: 'POST',
      keepalive,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': this.form.elements.csrf_token.value },
      body: JSON.stringify({ seen: Number(seen), fields }),
    });
  }

  took(fields, { version, theirs = {}, clashes = {} }) {
    this.failures = 0;
    for (const [name, values] of Object.entries(fields)) this.saved.set(name, values);
    for (const [name, change] of Object.entries(clashes)) {
      this.saved.set(name, change.values);
      this.undecided.add(name);
    }
    this.form.dataset.seen = version;
    this.form.elements.seen.value = version;
    this.changes.show({ ...theirs, ...clashes });
    this.say(`Saved at ${clockTime(Date.now())}`);
  }

  failed(words) {
    const pause = AGAIN[Math.min(this.failures, AGAIN.length - 1)];
    this.failures += 1;
    this.say(words, true);
    this.soon(pause * 1000);
  }

  refused(words) {
    this.stopped = true;
    this.say(words || 'This can no longer be saved here. Copy what you still need, then open the page again.', true);
  }

  say(words, isTrouble = false) {
    const place = this.form.querySelector('[data-saved]');
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle('app-saved--trouble', isTrouble);
  }

  /** The page is being left: the last words go with it. */
  leave() {
    if (this.submitting || this.stopped || this.sending) return;
    const fields = this.changed();
    if (!Object.keys(fields).length || isLarge(fields)) return;
    this.begin(fields, true);
  }

  mustWarn() {
    if (this.submitting) return false;
    if (this.undecided.size) return true;
    const fields = this.changed();
    return Object.keys(fields).length > 0 && (this.failures > 0 || this.stopped || this.sending !== null || isLarge(fields));
  }

  /** Sending the form waits for a decision, and for a save that is under way: both carry the same version. */
  letGo(event) {
    clearTimeout(this.timer);
    if (this.undecided.size) {
      event.preventDefault();
      this.changes.insist();
      return;
    }
    if (!this.sending) {
      this.submitting = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    const patience = new Promise((resolve) => setTimeout(resolve, 3000));
    Promise.race([this.sending, patience]).then(() => {
      this.sending = null;
      this.submitting = true;
      this.form.requestSubmit(submitter?.form ? submitter : undefined);
    });
  }
}

function same(one = [], other = []) {
  return one.length === other.length && one.every((value, index) => value.replace(/\r\n?/g, '\n') === other[index].replace(/\r\n?/g, '\n'));
}

function isLarge(fields) {
  return new Blob([JSON.stringify(fields)]).size > LARGEST_ON_LEAVING;
}
