// Says what Camunda Modeler's own linters find in the files named after the folder with their packages: node lint.mjs FOLDER FILE…
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [folder, ...files] = process.argv.slice(2);
const { build } = createRequire(join(resolve(folder), 'package.json'))('esbuild');

// The linters are written for a bundler: Node by itself cannot import them.
const bundle = await build({
  stdin: { contents: "export { Linter } from '@camunda/linting'; export { FormLinter } from '@camunda/form-linting';", resolveDir: folder },
  bundle: true,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  write: false,
  logLevel: 'error',
});
const { Linter, FormLinter } = await import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].text).toString('base64')}`);
const linter = new Linter({ modeler: 'desktop', type: 'cloud' });

const formLinter = new FormLinter();

const found = {};
for (const file of files) {
  const text = await readFile(file, 'utf8');
  const reports = file.endsWith('.form') ? await formLinter.lint(JSON.parse(text)) : await linter.lint(text);
  found[file] = reports.map(({ id, category, message, rule }) => `${id ?? ''}: ${message} (${category ?? 'error'}, ${rule ?? 'form'})`);
}
console.log(JSON.stringify(found));
