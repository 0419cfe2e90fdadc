import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

/** Bundled tests stand in `.vscode-test/in-host`. */
const root = join(__dirname, '..', '..');

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

interface Bundle {
  activate(context: vscode.ExtensionContext): unknown;
}

/** After a full collection: what the start of the extension host left lying about would be counted as ours. */
function memoryInUse(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage();
}

type Load = (this: unknown, request: string, ...rest: unknown[]) => unknown;

/**
 * Times what is ours: loading the bundle and its `activate`. What VS Code itself does around them, such as asking its other process for the extension's
 * place, costs every extension the same. The function that comes back ends the watch.
 */
function watchActivation(): () => { readonly activationMs: number } {
  const module = Module as unknown as { _load: Load };
  const load = module._load;
  let activationMs = 0;
  const timed = <T>(work: () => T): T => {
    const started = performance.now();
    try {
      return work();
    } finally {
      activationMs += performance.now() - started;
    }
  };
  module._load = function (request, ...rest) {
    if (!request.endsWith('extension.cjs')) return load.call(this, request, ...rest);
    const bundle = timed(() => load.call(this, request, ...rest)) as Bundle;
    return { ...bundle, activate: (context: vscode.ExtensionContext) => timed(() => bundle.activate(context)) };
  };
  return () => {
    module._load = load;
    return { activationMs };
  };
}

describe('activation', () => {
  const extension = vscode.extensions.getExtension('crumbtrail.crumbtrail');

  it('has not happened before anything asked for it', () => {
    assert.ok(extension, 'the extension is installed');
    assert.equal(extension.isActive, false);
  });

  it('succeeds, and leaves what it cost for the bench', async () => {
    assert.ok(extension);
    const ours = watchActivation();
    const before = memoryInUse();
    await extension.activate();
    const after = memoryInUse();
    const { activationMs } = ours();
    assert.ok(activationMs > 0, 'the bundle was loaded and activated');
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
