import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { mergeSnapshots } from '../core/session/mergeSnapshots.ts';
import { removedSnapshot } from '../core/session/removedSnapshot.ts';
import type { SessionKey } from '../core/session/session.ts';
import { emptySnapshot, type SessionSnapshot } from '../core/session/snapshot.ts';
import type { LoadedSnapshot, SavedSnapshot, SessionStore } from '../core/session/store.ts';
import { withFileLock } from './fileLock.ts';
import { replaceFile, temporaryEnding } from './replaceFile.ts';
import { sessionFile } from './sessionPath.ts';
import {
  readSessionBytes,
  sessionKeyOf,
  type SessionReading,
  type StoreKey,
  writeSessionBytes,
} from './sessionBytes.ts';
import { inWords } from './storeTrouble.ts';

export interface StoreOptions {
  /** Absolute; made with its parents when something is saved. */
  readonly directory: string;
  /** Encrypts what is written and opens what was written with it. */
  readonly key?: StoreKey;
  /** Epoch milliseconds; what has expired then is not written. */
  readonly now?: () => number;
}

/** Sessions as files that only the user can read: `<directory>/<profile>/<name>.json`. Several processes may use one directory. */
export function openStore(options: StoreOptions): SessionStore {
  if (options.key && options.key.secret.length !== 32) {
    throw new Error(
      `The key ${options.key.id} of the session store must be 32 bytes long; it has ${options.key.secret.length}.`,
    );
  }
  return new FileStore(options);
}

type Unreadable = Extract<SessionReading, { kind: 'unreadable' }>;

/** A file as last read or written: what need not be read again while the stamp is the same. */
interface Known {
  readonly stamp: string;
  readonly snapshot: SessionSnapshot;
}

class FileStore implements SessionStore {
  readonly #directory: string;
  readonly #key: StoreKey | undefined;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor({ directory, key, now }: StoreOptions) {
    this.#directory = directory;
    this.#key = key;
    this.#now = now ?? Date.now;
  }

  load(key: SessionKey): Promise<LoadedSnapshot> {
    return this.#guard('read', key, async (path) => {
      await removeLeftovers(dirname(path), this.#now());
      const { stamp, reading } = await this.#read(path, key);
      if (reading?.kind === 'unreadable') return withFileLock(`${path}.lock`, () => this.#setAside(path, key));
      return loaded(stamp, reading);
    });
  }

  save(snapshot: SessionSnapshot, seen?: SessionSnapshot): Promise<SavedSnapshot> {
    return this.#guard('save', snapshot.key, async (path) => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return withFileLock(`${path}.lock`, () => this.#saveLocked(path, snapshot, seen));
    });
  }

  stamp(key: SessionKey): Promise<string | undefined> {
    return this.#guard('read', key, stampOf);
  }

  async list(): Promise<readonly SessionKey[]> {
    try {
      const files = await sessionFiles(this.#directory);
      const keys = await Promise.all(files.map(async (path) => sessionKeyOf(await firstLine(path))));
      return keys.filter((key) => key !== undefined).toSorted(byProfileAndName);
    } catch (error) {
      throw inWords(error, 'list the sessions', this.#directory);
    }
  }

  remove(key: SessionKey): Promise<void> {
    return this.#guard('delete', key, async (path) => {
      this.#known.delete(path);
      if ((await stampOf(path)) === undefined) return;
      await withFileLock(`${path}.lock`, () => rm(path, { force: true }));
    });
  }

  /** Another process may have replaced or moved the file before the lock was ours, so it is read again. */
  async #setAside(path: string, key: SessionKey): Promise<LoadedSnapshot> {
    const { stamp, reading } = await this.#read(path, key);
    if (reading?.kind !== 'unreadable') return loaded(stamp, reading);
    return { ...loaded(undefined, undefined), keptAside: await keepAside(path, key, reading.why) };
  }

  async #saveLocked(path: string, mine: SessionSnapshot, seen: SessionSnapshot | undefined): Promise<SavedSnapshot> {
    const { reading } = await this.#read(path, mine.key);
    if (reading?.kind === 'newer') throw new Error(`${reading.failure.message} ${reading.failure.hint}`);
    const keptAside = reading?.kind === 'unreadable' ? await keepAside(path, mine.key, reading.why) : undefined;
    const none = reading === undefined && seen ? removedSnapshot(seen) : emptySnapshot(mine.key);
    const disk = reading?.kind === 'read' ? reading.snapshot : none;
    const snapshot = mergeSnapshots(disk, mine, this.#now());
    await replaceFile(path, writeSessionBytes(snapshot, this.#key));
    const stamp = await stampOf(path);
    if (stamp !== undefined) this.#known.set(path, { stamp, snapshot });
    return keptAside === undefined ? { snapshot, stamp } : { snapshot, stamp, keptAside };
  }

  async #read(
    path: string,
    key: SessionKey,
  ): Promise<{ stamp: string | undefined; reading: SessionReading | undefined }> {
    const stamp = await stampOf(path);
    if (stamp === undefined) return { stamp, reading: undefined };
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return { stamp, reading: { kind: 'read', snapshot: known.snapshot, warnings: [] } };
    const reading = readSessionBytes(await readFile(path), this.#key);
    if (reading.kind !== 'read') return { stamp, reading };
    // The file may have been written under the folder's other name (a path and its URI share a store).
    const snapshot = { ...reading.snapshot, key };
    this.#known.set(path, { stamp, snapshot });
    return { stamp, reading: { ...reading, snapshot } };
  }

  async #guard<T>(action: 'read' | 'save' | 'delete', key: SessionKey, work: (path: string) => Promise<T>): Promise<T> {
    try {
      return await work(sessionFile(this.#directory, key));
    } catch (error) {
      throw inWords(error, `${action} the session ${key.name}`, this.#directory);
    }
  }
}

function loaded(stamp: string | undefined, reading: Exclude<SessionReading, Unreadable> | undefined): LoadedSnapshot {
  const snapshot = reading?.kind === 'read' ? reading.snapshot : undefined;
  const warnings = reading?.kind === 'read' ? reading.warnings : [];
  return { snapshot, warnings, stamp, ...(reading?.kind === 'newer' ? { failure: reading.failure } : {}) };
}

function byProfileAndName(a: SessionKey, b: SessionKey): number {
  return a.profile.localeCompare(b.profile, 'en') || a.name.localeCompare(b.name, 'en');
}

/** Changes with every replacement of the file: `replaceFile` makes a new inode each time. */
async function stampOf(path: string): Promise<string | undefined> {
  const facts = await stat(path, { bigint: true }).catch(absent);
  return facts && `${facts.mtimeNs}-${facts.size}-${facts.ino}`;
}

async function keepAside(path: string, key: SessionKey, why: string): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = `${path}.kept-aside-${number}`;
    try {
      // The name is taken first, because a rename would replace a file kept aside before.
      await (await open(aside, 'wx', 0o600)).close();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue;
      throw error;
    }
    await rename(path, aside);
    return `The saved session ${key.name} ${why}. It was kept as ${basename(aside)} in ${dirname(path)}, and an empty session begins.`;
  }
}

async function sessionFiles(directory: string): Promise<string[]> {
  const profiles = (await readdir(directory, { withFileTypes: true }).catch(absent)) ?? [];
  const folders = profiles.filter((entry) => entry.isDirectory()).map((entry) => join(directory, entry.name));
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  return files.flat().filter((path) => path.endsWith('.json'));
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path, 'r').catch(absent);
  if (!file) return '';
  try {
    for await (const line of file.readLines({ encoding: 'utf8' })) return line;
    return '';
  } finally {
    await file.close();
  }
}

const leftoverAfterMs = 3_600_000;

// A process that died while writing leaves its temporary file, and there may be secrets in it.
async function removeLeftovers(folder: string, now: number): Promise<void> {
  const names = (await readdir(folder).catch(absent)) ?? [];
  for (const name of names.filter((each) => each.endsWith(temporaryEnding))) {
    const path = join(folder, name);
    const facts = await stat(path).catch(absent);
    if (facts && now - facts.mtimeMs > leftoverAfterMs) await rm(path, { force: true });
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
