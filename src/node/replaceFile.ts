import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Ending of the files that `replaceFile` leaves behind when the process dies. */
export const temporaryEnding = '.tmp';

/**
 * Replaces the content of `path` at once and for good: whoever reads it sees the old content or the new one, also after a power cut.
 * With `isDurable` false a power cut may leave nothing or half of it, for readers who notice that: the disk is not waited for.
 * Only the user can read it. The folder must exist.
 */
export async function replaceFile(path: string, content: Uint8Array, isDurable = true): Promise<void> {
  const temporary = `${path}.${randomUUID()}${temporaryEnding}`;
  try {
    await write(temporary, content, isDurable);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (isDurable) await syncFolder(dirname(path));
}

async function write(path: string, content: Uint8Array, isDurable: boolean): Promise<void> {
  // Exclusive creation: a name that somebody guessed and laid there is an error, not a place to write to.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    if (isDurable) await file.sync();
  } finally {
    await file.close();
  }
}

// Windows cannot open folders and some file systems cannot sync them; the rename is done all the same.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  try {
    await folder?.sync().catch(() => undefined);
  } finally {
    await folder?.close();
  }
}
