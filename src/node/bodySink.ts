import type { BodyWriter, BodyWriterEvents, StoredBody } from '../core/http/bodyStore.ts';
import type { BodyCipher } from './bodyCipher.ts';
import type { DiskFile } from './diskFile.ts';
import { letGo } from './letGo.ts';

export interface BodySinkOptions {
  readonly id: string;
  readonly open: () => DiskFile;
  /** Absent: as it comes. */
  readonly cipher?: BodyCipher;
  /** So many bytes are written together, and fewer at the end; absent: what has come, at once. Each write wakes a thread, which may take the processor from who reads. */
  readonly batchBytes?: number;
  readonly events: BodyWriterEvents;
  /** Called when the disk is full; true when there is more room now. */
  readonly makeRoom?: () => Promise<boolean>;
  /** The sentence for an error, after so many bytes were kept. */
  readonly words: (error: unknown, keptBytes: number) => string;
}

/** Our choice: so many bytes may wait for the disk before the sender has to. */
const mayWait = 2 * 1024 * 1024;
/** Our choice: to encrypt more at once, such as all that was in memory before, would hold up who else needs this thread. */
const mostAtOnce = 1024 * 1024;

/** Writes a body to a file while it comes, in as few and large pieces as the disk is slow. What was written before an error stays. */
export class BodySink implements BodyWriter {
  readonly #options: BodySinkOptions;
  readonly #encrypt: ((bytes: Uint8Array) => Buffer) | undefined;
  #file: DiskFile | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #size = 0;
  #writing: Promise<void> | undefined;
  #mustDrain = false;
  #isEnding = false;
  #trouble: string | undefined;

  constructor(options: BodySinkOptions) {
    this.#options = options;
    this.#encrypt = options.cipher?.start();
    try {
      this.#file = options.open();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Bytes that are in the file. */
  get size(): number {
    return this.#size;
  }

  write(chunk: Uint8Array): boolean {
    if (this.#trouble !== undefined) return true;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#isWorthWriting) this.#writing ??= this.#drain();
    this.#mustDrain ||= this.#waitingBytes > mayWait;
    return !this.#mustDrain;
  }

  async end(): Promise<StoredBody> {
    this.#isEnding = true;
    await (this.#writing ??= this.#drain());
    this.#file?.close();
    this.#file = undefined;
    const trouble = this.#trouble;
    return { id: this.#options.id, size: this.#size, ...(trouble !== undefined && { trouble }) };
  }

  get #isWorthWriting(): boolean {
    const { batchBytes = 0 } = this.#options;
    return this.#waiting.length > 0 && (this.#isEnding || this.#waitingBytes >= batchBytes);
  }

  async #drain(): Promise<void> {
    // What comes in the same turn goes with it.
    await Promise.resolve();
    while (this.#isWorthWriting && this.#trouble === undefined) {
      const chunks = this.#taken();
      const written = this.#encrypted(chunks);
      await this.#append(written).catch((error: unknown) => this.#fail(error));
      if (written !== chunks) for (const chunk of written) letGo(chunk);
      if (this.#mustDrain && this.#waitingBytes <= mayWait && this.#trouble === undefined) {
        this.#mustDrain = false;
        this.#options.events.onDrain();
      }
    }
    this.#writing = undefined;
  }

  #taken(): readonly Uint8Array[] {
    let count = 0;
    let bytes = 0;
    while (count < this.#waiting.length && bytes < mostAtOnce) bytes += this.#waiting[count++]?.length ?? 0;
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  async #append(chunks: readonly Uint8Array[]): Promise<void> {
    let left = chunks;
    while (left.length > 0) {
      try {
        const count = (await this.#file?.write(left, this.#size)) ?? 0;
        this.#size += count;
        left = withoutFirst(left, count);
      } catch (error) {
        if (!isDiskFull(error) || (await this.#options.makeRoom?.()) !== true) throw error;
      }
    }
  }

  #encrypted(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
    const encrypt = this.#encrypt;
    if (!encrypt) return chunks;
    return chunks.map((chunk) => {
      const encrypted = encrypt(chunk);
      letGo(chunk);
      return encrypted;
    });
  }

  #fail(error: unknown): void {
    this.#trouble = this.#options.words(error, this.#size);
    this.#waiting = [];
    this.#waitingBytes = 0;
    // Who opened the sink does not hold it yet.
    queueMicrotask(() => this.#options.events.onTrouble());
  }
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function withoutFirst(chunks: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let left = count;
  for (const [index, chunk] of chunks.entries()) {
    if (left < chunk.length) return [chunk.subarray(left), ...chunks.slice(index + 1)];
    left -= chunk.length;
  }
  return [];
}
