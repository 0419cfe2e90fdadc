import { createReadStream } from 'node:fs';
import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Files } from '../core/files.ts';
import { reasonOf } from '../core/text/reasonOf.ts';

/** The file port of a run on Node's file system. */
export function nodeFiles(): Files {
  return { read, size, stream, write, resolve: resolveReference, isInside };
}

async function read(path: string): Promise<Uint8Array | undefined> {
  return unlessMissing(path, () => readFile(path));
}

async function size(path: string): Promise<number | undefined> {
  const found = await unlessMissing(path, () => stat(path));
  return found?.isFile() === true ? found.size : undefined;
}

async function* stream(path: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw readable(path, error);
  }
}

async function write(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  { overwrite }: { readonly overwrite: boolean },
): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flag: overwrite ? 'w' : 'wx' });
    return true;
  } catch (error) {
    // A folder of that name stays, too.
    if (!overwrite && codeOf(error) === 'EEXIST' && (await size(path)) !== undefined) return false;
    throw failure(path, error, 'written');
  }
}

function resolveReference(base: string, reference: string): string {
  // Files written on Windows and used elsewhere name their folders with `\`; no sane name holds one.
  const path = sep === '/' ? reference.replaceAll('\\', '/') : reference;
  if (/^~[\\/]/.test(path)) return join(homedir(), path.slice(2));
  return isAbsolute(path) ? path : resolve(dirname(base), path);
}

async function isInside(path: string, root: string): Promise<boolean> {
  if (root === '') return false;
  const [real, realRoot] = await Promise.all([followed(path), followed(root)]);
  const below = relative(realRoot, real);
  return below === '' || (below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below));
}

/** Of a path that is not there yet, the folders that are. */
async function followed(path: string): Promise<string> {
  const parent = dirname(path);
  return realpath(path).catch(async () =>
    parent === path ? resolve(path) : join(await followed(parent), basename(path)),
  );
}

async function unlessMissing<T>(path: string, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw readable(path, error);
  }
}

function readable(path: string, error: unknown): Error {
  return failure(path, error, 'read');
}

function failure(path: string, error: unknown, done: 'read' | 'written'): Error {
  const verb = done === 'read' ? 'read' : 'write';
  const reasons: Readonly<Record<string, string>> = {
    EACCES: `you may not ${verb} it`,
    EPERM: `you may not ${verb} it`,
    EISDIR: 'it is a folder',
    EEXIST: 'something else is in its place',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk can only be read',
    ELOOP: 'its links lead in a circle',
    ENAMETOOLONG: 'its name is too long',
    ENOENT: 'it is not there any more',
  };
  const reason = reasons[codeOf(error) ?? ''] ?? reasonOf(error);
  return new Error(`"${path}" cannot be ${done}: ${reason}.`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
