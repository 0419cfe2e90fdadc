import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bodyCipher } from './bodyCipher.ts';
import type { BodyPlace } from './bodyFolder.ts';

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

/** Writes a file that anybody may read who may read the folder. False when it was cancelled: then nothing stays behind. */
export async function writeChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  isCancelled: () => boolean = () => false,
): Promise<boolean> {
  let wasCancelled = false;
  async function* wanted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      wasCancelled = isCancelled();
      if (wasCancelled) return;
      yield chunk;
    }
  }
  await pipeline(Readable.from(wanted(), { objectMode: false }), createWriteStream(path));
  if (wasCancelled) await rm(path, { force: true });
  return !wasCancelled;
}
