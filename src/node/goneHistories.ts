import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { historyOwner } from './historyFolder.ts';
import type { StoreKey } from './sessionBytes.ts';

export interface GoneHistories {
  /** Holds the history of each workspace folder as a folder. */
  readonly base: string;
  readonly key: StoreKey;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether a workspace folder, by its URI, is certainly not there. */
  readonly isGone: (folder: string) => Promise<boolean>;
}

/** A folder that is not there may be on a disk that is not plugged in: nothing goes before nobody has sent from it for so long. */
export const goneAfterMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Deletes the histories of workspace folders that are gone, and says of which. One that does not tell whose it is (another key) stays, as
 * do sessions, which the user made.
 */
export async function removeGoneHistories({ base, key, now, isGone }: GoneHistories): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const name of await readdir(base).catch(() => [])) {
    const directory = join(base, name);
    const folder = await historyOwner(directory, key);
    if (folder === undefined || now - (await lastWrite(directory)) < goneAfterMs || !(await isGone(folder))) continue;
    await rm(directory, { recursive: true, force: true });
    removed.push(folder);
  }
  return removed;
}

/** A folder changes whenever a file in it comes or goes. */
async function lastWrite(directory: string): Promise<number> {
  return (await stat(directory)).mtimeMs;
}
