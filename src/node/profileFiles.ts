import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { environmentProfiles } from '../core/run/environmentProfiles.ts';
import type { EnvironmentProfiles, EnvironmentSource } from '../core/variables/profile.ts';

/**
 * Environment files between `root` and the folder of `filePath`, outermost first (C22), together with the two settings of
 * `.vscode/settings.json` that hold environments. Files that are not there, or cannot be read, are left out.
 * Of a file outside `root` only its own folder counts.
 */
export async function readEnvironmentSources(
  root: string,
  filePath: string | undefined,
): Promise<readonly EnvironmentSource[]> {
  const wanted = foldersBetween(root, filePath).flatMap((folder) =>
    names.map(([name, kind]) => ({ path: join(folder, name), kind })),
  );
  const settings = { path: join(root, '.vscode', 'settings.json'), kind: 'settings' } as const;
  const read = await Promise.all([settings, ...wanted].map(({ path, kind }) => readSource(path, kind)));
  return read.filter((source) => source !== undefined);
}

/** The same, merged: what a run needs. */
export async function readProfiles(root: string, filePath: string | undefined): Promise<EnvironmentProfiles> {
  return environmentProfiles(await readEnvironmentSources(root, filePath));
}

/** JetBrains, Visual Studio (`.user`), and JetBrains' old spelling. */
const names: readonly (readonly [name: string, kind: EnvironmentSource['kind']])[] = [
  ['.env', 'dotenv'],
  ['rest-client.env.json', 'public'],
  ['http-client.env.json', 'public'],
  ['rest-client.private.env.json', 'private'],
  ['http-client.private.env.json', 'private'],
  ['http-client.env.json.user', 'user'],
  ['http-client.private.env.json.user', 'user'],
];

function foldersBetween(root: string, filePath: string | undefined): readonly string[] {
  const top = resolve(root);
  if (filePath === undefined) return [top];
  const below = relative(top, dirname(resolve(filePath)));
  if (below === '') return [top];
  // A relative path that climbs, or is absolute on another drive, leads out of the root.
  if (below.startsWith('..') || resolve(below) === below) return [dirname(resolve(filePath))];
  const steps = below.split(sep);
  return [top, ...steps.map((_, index) => join(top, ...steps.slice(0, index + 1)))];
}

async function readSource(path: string, kind: EnvironmentSource['kind']): Promise<EnvironmentSource | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : { path, kind, text };
}
