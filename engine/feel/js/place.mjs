// A place in a model, as people are told of it: The decision “Route”, rule 3, input “age”.
import { NEEDS } from './zones.mjs';

export class Place {
  /** `home`: the model that it is in, "" or the namespace of an imported one. */
  constructor(kind, title, home = '', detail = '') {
    Object.assign(this, { kind, title, home, detail });
  }

  in(part) {
    return new Place(this.kind, this.title, this.home, `${this.detail}, ${part}`);
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
