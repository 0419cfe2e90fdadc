/** The newest bytes of a stream, copied into one place: who brings them may take them back. */
export class NewestBytes {
  readonly #limit: number;
  #bytes = new Uint8Array(0);
  #size = 0;

  /** At most `limit` bytes are kept, and when there are more at least half as many. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when older ones are gone since the last `take`. */
  add(bytes: Uint8Array): boolean {
    const half = this.#limit >> 1;
    const added = bytes.length > half ? bytes.subarray(bytes.length - half) : bytes;
    const isAll = added === bytes && this.#size + added.length <= this.#limit;
    if (!isAll) this.#forget(added === bytes ? Math.min(this.#size, half) : 0);
    this.#grow(this.#size + added.length);
    this.#bytes.set(added, this.#size);
    this.#size += added.length;
    return isAll;
  }

  /** Good until more are added. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#size);
    this.#size = 0;
    return taken;
  }

  #forget(left: number): void {
    this.#bytes.copyWithin(0, this.#size - left, this.#size);
    this.#size = left;
  }

  #grow(needed: number): void {
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2)));
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }
}
