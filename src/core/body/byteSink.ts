/** Bytes that are put together and handed on in large pieces. A piece is lent: who keeps it copies it. */
export class ByteSink {
  /** Bytes handed on and waiting. */
  total = 0;
  readonly #take: (piece: Uint8Array) => void;
  readonly #buffer: Uint8Array;
  #at = 0;

  constructor(take: (piece: Uint8Array) => void, size = 256 * 1024) {
    this.#take = take;
    this.#buffer = new Uint8Array(size);
  }

  byte(byte: number): void {
    if (this.#at === this.#buffer.length) this.flush();
    this.#buffer[this.#at++] = byte;
    this.total++;
  }

  bytes(source: Uint8Array, start: number, end: number): void {
    for (let from = start; from < end;) {
      if (this.#at === this.#buffer.length) this.flush();
      const count = Math.min(end - from, this.#buffer.length - this.#at);
      // A call costs more than a few bytes.
      if (count < 24)
        for (let index = 0; index < count; index++) this.#buffer[this.#at + index] = source[from + index] ?? 0;
      else this.#buffer.set(source.subarray(from, from + count), this.#at);
      this.#at += count;
      this.total += count;
      from += count;
    }
  }

  flush(): void {
    if (this.#at === 0) return;
    this.#take(this.#buffer.subarray(0, this.#at));
    this.#at = 0;
  }
}
