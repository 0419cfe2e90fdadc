import type { Failure, Warning } from '../http/failure.ts';
import type { SessionKey } from './session.ts';
import type { SessionSnapshot } from './snapshot.ts';

/** Where snapshots rest. Implementations write atomically and merge with what another process wrote meanwhile. */
export interface SessionStore {
  load(key: SessionKey): Promise<LoadedSnapshot>;
  /**
   * Merges with the file as it is now and replaces it (temporary file, fsync, rename). Resolves when it is durable.
   * `seen` is the file as the caller last read or wrote it: when the file is gone, somebody removed the session, and only what
   * was changed since is written. Throws an Error with a sentence for the user when it cannot write, or when the file is of a newer version.
   */
  save(snapshot: SessionSnapshot, seen?: SessionSnapshot): Promise<SavedSnapshot>;
  /** Changes when the file changes; `undefined` when there is none. Costs one look at the folder, not a read. */
  stamp(key: SessionKey): Promise<string | undefined>;
  list(): Promise<readonly SessionKey[]>;
  remove(key: SessionKey): Promise<void>;
}

export interface LoadedSnapshot {
  readonly snapshot: SessionSnapshot | undefined;
  readonly warnings: readonly Warning[];
  /** In words, when a file was there and could not be used: it was kept aside, never overwritten. */
  readonly keptAside?: string;
  /** `snapshot-newer`: the file stays as it is, and saving under this key throws. */
  readonly failure?: Failure;
  readonly stamp: string | undefined;
}

export interface SavedSnapshot {
  /** What the file holds now: ours and what another process had written. */
  readonly snapshot: SessionSnapshot;
  readonly stamp: string | undefined;
  readonly keptAside?: string;
}
