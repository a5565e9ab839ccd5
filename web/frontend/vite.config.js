// Builds the site's scripts and styles into web/static/build, with a manifest.json that the templates read.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: '/static/build/',
  publicDir: false,
  // The FEEL evaluator lives with the engine, outside this folder; its one library is found here.
  resolve: { alias: { 'lezer-feel': here('node_modules/lezer-feel') } },
  build: {
    outDir: '../static/build',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['src/main.js', 'src/form.js', 'src/viewer.js', 'src/main.scss'] },
  },
  css: {
    // GOV.UK Frontend still carries a hack for Internet Explorer that the minifier would refuse.
    lightningcss: { errorRecovery: true },
    preprocessorOptions: { scss: { loadPaths: ['node_modules'], quietDeps: true } },
  },
});
