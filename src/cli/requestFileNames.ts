import { glob, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './usageError.ts';

/**
 * The names of a command line with each folder replaced by the request files below it and each pattern that no shell expanded
 * like `api/*.http` by the files it matches, both in the order of their paths.
 */
export async function requestFileNames(names: readonly string[]): Promise<readonly string[]> {
  return (await Promise.all(names.map(namesOf))).flat();
}

async function namesOf(name: string): Promise<readonly string[]> {
  const status = name === '-' ? undefined : await stat(name).catch(() => undefined);
  if (status?.isDirectory()) return filesBelow(name);
  // A file may have such characters in its name: then it is meant.
  return !status && /[*?{[]/.test(name) ? filesMatching(name) : [name];
}

async function filesMatching(pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const name of glob(pattern, { exclude: (each) => each === 'node_modules' })) found.push(name);
  if (found.length > 0) return found.toSorted();
  throw new UsageError(`No file matches ${pattern}. Name another pattern, a folder, or a file.`);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const found = await walk(folder);
  if (found.length > 0) return found.toSorted();
  throw new UsageError(`There is no request file (.http or .rest) in ${folder}. Name another folder, or a file.`);
}

/** Folders that tools own hold copies of other people's files, which nobody means to send. */
async function walk(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const below = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : walk(path);
    return entry.isFile() && /\.(?:http|rest)$/.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(below)).flat();
}
