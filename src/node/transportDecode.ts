import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { BodyStore } from '../core/http/bodyStore.ts';
import { headerValues, type HeaderList } from '../core/http/headerList.ts';
import type { ResponseBody } from '../core/http/transport.ts';
import { KeptBytes } from './keptBytes.ts';

/** Codings of a response in the order they were applied, `identity` left out (RFC 9110 8.4). */
export function contentCodings(headers: HeaderList): string[] {
  const values = headerValues(headers, 'content-encoding');
  if (values.length === 0) return values;
  return values
    .flatMap((value) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

export interface BodyDecoderOptions {
  readonly codings: readonly string[];
  readonly bodyLimit: number;
  readonly maxDecodedBytes: number | undefined;
  /** Takes the body when it has more than `bodyLimit` bytes. */
  readonly store: BodyStore | undefined;
  /** May be written again, after `write` returned false. */
  readonly onDrain: () => void;
  /** Bytes of content as they come out. */
  readonly onContent?: (bytes: Buffer) => void;
  /** More than `maxDecodedBytes` came out; nothing more is decoded. */
  readonly onLimit: () => void;
  /** The store takes nothing more. */
  readonly onStoreTrouble: () => void;
}

export interface DecodedBody {
  readonly body: ResponseBody;
  /** Why the bytes are not what Content-Encoding says; absent when they are. */
  readonly decodeTrouble: string | undefined;
  /** True when the bytes are shown as they came, false when they are decoded as far as that was possible. */
  readonly isRaw: boolean;
  /** More than `maxDecodedBytes` came out. */
  readonly isOverLimit: boolean;
}

/** Takes the body of one response as it comes and undoes its codings on the way, in bounded memory. */
export class BodyDecoder {
  wireBytes = 0;
  private readonly options: BodyDecoderOptions;
  /** Last applied first. */
  private readonly codings: readonly string[];
  private readonly raw: KeptBytes;
  private readonly decoded: KeptBytes;
  /** Opened by their first byte: an empty body has no coding to undo. */
  private readonly stages: Transform[] = [];
  private readonly produced: number[] = [];
  private trouble: string | undefined;
  private limited = false;
  private finished: (() => void) | undefined;

  constructor(options: BodyDecoderOptions) {
    this.options = options;
    this.codings = options.codings.toReversed();
    const unknown = this.codings.find((coding) => !known.has(coding));
    if (unknown !== undefined) this.trouble = `the coding "${unknown}" is not known`;
    const { bodyLimit: limit, onStoreTrouble: onTrouble } = options;
    const isPlain = this.codings.length === 0;
    this.raw = new KeptBytes({
      limit,
      // What is decoded is not stored twice: as it came it is kept only when decoding fails.
      store: () => (isPlain || this.isRaw ? options.store : undefined),
      onDrain: options.onDrain,
      onTrouble,
    });
    const onDrain = (): void => void this.stages.at(-1)?.resume();
    this.decoded = isPlain ? this.raw : new KeptBytes({ limit, store: () => options.store, onDrain, onTrouble });
  }

  /** False: wait for `onDrain`. */
  write(chunk: Buffer): boolean {
    this.wireBytes += chunk.length;
    if (this.codings.length === 0) this.options.onContent?.(chunk);
    const goesOn = this.raw.add(chunk);
    if (this.codings.length === 0 || this.isStopped) return goesOn;
    return this.feed(0, chunk);
  }

  /** The body as far as it came. With `partial`, a coding that ends too early is no trouble. */
  async end(partial: boolean): Promise<DecodedBody> {
    if (this.codings.length > 0 && this.stages.length > 0 && !this.isStopped) {
      await new Promise<void>((resolve) => {
        this.finished = resolve;
        this.endStage(0);
      });
    }
    for (const stage of this.stages) stage.destroy();
    const broken = this.trouble !== undefined && !(partial && this.decoded.total > 0);
    const isRaw = this.codings.length === 0 || (broken && this.isRaw);
    return {
      body: await (isRaw ? this.raw : this.decoded).body(this.wireBytes),
      decodeTrouble: this.codings.length > 0 && this.wireBytes > 0 && broken ? this.trouble : undefined,
      isRaw,
      isOverLimit: this.limited,
    };
  }

  /** Decoding has failed, and what had come out before is so little that the bytes as they came say more. */
  private get isRaw(): boolean {
    return this.trouble !== undefined && !this.decoded.isStored;
  }

  private get isStopped(): boolean {
    return this.trouble !== undefined || this.limited;
  }

  private feed(index: number, chunk: Buffer): boolean {
    const stage = (this.stages[index] ??= this.openStage(index, chunk));
    if (stage.write(chunk)) return true;
    stage.once('drain', () => {
      if (index === 0) this.options.onDrain();
      else this.stages[index - 1]?.resume();
    });
    return false;
  }

  private openStage(index: number, first: Buffer): Transform {
    return openDecompressor(this.codings[index] ?? '', first)
      .on('data', (chunk: Buffer) => this.produce(index, chunk))
      .on('end', () => this.endStage(index + 1))
      .on('error', (error) => this.stop(error.message));
  }

  /** The limit holds for every stage: a small body may be made of a huge one. */
  private produce(index: number, chunk: Buffer): void {
    if (this.isStopped) return;
    const before = this.produced[index] ?? 0;
    const room = (this.options.maxDecodedBytes ?? Infinity) - before;
    const part = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.produced[index] = before + part.length;
    const goesOn = index + 1 === this.codings.length ? this.keep(part) : this.feed(index + 1, part);
    if (!goesOn) this.stages[index]?.pause();
    if (part.length < chunk.length) this.stopAtLimit();
  }

  private keep(content: Buffer): boolean {
    this.options.onContent?.(content);
    return this.decoded.add(content);
  }

  private endStage(index: number): void {
    const stage = this.stages[index];
    if (stage) stage.end();
    else this.finished?.();
  }

  private stopAtLimit(): void {
    this.limited = true;
    for (const stage of this.stages) stage.destroy();
    this.options.onLimit();
    this.finished?.();
  }

  private stop(reason: string): void {
    if (this.isStopped) return;
    this.trouble = reason;
    this.options.onDrain();
    this.finished?.();
  }
}

const known = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

function openDecompressor(coding: string, first: Buffer): Transform {
  switch (coding) {
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    case 'deflate':
      // RFC 9110 8.4.1.2 wants the zlib format (its first byte names method 8); some servers send raw deflate.
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      return createGunzip();
  }
}
