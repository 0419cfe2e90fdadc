import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './replaceFile.ts';
import { seal, unseal } from './seal.ts';
import type { StoreKey } from './sessionBytes.ts';

/** A folder of encrypted texts by name, the newest of which are kept. */
export interface SealedFolder {
  write(name: string, text: string): Promise<void>;
  /** `undefined` when there is none, or when it was sealed with another key. */
  read(name: string): Promise<string | undefined>;
  /** Deletes all but the `count` written last. */
  keepNewest(count: number): Promise<void>;
  /** What is there, by name, with its size on disk in bytes. */
  list(): Promise<readonly SealedText[]>;
  remove(name: string): Promise<void>;
}

export interface SealedText {
  readonly name: string;
  readonly bytes: number;
}

const ending = '.sealed';

/** `directory` is made when something is written. Names are file names: letters, digits, `-` and `_`. */
export function openSealedFolder(directory: string, key: StoreKey): SealedFolder {
  const fileOf = (name: string): string => join(directory, `${name.replace(/[^\w-]/g, '_')}${ending}`);
  return {
    async write(name, text) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // What a power cut leaves half written fails its tag and is read as nothing: not worth four waits for the disk at every send.
      await replaceFile(fileOf(name), seal(text, name, key.secret), false);
    },
    async read(name) {
      const sealed = await readFile(fileOf(name)).catch(() => undefined);
      return sealed === undefined ? undefined : unseal(sealed, name, key.secret);
    },
    keepNewest: (count) => keepNewest(directory, count),
    async list() {
      const files = await filesIn(directory);
      return files.map(({ name, bytes }) => ({ name: name.slice(0, -ending.length), bytes }));
    },
    remove: (name) => rm(fileOf(name), { force: true }),
  };
}

async function keepNewest(directory: string, count: number): Promise<void> {
  const old = (await filesIn(directory)).toSorted((a, b) => b.at - a.at).slice(count);
  await Promise.all(old.map(({ name }) => rm(join(directory, name), { force: true })));
}

interface SealedFile {
  readonly name: string;
  readonly bytes: number;
  /** Epoch milliseconds of the last change. */
  readonly at: number;
}

async function filesIn(directory: string): Promise<readonly SealedFile[]> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith(ending));
  const files = await Promise.all(
    names.map(async (name): Promise<SealedFile[]> => {
      // Another window may have deleted it meanwhile.
      const found = await stat(join(directory, name)).catch(() => undefined);
      return found ? [{ name, bytes: found.size, at: found.mtimeMs }] : [];
    }),
  );
  return files.flat();
}
