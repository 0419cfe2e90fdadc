/* Builds every bundle of ARCHITECTURE.md "Bundles" into dist/. `--watch` rebuilds on change, `--metafile` writes dist/meta.json. */
import { build, context } from 'esbuild';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const watch = process.argv.includes('--watch');

const node = {
  bundle: true,
  minify: true,
  platform: 'node',
  // jsonc-parser's CommonJS build requires its parts in a way that no bundler can follow; its module build has none of it.
  mainFields: ['module', 'main'],
  format: 'cjs',
  target: 'node22.19',
  // The other bundles are loaded at run time by their name in dist/.
  external: [
    'vscode',
    './engine.cjs',
    './demo.cjs',
    './query.cjs',
    './present.cjs',
    './language.cjs',
    './viewMessages.cjs',
    './sessions.cjs',
    './commands.cjs',
  ],
  // Leaves undici's experimental second parser out (162 KB); the size test in test/ watches that it keeps working.
  define: { esbuildDetection: 'true' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [withoutCopies('vscode')],
};
const browser = {
  bundle: true,
  minify: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

const bundles = [
  { ...node, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.cjs' },
  { ...node, entryPoints: ['src/node/engine.ts'], outfile: 'dist/engine.cjs' },
  { ...node, entryPoints: ['src/extension/language/languageFeatures.ts'], outfile: 'dist/language.cjs' },
  { ...node, entryPoints: ['src/extension/panels/viewMessages.ts'], outfile: 'dist/viewMessages.cjs' },
  { ...node, entryPoints: ['src/extension/sessions/sessionFeatures.ts'], outfile: 'dist/sessions.cjs' },
  { ...node, entryPoints: ['src/present/present.ts'], outfile: 'dist/present.cjs' },
  { ...node, entryPoints: ['src/demo/server.ts'], outfile: 'dist/demo.cjs' },
  { ...node, entryPoints: ['src/node/query.ts'], outfile: 'dist/query.cjs' },
  {
    ...node,
    entryPoints: ['src/node/bodyWorker.ts'],
    outfile: 'dist/bodyWorker.cjs',
    plugins: [besideIt('./query.ts', './query.cjs')],
  },
  { ...node, entryPoints: ['src/node/large/largeWorker.ts'], outfile: 'dist/largeWorker.cjs' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.cjs', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['src/cli/commands.ts'], outfile: 'dist/commands.cjs' },
  // VS Code for the Web loads its extensions as CommonJS too.
  {
    ...node,
    platform: 'browser',
    external: ['vscode'],
    entryPoints: ['src/extension/browser.ts'],
    outfile: 'dist/browser.cjs',
  },
  { ...browser, entryPoints: ['src/webview/main.tsx'], outfile: 'dist/webview.js' },
  // Modules, so that what few bodies need is a chunk of its own and shares the rest.
  {
    ...browser,
    format: 'esm',
    splitting: true,
    entryPoints: ['src/webview/viewer.ts', 'src/webview/csv.ts'],
    outdir: 'dist',
    chunkNames: 'viewer-[name]-[hash]',
  },
  { ...browser, format: 'esm', entryPoints: ['src/webview/largeViewer.ts'], outfile: 'dist/largeViewer.js' },
];

if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  rmSync('dist', { recursive: true, force: true });
  const results = await Promise.all(bundles.map((bundle) => build(bundle)));
  const shipped = packagesIn(results.flatMap((result) => Object.keys(result.metafile.inputs)));
  writeFileSync('dist/ThirdPartyNotices.txt', shipped.map(notice).join('\n'));
  writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(billOfMaterials(shipped), undefined, 2)}\n`);
  if (process.argv.includes('--metafile')) {
    writeFileSync('dist/meta.json', JSON.stringify(results.map((result) => result.metafile)));
  }
}

/** An import of a source that is a bundle of its own, loaded from beside this one. */
function besideIt(source, bundle) {
  return {
    name: 'beside-it',
    setup: ({ onResolve }) =>
      onResolve({ filter: new RegExp(`^${source.replaceAll('.', '\\.')}$`) }, () => ({ path: bundle, external: true })),
  };
}

/**
 * esbuild gives every file that imports a CommonJS module whole a copy of it. Of VS Code's API, with hundreds of members, thirty-five copies were half
 * of the activation; its members are the same without.
 */
function withoutCopies(module) {
  const copy = new RegExp(String.raw`[\w$]+\(require\("${module}"\),1\)`, 'g');
  return {
    name: 'without-copies',
    setup: ({ onEnd, initialOptions: { outfile } }) =>
      onEnd(({ errors }) => {
        if (errors.length > 0) return;
        writeFileSync(outfile, readFileSync(outfile, 'utf8').replaceAll(copy, `require("${module}")`));
      }),
  };
}

/** The packages of which something is in a bundle, in the order of their names. */
function packagesIn(inputs) {
  const name = (path) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  return [...new Set(inputs.map(name).filter(Boolean))].toSorted((a, b) => a.localeCompare(b, 'en')).map(packageOf);
}

function packageOf(name) {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return { name, version, license, text: file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim() };
}

/** Most licences ask to be named where their code goes. */
function notice({ name, version, license, text }) {
  return `${name} ${version} (${license})\n\n${text}\n\n${'-'.repeat(80)}\n`;
}

/** What is shipped and nothing else, as CycloneDX 1.6. `npm sbom` would list what only builds and tests, too. */
function billOfMaterials(shipped) {
  const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': name, name, version, licenses: [{ expression: license }] },
    },
    components: shipped.map((each) => ({
      type: 'library',
      'bom-ref': purl(each),
      name: each.name,
      version: each.version,
      licenses: [{ expression: each.license }],
      purl: purl(each),
    })),
  };
}

/** As the package-url specification writes npm's scopes. */
function purl({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
