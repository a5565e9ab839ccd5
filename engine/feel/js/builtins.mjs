// The functions that everybody has, by name. Each kind stands in a file of its own in builtins/.
import { contexts } from './builtins/contexts.mjs';
import { conversions } from './builtins/conversions.mjs';
import { lists } from './builtins/lists.mjs';
import { moments } from './builtins/moments.mjs';
import { numeric } from './builtins/numeric.mjs';
import { ranges } from './builtins/ranges.mjs';
import { strings } from './builtins/strings.mjs';

const all = [strings, lists, numeric, moments, ranges, contexts, conversions].flatMap(kind => [...kind]);
export const BUILTINS = new Map(all.map(builtin => [builtin.name, builtin]));
