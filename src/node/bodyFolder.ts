import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { reasonOf } from '../core/text/reasonOf.ts';
import type { BodyStore, StoredBody } from '../core/http/bodyStore.ts';
import { bodyCipher, bodyKey } from './bodyCipher.ts';
import { BodySink, isDiskFull } from './bodySink.ts';
import { createDiskFile, type DiskFile } from './diskFile.ts';
import { readBody } from './readBody.ts';

export interface BodyFolderOptions {
  readonly directory: string;
  /** 32 bytes; the keys of the files are made of it. */
  readonly secret: Uint8Array;
  /** Epoch milliseconds. */
  now(): number;
  /** Older files are deleted; our choice: a day. */
  readonly maxAgeMs?: number;
  /** When all files together are larger, the oldest go first; our choice: 4 GB. */
  readonly maxBytes?: number;
  /** Decoded bytes up to which a body stays in memory; our choice: what the code viewer takes. */
  readonly memoryLimit?: number;
  readonly createFile?: (path: string) => DiskFile;
}

/** A stored body as a reader opens it. */
export interface BodyPlace {
  readonly path: string;
  readonly key: Uint8Array;
}

/** A folder of encrypted bodies that are too large for memory. Windows share it. */
export interface BodyFolder extends Required<BodyStore> {
  place(id: string): BodyPlace;
  /** Where a readable copy may lie under a name that says what it is; it is deleted with the body. */
  copyPath(id: string, name: string): string;
  /** Size in bytes, or `undefined` when the body was cleaned away. A body that is looked at counts as new. */
  find(id: string): Promise<number | undefined>;
  /** Deletes what is too old or too much. */
  clean(): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;
/** Our choice: a hundred writes for 100 MB, and little that waits. */
const batchBytes = 1024 * 1024;
const ending = '.body';
/** A folder with a copy that an editor has open. */
const copyEnding = '.open';

/** The folder is made with the first body. */
export function openBodyFolder(options: BodyFolderOptions): BodyFolder {
  return new EncryptedFolder(options);
}

class EncryptedFolder implements BodyFolder {
  readonly #options: Required<BodyFolderOptions>;

  constructor(options: BodyFolderOptions) {
    this.#options = {
      maxAgeMs: day,
      maxBytes: 4e9,
      memoryLimit: 4 * 1024 * 1024,
      createFile: createDiskFile,
      ...options,
      now: () => options.now(),
    };
  }

  memoryLimit(headers: Parameters<BodyStore['memoryLimit']>[0]): number {
    return Math.max(this.#options.memoryLimit, pictureLimit(headers));
  }

  open(events: Parameters<BodyStore['open']>[0]): BodySink {
    const id = randomUUID();
    const { path, key } = this.place(id);
    const { directory, createFile } = this.#options;
    void this.clean();
    return new BodySink({
      id,
      open: () => {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        return createFile(path);
      },
      cipher: bodyCipher(key),
      batchBytes,
      events,
      makeRoom: () => this.#makeRoom(path),
      words: (error, kept) => troubleWords(error, kept, directory),
    });
  }

  read({ id }: StoredBody): AsyncIterable<Uint8Array> {
    return readBody(this.place(id));
  }

  place(id: string): BodyPlace {
    const name = id.replace(/[^\w.-]/g, '_');
    return { path: join(this.#options.directory, name + ending), key: bodyKey(this.#options.secret, name) };
  }

  copyPath(id: string, name: string): string {
    return join(this.#options.directory, basename(id) + copyEnding, basename(name));
  }

  async find(id: string): Promise<number | undefined> {
    const { path } = this.place(id);
    const size = (await stat(path).catch(() => undefined))?.size;
    const now = new Date(this.#options.now());
    if (size !== undefined) await utimes(path, now, now).catch(() => undefined);
    return size;
  }

  async clean(): Promise<void> {
    const { maxAgeMs, maxBytes, now } = this.#options;
    let total = 0;
    const old = (await this.#newestFirst()).filter(({ at, size }, index) => {
      total += size;
      // The newest may be on its way.
      return at < now() - maxAgeMs || (index > 0 && total > maxBytes);
    });
    await Promise.all(old.map(({ path }) => rm(path, { force: true }).catch(() => undefined)));
    await this.#cleanCopies();
  }

  /** A copy for an editor goes with its body. */
  async #cleanCopies(): Promise<void> {
    const names = new Set(await this.#names());
    const alone = [...names].filter((name) => {
      return name.endsWith(copyEnding) && !names.has(name.replace(copyEnding, ending));
    });
    const { directory } = this.#options;
    await Promise.all(alone.map((name) => rm(join(directory, name), { recursive: true }).catch(() => undefined)));
  }

  #names(): Promise<readonly string[]> {
    return readdir(this.#options.directory).catch(() => []);
  }

  /** Gives up the oldest of the others. A file that somebody has open stays readable for him. */
  async #makeRoom(needed: string): Promise<boolean> {
    const oldest = (await this.#newestFirst()).findLast(({ path }) => path !== needed);
    if (!oldest) return false;
    return rm(oldest.path).then(
      () => true,
      () => false,
    );
  }

  async #newestFirst(): Promise<{ path: string; at: number; size: number }[]> {
    const { directory } = this.#options;
    const names = (await this.#names()).filter((name) => name.endsWith(ending));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(directory, name);
        // Another window may have deleted it meanwhile.
        const found = await stat(path).catch(() => undefined);
        return { path, at: found?.mtimeMs ?? 0, size: found?.size ?? 0 };
      }),
    );
    return files.toSorted((a, b) => b.at - a.at);
  }
}

/** A picture is drawn as a whole or not at all. */
function pictureLimit(headers: Parameters<BodyStore['memoryLimit']>[0]): number {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /^\s*image\/(?!svg)/i.test(type) ? 8 * 1024 * 1024 : 0;
}

function troubleWords(error: unknown, kept: number, directory: string): string {
  const what = `the first ${kept} bytes of the body were kept`;
  if (isDiskFull(error)) {
    return `The disk with ${directory} is full: ${what}, and the rest was not read. Make room there and send the request again.`;
  }
  const reason = reasonOf(error);
  return `The body cannot be written to ${directory} (${reason}): ${what}, and the rest was not read. Check the folder and send the request again.`;
}
