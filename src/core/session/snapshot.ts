import type { Cookie } from '../cookies/cookie.ts';
import type { RecordedResponse, SessionKey, SessionVariable } from './session.ts';
import type { SessionDefaults } from './settings.ts';

export const snapshotVersion = 1;

/** A session at rest: versioned plain JSON (invariant 7). Loading validates every entry; what is refused becomes a warning. */
export interface SessionSnapshot {
  readonly version: typeof snapshotVersion;
  readonly key: SessionKey;
  readonly cookies: readonly Cookie[];
  readonly variables: readonly SessionVariable[];
  readonly defaults: SessionDefaults;
  readonly recorded: readonly RecordedResponse[];
  /**
   * Deletions since the file was read, by item key and time, so that two processes on one store merge by item:
   * last writer wins per item, never per file (ARCHITECTURE 2a).
   */
  readonly deleted: readonly { readonly item: string; readonly at: number }[];
}
