// The type that an expression surely has, as far as it can be seen without evaluating it: for asking what a function gives.
const KINDS = {
  StringLiteral: 'string',
  NumericLiteral: 'number',
  BooleanLiteral: 'boolean',
  Comparison: 'boolean',
  Conjunction: 'boolean',
  Disjunction: 'boolean',
  InstanceOfExpression: 'boolean',
  QuantifiedExpression: 'boolean',
  Interval: 'range',
};

/** A type, or null where it cannot be told. `key` reads the name of a context's entry. */
export function resultType(node, key) {
  if (node.name === 'ParenthesizedExpression') return resultType(node.firstChild.nextSibling, key);
  if (node.name !== 'Context') return Object.hasOwn(KINDS, node.name) ? { kind: KINDS[node.name] } : null;
  const entries = node.getChildren('ContextEntry').map(entry => ({ name: key(entry.firstChild), type: resultType(entry.lastChild, key) }));
  return { kind: 'context', entries: entries.map(({ name, type }) => ({ name, type: type ?? { kind: 'Any' } })) };
}
