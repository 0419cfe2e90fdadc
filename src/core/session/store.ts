import type { Warning } from '../http/failure.ts';
import type { SessionKey } from './session.ts';
import type { SessionSnapshot } from './snapshot.ts';

/** Where snapshots rest. Implementations write atomically and merge with what another process wrote meanwhile. */
export interface SessionStore {
  load(key: SessionKey): Promise<LoadedSnapshot>;
  /** Merges with the file as it is now and replaces it (temporary file, fsync, rename). Resolves when it is durable; returns what was written. */
  save(snapshot: SessionSnapshot): Promise<SessionSnapshot>;
  list(): Promise<readonly SessionKey[]>;
  remove(key: SessionKey): Promise<void>;
}

export interface LoadedSnapshot {
  readonly snapshot: SessionSnapshot | undefined;
  readonly warnings: readonly Warning[];
  /** In words, when a file was there and could not be used: it was kept aside, never overwritten. */
  readonly keptAside?: string;
}
