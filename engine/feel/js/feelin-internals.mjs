// feelin (pinned) keeps its interpreter to itself; this adds the few names we need to its exports while it is bundled.
import { readFile } from 'node:fs/promises';

const FILE = /[\\/]feelin[\\/]dist[\\/]index\.js$/;
const EXPORTS = '\nexport { Interpreter, InterpreterContext, builtins, getType, parser, toComparable, trackVariables };\n';

/** For esbuild, which builds the server's bundle. */
export const forEsbuild = {
  name: 'feelin-internals',
  setup(build) {
    build.onLoad({ filter: FILE }, async ({ path }) => ({ contents: (await readFile(path, 'utf8')) + EXPORTS, loader: 'js' }));
  },
};

/** For Vite, which builds the browser's. */
export const forVite = {
  name: 'feelin-internals',
  transform(code, id) {
    return FILE.test(id.split('?')[0]) ? { code: code + EXPORTS, map: null } : null;
  },
};
