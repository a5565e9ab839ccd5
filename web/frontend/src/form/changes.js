// What somebody else changed in the same form: taken over where this person has not touched the field, else shown beside it.
import { enter, entriesOf } from './structure.js';
import { addRow, takeAway } from './rows.js';
import { clockTime, draw } from './words.js';

/**
 * Shows changes of others. `mine(name)` says whether this person changed the control too; `kept(name)` hears that theirs was let
 * go, `taken(name, values)` that it was entered here.
 */
export class Changes {
  constructor(form, { mine, kept, taken }) {
    Object.assign(this, { form, mine, kept, taken });
  }

  /** Takes in what the server tells of others. */
  show(theirs) {
    for (const [name, change] of Object.entries(theirs)) this.makeRoom(name, change);
    for (const [name, change] of Object.entries(theirs)) {
      if (this.mine(name)) this.ask(name, change);
      else this.take(name, change);
    }
  }

  /** Leads to the first change that waits for a decision. */
  insist() {
    this.form.querySelector('.app-change button')?.focus();
  }

  /** A row that somebody else added is added here too. */
  makeRoom(name, change) {
    for (const list of this.form.querySelectorAll('[data-list]')) {
      const number = name.startsWith(`${list.dataset.list}-`) ? name.slice(list.dataset.list.length + 1) : '';
      const isThere = entriesOf(this.form).has(name);
      if (!/^\d+$/.test(number) || isThere || !change.values.some(Boolean)) continue;
      const row = addRow(list, number);
      if (!row) continue;
      for (const [inside, values] of entriesOf(this.form)) if (inside.startsWith(name)) this.taken(inside, values);
      this.notice(row, change, 'added this');
    }
  }

  take(name, change) {
    const row = this.form.querySelector(`[data-row="${name}"]`);
    if (row) return change.values.some(Boolean) ? undefined : this.askAboutRow(name, row, change);
    if (!entriesOf(this.form).has(name)) return undefined;
    enter(this.form, name, change.values);
    this.taken(name, change.values);
    return this.notice(this.pieceOf(name), change, 'changed this');
  }

  askAboutRow(name, row, change) {
    this.question(row, name, change, 'took this away', '', 'Take it away here too', () => {
      takeAway(row);
      this.taken(name, ['']);
    });
  }

  ask(name, change) {
    const piece = this.pieceOf(name);
    if (!piece) return;
    this.question(piece, name, change, 'changed this too', said(piece, name, change.values), 'Use theirs', () => {
      enter(this.form, name, change.values);
      this.taken(name, change.values);
    });
  }

  question(place, name, change, did, words, offer, accept) {
    const close = (then) => () => {
      notice.remove();
      then();
      place.querySelector('input:not([type=hidden]), select, textarea')?.focus();
    };
    const button = (text, then) => {
      const one = draw('button', { type: 'button', class: 'govuk-button govuk-button--secondary app-button--small' }, text);
      one.addEventListener('click', close(then));
      return one;
    };
    const notice = this.notice(place, change, did);
    if (words) notice.append(draw('p', { class: 'govuk-body app-change__words' }, words));
    const choice = draw('div', { class: 'govuk-button-group govuk-!-margin-bottom-0' });
    choice.append(button('Keep mine', () => this.kept(name)), button(offer, accept));
    notice.append(choice);
  }

  notice(place, change, did) {
    place.querySelectorAll(':scope > .app-change').forEach((old) => old.remove());
    const words = `${change.by || 'Somebody else'} ${did} at ${clockTime(change.at)}.`;
    const notice = draw('div', { class: 'govuk-inset-text app-change', role: 'status' }, draw('p', { class: 'govuk-body' }, words));
    place.append(notice);
    return notice;
  }

  pieceOf(name) {
    const control = [...this.form.elements].find((one) => one.name === name);
    return control?.closest('.app-piece') ?? null;
  }
}

/** An entry as people read it: the words of the options, or what was typed. */
function said(piece, name, values) {
  const labels = values.filter(Boolean).map((value) => {
    const option = [...piece.querySelectorAll('input, option')].find((one) => one.value === value && (one.name === name || one.tagName === 'OPTION'));
    return option?.labels?.[0]?.textContent.trim() ?? option?.textContent.trim() ?? value;
  });
  return labels.join(', ') || '(empty)';
}
