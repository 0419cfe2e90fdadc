import { openSavedSession, type SavedSession, type SavedSessionParts } from './savedSession.ts';
import type { Session, SessionKey } from './session.ts';
import type { SessionSnapshot } from './snapshot.ts';
import { isSnapshotKey, snapshotKey, snapshotName } from './snapshotKey.ts';
import type { SessionStore } from './store.ts';

export interface SessionsParts extends Omit<SavedSessionParts, 'store' | 'commitDelayMs'> {
  /** The store of a workspace folder. */
  store(folder: string): SessionStore;
  /** Longest wait in milliseconds from a change to its write: 50 unless given; `undefined` writes at `flush` and `close` alone. */
  readonly commitDelayMs?: number | undefined;
  /** Whether cookies without an expiry outlive the process (SESSION 0a.4): they do unless this says no. Asked when a session is loaded. */
  keepsSessionCookies?(folder: string): boolean;
}

/** A session that could not be written, with the sentence that says why and what to do. */
export interface SaveTrouble {
  readonly key: SessionKey;
  readonly message: string;
}

/** All sessions of a process, each open at most once. */
export interface Sessions {
  /**
   * The session of `key`, loaded when first asked for. When it is open already, what another process wrote since is taken over:
   * call it before a send; a batch may hold on to what it got.
   */
  open(key: SessionKey): Promise<Session>;
  /** Those open now, for views that show without loading. */
  opened(): readonly Session[];
  /** Takes over what other processes wrote to the open sessions since; one look at the folder for each. */
  refresh(): Promise<void>;
  /** Stored and open sessions of a folder, by profile and name; named snapshots are none. */
  list(folder: string): Promise<readonly SessionKey[]>;
  /** Moves a session with its snapshots to another name; the old `Session` is closed. Throws when the name is taken. */
  rename(key: SessionKey, name: string): Promise<SessionKey>;
  /** Throws when the name is taken. */
  duplicate(key: SessionKey, name: string): Promise<SessionKey>;
  /** Closes a session and deletes its file and its snapshots. */
  remove(key: SessionKey): Promise<void>;
  /** Names of the snapshots of a session, in order. */
  snapshots(key: SessionKey): Promise<readonly string[]>;
  /** Keeps what a session holds now under a name; a snapshot of that name is replaced. */
  takeSnapshot(key: SessionKey, name: string): Promise<void>;
  loadSnapshot(key: SessionKey, name: string): Promise<SessionSnapshot | undefined>;
  removeSnapshot(key: SessionKey, name: string): Promise<void>;
  /** Writes every change made so far; resolves when it is durable. What could not be written is returned, and stays in memory. */
  flush(): Promise<readonly SaveTrouble[]>;
  /** Flushes and closes all; the sessions can be opened again. */
  close(): Promise<readonly SaveTrouble[]>;
}

export function createSessions(parts: SessionsParts): Sessions {
  return new Registry(parts);
}

const usualCommitDelayMs = 50;

class Registry implements Sessions {
  readonly #parts: SessionsParts;
  readonly #opening = new Map<string, Promise<SavedSession>>();
  readonly #open = new Map<string, SavedSession>();

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  async open(key: SessionKey): Promise<Session> {
    const id = idOf(key);
    const known = this.#open.get(id);
    if (known) await known.refresh();
    return (known ?? (await this.#load(id, key))).session;
  }

  opened(): readonly Session[] {
    return [...this.#open.values()].map(({ session }) => session);
  }

  async list(folder: string): Promise<readonly SessionKey[]> {
    const stored = await this.#parts.store(folder).list();
    const open = this.opened().map(({ key }) => key);
    // The store may be shared with a program that calls the folder by another name.
    const sessions = stored.filter((key) => !isSnapshotKey(key)).map((key) => ({ ...key, folder }));
    const keys = [...sessions, ...open.filter((key) => key.folder === folder)];
    return [...new Map(keys.map((key) => [idOf(key), key])).values()].toSorted(byProfileAndName);
  }

  async refresh(): Promise<void> {
    await Promise.all([...this.#open.values()].map((saved) => saved.refresh()));
  }

  async rename(key: SessionKey, name: string): Promise<SessionKey> {
    const renamed = await this.duplicate(key, name);
    const store = this.#parts.store(key.folder);
    for (const snapshot of await this.snapshots(key)) {
      const content = await this.loadSnapshot(key, snapshot);
      if (content) await store.save({ ...content, key: snapshotKey(renamed, snapshot) });
    }
    await this.remove(key);
    return renamed;
  }

  async snapshots(key: SessionKey): Promise<readonly string[]> {
    const stored = await this.#parts.store(key.folder).list();
    return stored.flatMap((each) => snapshotName(each, key) ?? []).toSorted((a, b) => a.localeCompare(b, 'en'));
  }

  async takeSnapshot(key: SessionKey, name: string): Promise<void> {
    const { session } = await this.#load(idOf(key), key);
    const store = this.#parts.store(key.folder);
    const target = snapshotKey(key, name);
    // A save merges with what is there: what the older one had would show through.
    await store.remove(target);
    await store.save({ ...session.snapshot(), key: target, deleted: [] });
  }

  async loadSnapshot(key: SessionKey, name: string): Promise<SessionSnapshot | undefined> {
    const { snapshot, failure, keptAside } = await this.#parts.store(key.folder).load(snapshotKey(key, name));
    if (failure) throw new Error(`${failure.message} ${failure.hint}`);
    if (keptAside !== undefined) throw new Error(keptAside);
    return snapshot;
  }

  removeSnapshot(key: SessionKey, name: string): Promise<void> {
    return this.#parts.store(key.folder).remove(snapshotKey(key, name));
  }

  async duplicate(key: SessionKey, name: string): Promise<SessionKey> {
    const copy = { ...key, name };
    if ((await this.list(key.folder)).some((other) => idOf(other) === idOf(copy))) {
      throw new Error(`There is a session ${name} already. Choose another name, or delete that one first.`);
    }
    const { session } = await this.#load(idOf(key), key);
    const snapshot: SessionSnapshot = { ...session.snapshot(), key: copy, deleted: [] };
    await this.#parts.store(key.folder).save(snapshot);
    return copy;
  }

  async remove(key: SessionKey): Promise<void> {
    const saved = this.#open.get(idOf(key));
    this.#open.delete(idOf(key));
    this.#opening.delete(idOf(key));
    await saved?.detach();
    await saved?.session.close();
    for (const name of await this.snapshots(key)) await this.removeSnapshot(key, name);
    await this.#parts.store(key.folder).remove(key);
  }

  async flush(): Promise<readonly SaveTrouble[]> {
    const results = await Promise.all(
      [...this.#open.values()].map(async (saved) => ({ key: saved.session.key, message: await saved.save() })),
    );
    return results.flatMap(({ key, message }) => (message === undefined ? [] : [{ key, message }]));
  }

  async close(): Promise<readonly SaveTrouble[]> {
    const open = [...this.#open.values()];
    const troubles = await this.flush();
    this.#open.clear();
    this.#opening.clear();
    await Promise.all(
      open.map(async (saved) => {
        await saved.detach();
        await saved.session.close();
      }),
    );
    return troubles;
  }

  #load(id: string, key: SessionKey): Promise<SavedSession> {
    const before = this.#opening.get(id);
    if (before) return before;
    const loading = openSavedSession(key, this.#savedParts(key.folder)).then((saved) => {
      // It may have been removed while it was being read.
      if (this.#opening.get(id) === loading) this.#open.set(id, saved);
      this.#dropSessionCookies(saved.session);
      return saved;
    });
    this.#opening.set(id, loading);
    return loading;
  }

  #dropSessionCookies(session: Session): void {
    if (this.#parts.keepsSessionCookies?.(session.key.folder) !== false) return;
    if (session.jar.clearSession().length > 0) session.touch();
  }

  #savedParts(folder: string): SavedSessionParts {
    const { commitDelayMs } = this.#parts;
    return {
      store: this.#parts.store(folder),
      newSession: (key, snapshot) => this.#parts.newSession(key, snapshot),
      now: () => this.#parts.now(),
      later: (callback, delayMs) => this.#parts.later(callback, delayMs),
      onReport: (report) => this.#parts.onReport(report),
      commitDelayMs: 'commitDelayMs' in this.#parts ? commitDelayMs : usualCommitDelayMs,
    };
  }
}

function idOf(key: SessionKey): string {
  return JSON.stringify([key.folder, key.profile, key.name]);
}

function byProfileAndName(a: SessionKey, b: SessionKey): number {
  return a.profile.localeCompare(b.profile, 'en') || a.name.localeCompare(b.name, 'en');
}
