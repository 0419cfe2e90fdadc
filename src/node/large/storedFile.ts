import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { reasonOf } from '../../core/text/reasonOf.ts';
import { bodyCipher, type BodyCipher } from '../bodyCipher.ts';
import { letGo } from '../letGo.ts';

const blockBytes = 256 * 1024;
const keptBlocks = 6;

/** Reads an encrypted body anywhere. It blocks while it reads: for a thread of its own. */
export class StoredFile {
  readonly size: number;
  readonly #file: number;
  readonly #cipher: BodyCipher;
  /** Those read last are read again while somebody scrolls. */
  readonly #blocks = new Map<number, Buffer>();
  readonly #input = Buffer.allocUnsafeSlow(blockBytes);

  constructor({ path, key }: { readonly path: string; readonly key: Uint8Array }) {
    this.#file = opened(path);
    this.#cipher = bodyCipher(key);
    this.size = fstatSync(this.#file).size;
  }

  /** The bytes from `offset` to the end of their block at most: for walking through the file, good until the next ones. Empty at its end. */
  piece(offset: number): Buffer {
    const start = Math.floor(offset / blockBytes) * blockBytes;
    return this.#block(start, offset - start).subarray(offset - start);
  }

  read(from: number, to: number): Buffer {
    const pieces: Buffer[] = [];
    for (let at = from; at < to;) {
      const piece = this.piece(at).subarray(0, to - at);
      if (piece.length === 0) break;
      pieces.push(Buffer.from(piece));
      at += piece.length;
    }
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }

  close(): void {
    closeSync(this.#file);
    this.#blocks.clear();
  }

  /** A block that was not full when it was read may have grown: it is read again for what lies behind. */
  #block(start: number, wanted: number): Buffer {
    const known = this.#blocks.get(start);
    if (known && known.length > wanted) {
      this.#blocks.delete(start);
      this.#blocks.set(start, known);
      return known;
    }
    const count = readSync(this.#file, this.#input, 0, blockBytes, start);
    const block = this.#cipher.at(start, this.#input.subarray(0, count));
    this.#keep(start, block);
    return block;
  }

  #keep(start: number, block: Buffer): void {
    this.#forget(start);
    this.#blocks.set(start, block);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > keptBlocks && oldest !== undefined) this.#forget(oldest);
  }

  #forget(start: number): void {
    const block = this.#blocks.get(start);
    this.#blocks.delete(start);
    if (block) letGo(block);
  }
}

/** Files are cleaned away by age and by how much room they take. */
function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const what = isGone ? 'This body is no longer kept.' : `This body cannot be read (${reasonOf(error)}).`;
    throw new Error(`${what} Send the request again to see it.`, { cause: error });
  }
}
