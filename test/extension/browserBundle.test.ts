import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { importsBelow } from '../support/importGraph.ts';

const root = join(import.meta.dirname, '..', '..');

/** What `entry` reaches at run time, packages and `node:` modules among it. */
function reachedFrom(entry: string): ReadonlySet<string> {
  const imports = importsBelow('src').filter(({ typeOnly }) => !typeOnly);
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { file: importer, target } of imports) if (importer === file) reached.add(target);
  }
  return reached;
}

test('the bundle for VS Code for the Web needs nothing that a browser does not have', () => {
  const reached = [...reachedFrom('src/extension/browser.ts')];
  assert.ok(reached.includes('src/core/features/hover.ts'));
  assert.deepEqual(
    reached.filter(
      (name) => name.startsWith('node:') || /^src\/(?:node|present|demo|cli)\//.test(name) || name === 'undici',
    ),
    [],
  );
});

test('no bundle copies the API of VS Code for each file that imports it', () => {
  for (const name of ['extension', 'language', 'sessions', 'viewMessages', 'browser']) {
    const code = readFileSync(join(root, 'dist', `${name}.cjs`), 'utf8');
    assert.ok(code.includes('require("vscode")'), name);
    assert.ok(!/\w\(require\("vscode"\)/.test(code), name);
  }
});
