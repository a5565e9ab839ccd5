// What FEEL made nothing of, in sentences, since they were last taken. They name variables and functions, never values, which may be
// about a person.
const MOST = 100;
let said = [];

export function warn(sentence) {
  if (said.length < MOST) said.push(sentence);
  return null;
}

export function takeWarnings() {
  const taken = said;
  said = [];
  return taken;
}
