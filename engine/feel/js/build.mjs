// Builds the server's FEEL: node build.mjs FOLDER, where FOLDER holds the package.json whose node_modules have lezer-feel and esbuild.
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const frontend = resolve(process.argv[2] ?? join(here, '../../../web/frontend'));
const { build } = createRequire(join(frontend, 'package.json'))('esbuild');

await build({
  entryPoints: [join(here, 'server.mjs')],
  outfile: join(here, '../build/feel.js'),
  nodePaths: [join(frontend, 'node_modules')],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
});
