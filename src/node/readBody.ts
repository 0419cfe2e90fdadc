import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf } from '../core/text/reasonOf.ts';
import { bodyCipher } from './bodyCipher.ts';
import type { BodyPlace } from './bodyFolder.ts';
import { isDiskFull } from './bodySink.ts';
import { letGo } from './letGo.ts';

const chunkBytes = 512 * 1024;

/** The bytes of a stored body from its beginning to its end. Each piece is the taker's. Throws the system's error. */
export async function* readBody({ path, key }: BodyPlace): AsyncGenerator<Uint8Array> {
  const decrypted = bodyCipher(key).start();
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes);
      if (bytesRead === 0) return;
      yield decrypted(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

export interface WriteOptions {
  readonly isCancelled?: () => boolean;
  readonly mode?: number;
}

/**
 * Writes an ordinary file, in a folder that is made when it is missing. The pieces are used up. False when it was cancelled: then,
 * as after an error, nothing of it stays behind. Throws a sentence for people.
 */
export async function writeChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  { isCancelled = () => false, mode = 0o666 }: WriteOptions = {},
): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    file = await open(path, 'w', mode);
    const isWhole = await written(file, chunks, isCancelled);
    if (!isWhole) await removed(path, file);
    await file.close();
    return isWhole;
  } catch (error) {
    if (file) await removed(path, file).catch(() => undefined);
    throw new Error(notWritten(path, error), { cause: error });
  } finally {
    await file?.close().catch(() => undefined);
  }
}

/** What is no file (a device) was not made here. */
async function removed(path: string, file: FileHandle): Promise<void> {
  if ((await file.stat()).isFile()) await rm(path, { force: true });
}

async function written(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  isCancelled: () => boolean,
): Promise<boolean> {
  for await (const chunk of chunks) {
    if (isCancelled()) return false;
    for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
    letGo(chunk);
  }
  return true;
}

function notWritten(path: string, error: unknown): string {
  if (isDiskFull(error)) return `"${path}" was not written: the disk is full. Make room, or choose another place.`;
  const reason = reasonOf(error);
  return `"${path}" was not written: ${reason}. Choose another place.`;
}
