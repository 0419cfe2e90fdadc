import { createReadStream } from 'node:fs';
import type { BodyStore, BodyWriter, BodyWriterEvents, StoredBody } from '../core/http/bodyStore.ts';
import { firstHeader, type HeaderList } from '../core/http/headerList.ts';
import { isEventStream, parseMediaType } from '../core/http/mediaType.ts';
import { keptContent } from '../core/http/keptContent.ts';
import type { RunResult } from '../core/run/run.ts';
import { savesResponse } from '../core/run/savedResponse.ts';
import type { Block } from '../core/syntax/ast.ts';
import { reasonOf } from '../core/text/reasonOf.ts';
import { BodySink, isDiskFull } from '../node/bodySink.ts';
import { createDiskFile } from '../node/diskFile.ts';
import type { Output } from './output.ts';
import { openSavedBodies } from './savedBodies.ts';

/** Where the body of the one request goes, as it comes: a file, or standard output. */
export interface BodyOutput {
  /** The request whose body it is; others that it needs are sent before. */
  readonly block: Block;
  readonly store: BodyStore;
  /** The file as it was named; absent: standard output. */
  readonly file: string | undefined;
  /** Writes what was too small to be streamed. False when not all of the body arrived where it should: that is said. */
  finish(result: RunResult): Promise<boolean>;
  /** Bytes of the body that are where they should be; `undefined` before it was finished. */
  written(): number | undefined;
}

/** Captures look into so much of a body: it stays in memory as well. */
const memoryLimit = 4 * 1024 * 1024;

export interface BodyOutputOptions extends Pick<BodyOutput, 'block' | 'file'> {
  readonly output: Output;
}

export function openBodyOutput({ block, file, output }: BodyOutputOptions): BodyOutput {
  const open = (events: BodyWriterEvents): BodyWriter =>
    file === undefined ? new PipeWriter(output, events) : fileWriter(file, events);
  // Standard output gives nothing back, and files of the request (`>>`) want the body as well.
  const saved = file === undefined && savesResponse(block) ? openSavedBodies(memoryLimit) : undefined;
  let written: number | undefined;
  return {
    block,
    file,
    written: () => written,
    // Whoever follows events wants each of them at once.
    store: saved ?? {
      memoryLimit: (headers) => (isEvents(headers) ? 0 : memoryLimit),
      open,
      ...(file !== undefined && { read: () => createReadStream(file) }),
    },
    async finish({ block: ran, exchange }) {
      const body = exchange?.hops.at(-1)?.response?.body;
      if (!body || ran !== block) return true;
      const stored = (saved ? undefined : body.stored) ?? (await writeAll(keptContent(body, saved).content(), open));
      written = stored.size;
      // What was lost on the way to the files of the request never came to standard output either.
      const trouble = stored.trouble ?? body.stored?.trouble;
      if (trouble === undefined) return true;
      // What a send stored is among its warnings already.
      if (!body.stored) output.error(`crumbtrail: ${trouble}\n`);
      return false;
    },
  };
}

function isEvents(headers: HeaderList): boolean {
  return isEventStream(parseMediaType(firstHeader(headers, 'content-type')));
}

async function writeAll(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  open: (events: BodyWriterEvents) => BodyWriter,
): Promise<StoredBody> {
  let isOver = false;
  let goOn = (): void => undefined;
  const end = (): void => {
    isOver = true;
    goOn();
  };
  const writer = open({ onDrain: () => goOn(), onTrouble: end });
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    if (isOver) break;
    if (chunk.length === 0) continue;
    const drained = new Promise<void>((resolve) => (goOn = resolve));
    if (!writer.write(chunk)) await drained;
  }
  return writer.end();
}

function fileWriter(file: string, events: BodyWriterEvents): BodyWriter {
  return new BodySink({
    id: file,
    open: () => createDiskFile(file, 0o666),
    events,
    words: (error, kept) => {
      const why = isDiskFull(error)
        ? 'the disk is full'
        : isTooLarge(error)
          ? 'no file may be larger here'
          : reasonOf(error);
      return `${file} has only the first ${kept} bytes of the body: ${why}. Choose another place for it.`;
    },
  });
}

/** A limit of the file system, or of `ulimit -f`. */
function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EFBIG';
}

/** Standard output, as fast as its reader takes it. A reader that went away (`| head`) has what he wanted: no trouble. */
class PipeWriter implements BodyWriter {
  readonly #output: Output;
  readonly #events: BodyWriterEvents;
  #size = 0;

  constructor(output: Output, events: BodyWriterEvents) {
    this.#output = output;
    this.#events = events;
  }

  write(chunk: Uint8Array): boolean {
    this.#size += chunk.length;
    return this.#output.bytes(chunk, this.#events.onDrain, this.#events.onTrouble);
  }

  async end(): Promise<StoredBody> {
    await this.#output.flush();
    return { id: '-', size: this.#size };
  }
}
