// What a model's expressions read, what cannot be compiled, and what is read without being required; without evaluating anything.
import { compile } from './feel.mjs';
import { optionsOf } from './homes.mjs';

/**
 * Compiles everything once: the names that the decisions read; [where, text, problem] of each expression that does not compile; and
 * [id, name, kind] of what a part reads without requiring it.
 */
export function examine(model) {
  const made = optionsOf(model.homes);
  const names = new Set();
  const problems = [];
  const unrequired = [];
  for (const [id, part] of Object.entries({ ...model.decisions, ...model.functions })) {
    const reads = new Set();
    const use = (text, where, bound, unary = false) => {
      if (!text || (unary && text === '-')) return;
      try {
        const found = compile(text, { ...made[part.home], unary });
        found.wanted.forEach(name => names.add(name));
        found.reads.filter(name => !bound.has(name)).forEach(name => reads.add(name));
      } catch (error) {
        problems.push([where, text, error.message]);
      }
    };
    visit(part.logic, [id, part.name], use, new Set([part.name]));
    unrequired.push(...strangers(model, part, reads).map(([name, kind]) => [id, name, kind]));
  }
  return [[...names], problems, unrequired];
}

/** Of the names that a part reads, those of parts of the model that it does not require. A function knows no inputs, only parameters. */
function strangers(model, { home, requires, logic }, reads) {
  const known = new Set(requires.map(id => (model.decisions[id] ?? model.functions[id] ?? model.services[id])?.name));
  const of = (parts, kind) => Object.values(parts).map(part => [part, kind]);
  const parts = [...of(model.decisions, 'decision'), ...of(model.functions, 'function'), ...of(model.services, 'service')];
  if (logic?.kind === 'function') parts.push(...of(model.inputs, 'input'));
  const found = parts.filter(([part]) => part.home === home && reads.has(part.name) && !known.has(part.name));
  return found.map(([part, kind]) => [part.name, kind]);
}

const ONE_EACH = ['if', 'then', 'else', 'source'];

/** Every expression of some logic, each with the names that are bound where it stands. */
function visit(logic, where, use, bound) {
  if (!logic) return;
  const inside = (part, ...more) => visit(part, where, use, more.length ? new Set([...bound, ...more]) : bound);
  const { kind, entries = [], items = [], rows = [], bindings = [], parameters = [], variable } = logic;
  if (kind === 'literal') use(logic.text, where, bound);
  if (kind === 'invocation') use(logic.callee, where, bound);
  if (kind === 'table') visitTable(logic, where, (text, at, unary) => use(text, at, bound, unary));
  const before = [];
  for (const [name, part] of entries) {
    inside(part, ...before, ...(part?.kind === 'function' ? [name] : []));
    before.push(name);
  }
  bindings.forEach(([, part]) => inside(part));
  [...items, ...rows.flat()].forEach(part => inside(part));
  ONE_EACH.forEach(part => inside(logic[part]));
  inside(logic.body, ...parameters.map(([name]) => name), variable, 'partial');
  if (logic.test) visit(logic.test, where, (text, at, _, unary) => use(text, at, ANYTHING, unary), bound);
}

const ANYTHING = { has: () => true }; // inside a filter a name may be a field of the item

function visitTable(table, where, use) {
  table.inputs.forEach(({ text, values, title }) => {
    use(text, [...where, `input “${title}”`]);
    use(values, [...where, `the allowed values of input “${title}”`], true);
  });
  table.outputs.forEach((output, i) => {
    use(output.default, [...where, `the default of output ${i + 1}`]);
    output.values?.forEach(value => use(value, [...where, `the allowed values of output ${i + 1}`]));
  });
  table.rules.forEach((rule, r) => {
    rule.inputs.forEach((cell, i) => use(cell, [...where, `rule ${r + 1}, input “${table.inputs[i]?.title ?? i + 1}”`], true));
    rule.outputs.forEach((cell, i) => use(cell, [...where, `rule ${r + 1}, output ${i + 1}`]));
  });
}
