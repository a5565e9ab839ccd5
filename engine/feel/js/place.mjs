// A place in a model, as people are told of it: The decision “Route”, rule 3, input “age”.
import { NEEDS } from './zones.mjs';

export class Place {
  constructor(kind, title, detail = '') {
    Object.assign(this, { kind, title, detail });
  }

  in(part) {
    return new Place(this.kind, this.title, `${this.detail}, ${part}`);
  }

  toString() {
    return `The ${this.kind} “${this.title}”${this.detail}`;
  }
}

/** An error with the place that it happened in. What ends an evaluation, as a lack of memory does, goes on as it is. */
export class Misplaced extends Error {}

export function placed(error, where) {
  const known = error instanceof Misplaced || !(error instanceof Error) || error.name === 'InternalError';
  return known || error.message.startsWith(NEEDS) ? error : new Misplaced(`${where}: ${error.message}`);
}
