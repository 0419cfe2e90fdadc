import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** Sizes of what is built, and of the package when there is one. */
export function sizeFigures(root: string): readonly Figure[] {
  return [
    sizeOf('dist/extension.cjs', join(root, 'dist', 'extension.cjs'), 150_000),
    sizeOf('dist/engine.cjs', join(root, 'dist', 'engine.cjs'), undefined),
    sizeOf('dist/cli.cjs', join(root, 'dist', 'cli.cjs'), undefined),
    sizeOf('dist/commands.cjs', join(root, 'dist', 'commands.cjs'), undefined),
    sizeOf('dist/webview.js', join(root, 'dist', 'webview.js'), undefined),
    sizeOf('the .vsix', newestPackage(root), 1_500_000),
  ];
}

function sizeOf(name: string, path: string | undefined, target: number | undefined): Figure {
  const base = { name, unit: 'bytes', ...(target !== undefined && { target }) } as const;
  const size = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.size;
  return size === undefined
    ? { ...base, trouble: `not there: run "npm run ${name.endsWith('vsix') ? 'package' : 'build'}"` }
    : { ...base, value: size };
}

function newestPackage(root: string): string | undefined {
  return readdirSync(root)
    .filter((name) => name.endsWith('.vsix'))
    .map((name) => join(root, name))
    .toSorted((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs)[0];
}
