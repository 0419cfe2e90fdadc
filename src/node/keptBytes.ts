import type { BodyStore, BodyWriter } from '../core/http/bodyStore.ts';
import type { ResponseBody } from '../core/http/transport.ts';

export interface KeptBytesOptions {
  /** Bytes that are kept in memory. */
  readonly limit: number;
  /** Where all of them go when there are more; asked when that happens. */
  readonly store: () => BodyStore | undefined;
  readonly onDrain: () => void;
  readonly onTrouble: () => void;
}

/** Bytes of which the first `limit` stay in memory and all are counted; when there are more, all of them go to the store. */
export class KeptBytes {
  total = 0;
  private kept = 0;
  private chunks: Buffer[] = [];
  private readonly options: KeptBytesOptions;
  private writer: BodyWriter | undefined;
  /** Fewer bytes than came are in the chunks and none in a store: it is too late to begin one. */
  private isCut = false;

  constructor(options: KeptBytesOptions) {
    this.options = options;
  }

  get isStored(): boolean {
    return this.writer !== undefined;
  }

  /** False: wait for `onDrain`. */
  add(chunk: Buffer): boolean {
    this.total += chunk.length;
    if (this.total <= this.options.limit) {
      this.chunks.push(chunk);
      this.kept = this.total;
      return true;
    }
    return this.writer ? this.writer.write(chunk) : this.overflow(chunk);
  }

  async body(wireBytes: number): Promise<ResponseBody> {
    const stored = await this.writer?.end();
    return {
      wireBytes,
      decodedBytes: this.total,
      bytes: joined(this.chunks, this.kept),
      truncated: this.kept < this.total,
      ...(stored && { stored }),
    };
  }

  private overflow(chunk: Buffer): boolean {
    if (this.isCut) return true;
    const { store, limit, onDrain, onTrouble } = this.options;
    const chunks = [...this.chunks, chunk];
    // A copy: the chunks themselves become the store's.
    this.chunks = [Buffer.concat(chunks, limit)];
    this.kept = limit;
    this.writer = store()?.open({ onDrain, onTrouble });
    this.isCut = this.writer === undefined;
    let goesOn = true;
    for (const each of chunks) goesOn = this.writer?.write(each) ?? true;
    return goesOn;
  }
}

function joined(chunks: readonly Buffer[], length: number): Buffer {
  const [first] = chunks;
  return first && chunks.length === 1 && first.length === length ? first : Buffer.concat(chunks, length);
}
