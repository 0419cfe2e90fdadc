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
  /** Epoch milliseconds of the last change of `defaults`, which merge as one item; absent: never changed. */
  readonly defaultsAt?: number;
  readonly recorded: readonly RecordedResponse[];
  /**
   * Deletions by item key (`snapshotItems.ts`) and time, so that two processes on one store merge by item:
   * last writer wins per item, never per file (ARCHITECTURE 2a).
   */
  readonly deleted: readonly { readonly item: string; readonly at: number }[];
}

/** What a session without a past holds. */
export function emptySnapshot(key: SessionKey): SessionSnapshot {
  return {
    version: snapshotVersion,
    key,
    cookies: [],
    variables: [],
    defaults: { headers: [], params: [] },
    recorded: [],
    deleted: [],
  };
}
