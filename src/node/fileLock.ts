import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** A holder works for milliseconds; one that is older has died or sleeps, and its lock is broken. */
const staleAfterMs = 10_000;
const giveUpAfterMs = 15_000;

/**
 * Runs `work` while no other process, and nobody else in this one, holds `path`, a file made only for this.
 * A lock whose process is gone or that is too old is broken. Throws when the lock stays taken.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const owner = `${process.pid} ${hostname()} ${randomUUID()}`;
  await take(path, owner);
  try {
    return await work();
  } finally {
    await release(path, owner);
  }
}

async function take(path: string, owner: string): Promise<void> {
  const deadline = Date.now() + giveUpAfterMs;
  while (!(await tryTake(path, owner))) {
    const held = await staleOwner(path);
    if (held !== undefined) await breakLock(path, held);
    else if (Date.now() > deadline) throw new Error(`Another program holds ${path}. Close it, or delete that file.`);
    // Waiters draw lots, so that none of them is always late.
    else await sleep(1 + Math.random() * 10);
  }
}

async function tryTake(path: string, owner: string): Promise<boolean> {
  try {
    await writeFile(path, owner, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** The text of a lock that nobody works under any more, or `undefined`. */
async function staleOwner(path: string): Promise<string | undefined> {
  try {
    const [owner, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)];
    return isGone(owner) || Date.now() - mtimeMs > staleAfterMs ? owner : undefined;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isGone(owner: string): boolean {
  const [pid, host] = owner.split(' ');
  // Process numbers mean nothing on another machine or in another container.
  if (host !== hostname() || !Number(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isCode(error, 'ESRCH');
  }
}

// Two may break one lock: the later would take away the fresh lock of the earlier, so it looks at what it got and puts that back.
async function breakLock(path: string, judged: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== judged) await link(aside, path);
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function release(path: string, owner: string): Promise<void> {
  // A lock that was broken meanwhile belongs to somebody else.
  const held = await readFile(path, 'utf8').catch(() => '');
  if (held === owner) await rm(path, { force: true });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
