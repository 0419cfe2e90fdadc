import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reasonOf } from '../core/text/reasonOf.ts';
import { bodyCipher } from './bodyCipher.ts';
import type { BodyPlace } from './bodyFolder.ts';
import { isDiskFull } from './bodySink.ts';

const chunkBytes = 512 * 1024;

/** The bytes of a stored body from its beginning to its end. Throws the system's error. */
export async function* readBody({ path, key }: BodyPlace): AsyncGenerator<Uint8Array> {
  const cipher = bodyCipher(key);
  let at = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    yield cipher.at(at, chunk);
    at += chunk.length;
  }
}

/**
 * Writes an ordinary file, in a folder that is made when it is missing. False when it was cancelled: then, as after an error,
 * nothing of it stays behind. Throws a sentence for people.
 */
export async function writeChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  { isCancelled = () => false, mode = 0o666 }: { isCancelled?: () => boolean; mode?: number } = {},
): Promise<boolean> {
  let wasCancelled = false;
  async function* wanted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      wasCancelled = isCancelled();
      if (wasCancelled) return;
      yield chunk;
    }
  }
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(Readable.from(wanted(), { objectMode: false }), createWriteStream(path, { mode }));
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw new Error(notWritten(path, error), { cause: error });
  }
  if (wasCancelled) await rm(path, { force: true });
  return !wasCancelled;
}

function notWritten(path: string, error: unknown): string {
  if (isDiskFull(error)) return `"${path}" was not written: the disk is full. Make room, or choose another place.`;
  const reason = reasonOf(error);
  return `"${path}" was not written: ${reason}. Choose another place.`;
}
