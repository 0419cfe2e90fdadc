import type { SessionSnapshot } from './snapshot.ts';

/** An item that is in the session now, and when it ends by itself. */
export interface LiveItem {
  readonly item: string;
  readonly expires?: number | undefined;
}

/**
 * Remembers what was deleted, by comparing what is there with what was there. It works however an item went (a server's
 * expiry in the past, the panel, an undo), so nobody has to report a deletion.
 */
export class Tombstones {
  readonly #deletedAt = new Map<string, number>();
  #known = new Map<string, number | undefined>();

  /** Takes over deletions that a file tells of; the later time stands. */
  adopt(deleted: SessionSnapshot['deleted']): void {
    for (const { item, at } of deleted) this.#deletedAt.set(item, Math.max(at, this.#deletedAt.get(item) ?? 0));
  }

  /** What is gone since the last call is deleted now; what merely expired is not: another process may have renewed it. */
  observe(live: readonly LiveItem[], now: number): void {
    const present = new Map(live.map(({ item, expires }) => [item, expires]));
    for (const [item, expires] of this.#known) {
      if (!present.has(item) && (expires ?? Infinity) > now) this.#deletedAt.set(item, now);
    }
    for (const item of present.keys()) this.#deletedAt.delete(item);
    this.#known = present;
  }

  /** Epoch milliseconds, or `undefined` for what was not deleted. */
  deletedAt(item: string): number | undefined {
    return this.#deletedAt.get(item);
  }

  list(): SessionSnapshot['deleted'] {
    return [...this.#deletedAt].map(([item, at]) => ({ item, at }));
  }
}
