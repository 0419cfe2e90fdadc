import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './usageError.ts';

/** The names of a command line with each folder replaced by the request files below it, in the order of their paths. */
export async function requestFileNames(names: readonly string[]): Promise<readonly string[]> {
  const expanded = await Promise.all(names.map(async (name) => ((await isFolder(name)) ? filesBelow(name) : [name])));
  return expanded.flat();
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

/** What is not there is told by who reads it. */
async function isFolder(name: string): Promise<boolean> {
  return name !== '-' && (await stat(name).catch(() => undefined))?.isDirectory() === true;
}
