// How a built-in function is declared: "input: string, flags?: string" names its parameters. A ? may be left out, a ~ may be null,
// and ...list is a list or, as well, its items one after the other.
import { converted } from '../types.mjs';
import { FeelFunction } from '../values.mjs';
import { warn } from '../warnings.mjs';

class Form {
  constructor(signature, body) {
    this.body = body;
    this.parameters = signature ? signature.split(', ').map(readParameter) : [];
    this.variadic = this.parameters.at(-1)?.variadic ?? false;
    this.names = new Set(this.parameters.map(({ name }) => name));
  }

  /** The arguments as the body takes them; null if these are not for it. */
  fit(values) {
    if (values.length > this.parameters.length && !this.variadic) return null;
    const fitted = [];
    for (let i = 0; i < this.parameters.length; i++) {
      const parameter = this.parameters[i];
      const value = parameter.variadic ? this.rest(values, i) : values[i];
      if (value === undefined && parameter.optional) fitted.push(undefined);
      else {
        const good = value === undefined ? undefined : parameter.fit(value);
        if (good === undefined) return null;
        fitted.push(good);
      }
    }
    return fitted;
  }

  rest(values, from) {
    if (values.length <= from) return undefined;
    const only = values.length === from + 1 ? values[from] : undefined;
    return Array.isArray(only) && this.parameters[from].spreads ? only : values.slice(from);
  }

  fitNamed(values) {
    if (!Object.keys(values).every(name => this.names.has(name))) return null;
    const list = this.parameters.map(({ name, variadic }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return variadic && value !== undefined && !Array.isArray(value) ? [value] : value;
    });
    const last = list.findLastIndex(value => value !== undefined);
    if (!this.variadic) return this.fit(list.slice(0, last + 1));
    return this.fit([...list.slice(0, -1), ...(list.at(-1) === undefined ? [] : this.spread(list.at(-1)))]);
  }

  spread(list) {
    return this.parameters.at(-1).spreads ? [list] : list;
  }
}

function readParameter(text) {
  const [, dots, name, mark, type] = /^(\.{3})?([^?~]+?)(\?~|\?|~)?: (.+)$/.exec(text);
  const kind = { kind: type };
  const fit = value => {
    if (value === null || value === undefined) return mark?.includes('~') || type === 'any' ? null : undefined;
    return type === 'any' ? value : converted(value, type === 'list' ? { kind: 'list', of: { kind: 'Any' } } : kind);
  };
  // "...list: list" takes items or one list of them; "...lists: any" takes each argument by itself.
  return { name, optional: Boolean(mark?.includes('?')), variadic: Boolean(dots), spreads: dots && type === 'list', fit };
}

class Builtin extends FeelFunction {
  constructor(name, forms) {
    super(null, forms[0].parameters.map(parameter => parameter.name));
    this.name = name;
    this.forms = forms;
  }

  call(values) {
    return this.use(form => form.fit(values));
  }

  named(values) {
    return this.use(form => form.fitNamed(values));
  }

  use(fit) {
    for (const form of this.forms) {
      const values = fit(form);
      if (values) return form.body(...values) ?? warn(`'${this.name}' has no result for these values`);
    }
    return warn(`'${this.name}' cannot work with these values`);
  }
}

/** A function by its name, its parameters and its body; [parameters, body] again for each other way to call it. */
export const define = (name, signature, body, ...more) =>
  new Builtin(name, [new Form(signature, body), ...more.map(form => new Form(...form))]);
