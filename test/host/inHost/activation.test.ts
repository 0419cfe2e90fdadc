import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Bundled tests stand in `.vscode-test/in-host`. */
const root = join(__dirname, '..', '..');

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  const extension = vscode.extensions.getExtension('crumbtrail.crumbtrail');

  it('has not happened before anything asked for it', () => {
    assert.ok(extension, 'the extension is installed');
    assert.equal(extension.isActive, false);
  });

  it('succeeds, and leaves what it cost for the bench', async () => {
    assert.ok(extension);
    const before = process.memoryUsage();
    const started = performance.now();
    await extension.activate();
    const activationMs = performance.now() - started;
    const after = process.memoryUsage();
    assert.equal(extension.isActive, true);
    const cost = {
      vscode: vscode.version,
      node: process.version,
      activationMs,
      rssBytes: after.rss - before.rss,
      heapUsedBytes: after.heapUsed - before.heapUsed,
    };
    writeFileSync(join(__dirname, 'activation.json'), JSON.stringify(cost, undefined, 2));
  });

  it('registers every command that package.json contributes', async () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });
});
