import { removedSnapshot } from './removedSnapshot.ts';
import type { Session, SessionKey } from './session.ts';
import { emptySnapshot, type SessionSnapshot } from './snapshot.ts';
import { stampChanges } from './stampChanges.ts';
import type { LoadedSnapshot, SessionStore } from './store.ts';
import { reasonOf } from '../text/reasonOf.ts';

/** Something about a stored session that the user should read once. */
export interface SessionReport {
  readonly kind: 'entries-refused' | 'kept-aside' | 'newer' | 'not-loaded' | 'not-saved';
  readonly key: SessionKey;
  /** One or more sentences, with the next step. */
  readonly message: string;
}

export interface SavedSessionParts {
  readonly store: SessionStore;
  newSession(key: SessionKey, snapshot: SessionSnapshot | undefined): Session;
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back after so many milliseconds, unless the function it returns was called before. */
  later(callback: () => void, delayMs: number): () => void;
  onReport(report: SessionReport): void;
  /** Wait from a change to its write; longer only when a write takes longer than a tenth of it. `undefined` writes only when asked to. */
  readonly commitDelayMs: number | undefined;
}

/** Loads a session, or begins an empty one when there is none or it cannot be read. Never rejects: what is wrong is reported. */
export async function openSavedSession(key: SessionKey, parts: SavedSessionParts): Promise<SavedSession> {
  const loaded = await load(key, parts);
  return new SavedSession(parts.newSession(key, loaded?.snapshot), loaded, parts);
}

/** A live session and its file: knows what of it is written, writes changes in groups, and takes over what others wrote. */
export class SavedSession {
  readonly session: Session;
  readonly #parts: SavedSessionParts;
  readonly #stopListening: () => void;
  /** The file as last read or written. */
  #base: SessionSnapshot;
  #stamp: string | undefined;
  #savedRevision: number;
  #applying = false;
  #reported = false;
  #lastSaveMs = 0;
  #cancelCommit: (() => void) | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(session: Session, loaded: LoadedSnapshot | undefined, parts: SavedSessionParts) {
    this.session = session;
    this.#parts = parts;
    this.#base = loaded?.snapshot ?? emptySnapshot(session.key);
    this.#stamp = loaded?.stamp;
    this.#savedRevision = session.revision;
    this.#stopListening = session.onChange(() => this.#changed());
  }

  /** Takes over what another process wrote since; one look at the folder when nobody did. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      const stamp = await this.#parts.store.stamp(this.session.key).catch(() => this.#stamp);
      if (stamp === this.#stamp) return;
      if (stamp === undefined) return this.#takeRemoval();
      const loaded = await load(this.session.key, this.#parts);
      this.#stamp = loaded?.stamp ?? stamp;
      if (loaded?.snapshot) this.#takeOver(loaded.snapshot, this.session.revision);
    });
  }

  /** Writes what is not written yet. Resolves to a sentence when that failed; what is in memory stays and is tried again. */
  save(): Promise<string | undefined> {
    this.#cancel();
    return this.#inTurn(() => this.#saveNow());
  }

  /** Ends the writing of changes after what is under way; the session itself lives on. */
  async detach(): Promise<void> {
    this.#stopListening();
    this.#cancel();
    await this.#queue;
  }

  #changed(): void {
    const delayMs = this.#parts.commitDelayMs;
    if (this.#applying || this.#cancelCommit || delayMs === undefined) return;
    // Our choice: writing takes a tenth of the time at most, however large the session has grown.
    this.#cancelCommit = this.#parts.later(() => void this.save(), Math.max(delayMs, 9 * this.#lastSaveMs));
  }

  #cancel(): void {
    this.#cancelCommit?.();
    this.#cancelCommit = undefined;
  }

  async #saveNow(): Promise<string | undefined> {
    const { session } = this;
    const { revision } = session;
    if (revision === this.#savedRevision) return undefined;
    const begun = this.#parts.now();
    const mine = stampChanges(this.#base, session.snapshot(), begun);
    try {
      const seen = this.#stamp === undefined ? undefined : this.#base;
      const saved = await this.#parts.store.save(mine, seen);
      this.#lastSaveMs = this.#parts.now() - begun;
      this.#stamp = saved.stamp;
      this.#reported = false;
      this.#savedRevision = revision;
      if (saved.keptAside !== undefined) this.#report('kept-aside', saved.keptAside);
      this.#takeOver(saved.snapshot, revision);
      return undefined;
    } catch (error) {
      return this.#notSaved(error);
    }
  }

  #notSaved(error: unknown): string {
    const message = reasonOf(error);
    if (!this.#reported) this.#report('not-saved', message);
    this.#reported = true;
    return message;
  }

  /** Another process removed the session: what was saved goes here too, what is not saved yet stays. */
  #takeRemoval(): void {
    this.#stamp = undefined;
    this.#takeOver(removedSnapshot(this.#base), this.session.revision);
  }

  /** `revision`: the one whose content `theirs` holds. Changes made since then are still to be written. */
  #takeOver(theirs: SessionSnapshot, revision: number): void {
    const clean = this.session.revision === revision && this.#savedRevision === revision;
    this.#base = theirs;
    this.#applying = true;
    try {
      this.session.apply(theirs);
    } finally {
      this.#applying = false;
    }
    if (clean) this.#savedRevision = this.session.revision;
  }

  #report(kind: SessionReport['kind'], message: string): void {
    this.#parts.onReport({ kind, key: this.session.key, message });
  }

  // One at a time: a refresh between the reading and the writing of a save would be undone by it.
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

async function load(key: SessionKey, parts: SavedSessionParts): Promise<LoadedSnapshot | undefined> {
  const report = (kind: SessionReport['kind'], message: string): void => parts.onReport({ kind, key, message });
  try {
    const loaded = await parts.store.load(key);
    const { warnings, keptAside, failure } = loaded;
    if (warnings.length > 0) report('entries-refused', warnings.map(({ message }) => message).join('\n'));
    if (keptAside !== undefined) report('kept-aside', keptAside);
    if (failure) report('newer', `${failure.message} ${failure.hint}`);
    return loaded;
  } catch (error) {
    report('not-loaded', reasonOf(error));
    return undefined;
  }
}
