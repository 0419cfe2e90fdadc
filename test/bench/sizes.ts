import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** Sizes of what is built, and of the package when there is one. */
export function sizeFigures(root: string): readonly Figure[] {
  return [
    sizeOf('dist/extension.cjs', join(root, 'dist', 'extension.cjs'), 150_000),
    sizeOf('dist/engine.cjs', join(root, 'dist', 'engine.cjs'), undefined),
    sizeOf('dist/cli.cjs', join(root, 'dist', 'cli.cjs'), undefined),
    sizeOf('dist/commands.cjs', join(root, 'dist', 'commands.cjs'), undefined),
    sizeOf('dist/webview.js', join(root, 'dist', 'webview.js'), 120_000),
    viewerSize(join(root, 'dist')),
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

/** The viewer with the chunks that it imports outright: what is loaded before it shows a text. */
function viewerSize(dist: string): Figure {
  const name = 'the viewer with its chunks';
  const entry = join(dist, 'viewer.js');
  if (!existsSync(entry)) return { name, unit: 'bytes', target: 350_000, trouble: 'not there: run "npm run build"' };
  const text = readFileSync(entry, 'utf8');
  const chunks = Array.from(
    text.matchAll(/\bfrom"\.\/([\w-]+\.js)"|\bimport"\.\/([\w-]+\.js)"/g),
    (found) => found[1] ?? found[2] ?? '',
  );
  const size = [...new Set(chunks)].reduce(
    (sum, chunk) => sum + statSync(join(dist, chunk)).size,
    statSync(entry).size,
  );
  return { name, unit: 'bytes', target: 350_000, value: size };
}

function newestPackage(root: string): string | undefined {
  return readdirSync(root)
    .filter((name) => name.endsWith('.vsix'))
    .map((name) => join(root, name))
    .toSorted((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs)[0];
}
