import { readdir, readFile } from 'node:fs/promises';
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
  const folders = foldersBetween(root, filePath);
  const wanted = (await Promise.all(folders.map(filesOf))).flat();
  const settings = { path: join(root, '.vscode', 'settings.json'), kind: 'settings' } as const;
  const read = await Promise.all([settings, ...wanted].map(readSource));
  return read.filter((source) => source !== undefined);
}

/** The same, merged: what a run needs. */
export async function readProfiles(root: string, filePath: string | undefined): Promise<EnvironmentProfiles> {
  return environmentProfiles(await readEnvironmentSources(root, filePath));
}

/** httpYac, JetBrains, Visual Studio (`.user`), and JetBrains' old spelling. */
const names: readonly (readonly [name: string, kind: EnvironmentSource['kind']])[] = [
  ['.env', 'dotenv'],
  ['.httpyac.json', 'httpyac'],
  ['rest-client.env.json', 'public'],
  ['http-client.env.json', 'public'],
  ['rest-client.private.env.json', 'private'],
  ['http-client.private.env.json', 'private'],
  ['http-client.env.json.user', 'user'],
  ['http-client.private.env.json.user', 'user'],
];

type Wanted = Omit<EnvironmentSource, 'text'>;

/** What a folder holds of them, and the folder `env` in it, where httpYac looks for `.env` files too. */
async function filesOf(folder: string): Promise<readonly Wanted[]> {
  const entries = await namesIn(folder);
  const inEnv = entries.includes('env') ? await namesIn(join(folder, 'env')) : [];
  const known = new Set(entries);
  return [
    ...inEnv.flatMap((name) => dotenvFile(join(folder, 'env'), name)),
    ...names.flatMap(([name, kind]) => (known.has(name) ? [{ path: join(folder, name), kind }] : [])),
    ...entries.flatMap((name) => (name === '.env' ? [] : dotenvFile(folder, name))),
  ];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.toSorted();
}

/** `.env.dev` and `dev.env` stand for the environment dev; a template that is there to be copied for none. */
function dotenvFile(folder: string, name: string): readonly Wanted[] {
  if (name === '.env') return [{ path: join(folder, name), kind: 'dotenv' }];
  const [, behind, before] = /^(?:\.env\.([\w-]+)|([\w-]+)\.env)$/.exec(name) ?? [];
  const profile = behind ?? before;
  if (profile === undefined || /^(?:example|sample|template|dist|defaults?)$/i.test(profile)) return [];
  return [{ path: join(folder, name), kind: 'dotenv', profile }];
}

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

async function readSource(wanted: Wanted): Promise<EnvironmentSource | undefined> {
  const text = await readFile(wanted.path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : { ...wanted, text };
}
