// The models that one asking is about, its own and those it imports: what each needs to compile its FEEL.
import { namedTypes } from './itemtypes.mjs';
import { context } from './values.mjs';

/** What each home needs to compile its FEEL. A type of an imported model goes by the import's name: other.tPerson. */
export function optionsOf(homes) {
  const own = ({ key, shape, types }) => ({ key, declared: shape, types: namedTypes(types) });
  const made = context(Object.entries(homes).map(([name, home]) => [name, own(home)]));
  for (const [home, { imports, open }] of Object.entries(homes)) {
    const named = [...Object.entries(imports).map(([alias, other]) => [`${alias}.`, other]), ...open.map(other => ['', other])];
    for (const [before, other] of named) {
      for (const name of Object.keys(homes[other].types)) {
        if (Object.hasOwn(made[home].types, before + name)) continue;
        Object.defineProperty(made[home].types, before + name, { get: () => made[other].types[name] });
      }
    }
  }
  return made;
}
