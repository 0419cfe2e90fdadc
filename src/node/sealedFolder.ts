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
}

const ending = '.sealed';

/** `directory` is made when something is written. Names are file names: letters, digits, `-` and `_`. */
export function openSealedFolder(directory: string, key: StoreKey): SealedFolder {
  const fileOf = (name: string): string => join(directory, `${name.replace(/[^\w-]/g, '_')}${ending}`);
  return {
    async write(name, text) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await replaceFile(fileOf(name), seal(text, name, key.secret));
    },
    async read(name) {
      const sealed = await readFile(fileOf(name)).catch(() => undefined);
      return sealed === undefined ? undefined : unseal(sealed, name, key.secret);
    },
    keepNewest: (count) => keepNewest(directory, count),
  };
}

async function keepNewest(directory: string, count: number): Promise<void> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith(ending));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      // Another window may have deleted it meanwhile.
      return { path, at: (await stat(path).catch(() => undefined))?.mtimeMs ?? 0 };
    }),
  );
  const old = files.toSorted((a, b) => b.at - a.at).slice(count);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}
