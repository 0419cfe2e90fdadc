import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Ending of the files that `replaceFile` leaves behind when the process dies. */
export const temporaryEnding = '.tmp';

/**
 * Replaces the content of `path` at once and for good: whoever reads it sees the old content or the new one, also after a power cut.
 * Only the user can read it. The folder must exist.
 */
export async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}${temporaryEnding}`;
  try {
    await writeDurably(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  // Exclusive creation: a name that somebody guessed and laid there is an error, not a place to write to.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
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
