/** A place in a text: a line (from 0) and the byte at which it begins. */
export interface LinePlace {
  readonly line: number;
  readonly offset: number;
}

const lineFeed = 0x0a;
/** Our choice: what is searched for a line is a moment's work, and a gigabyte has few entries. */
const spacing = 64 * 1024;

/** Where lines begin, for one line in about 64 KiB: built while the bytes come, small for any text. */
export class LineIndex {
  /** Bytes seen. */
  bytes = 0;
  /** Line breaks seen: the text has one line more. */
  breaks = 0;
  /** Bytes of the longest line so far. */
  widest = 0;
  #lines = new Float64Array(64);
  #offsets = new Float64Array(64);
  #entries = 1;
  #lineStart = 0;

  add(chunk: Uint8Array): void {
    const base = this.bytes;
    for (let at = nextBreak(chunk, 0); at >= 0; at = nextBreak(chunk, at + 1)) {
      this.breaks++;
      const start = base + at + 1;
      this.widest = Math.max(this.widest, start - 1 - this.#lineStart);
      this.#lineStart = start;
      if (start - (this.#offsets[this.#entries - 1] ?? 0) >= spacing) this.#enter(this.breaks, start);
    }
    this.bytes = base + chunk.length;
    this.widest = Math.max(this.widest, this.bytes - this.#lineStart);
  }

  /** The last place known that is not behind `line`, and the next one. */
  around(line: number): readonly [LinePlace, LinePlace | undefined] {
    const at = this.#search(this.#lines, line);
    return [this.#place(at), at + 1 < this.#entries ? this.#place(at + 1) : undefined];
  }

  /** The last place known that is not behind the byte `offset`. */
  before(offset: number): LinePlace {
    return this.#place(this.#search(this.#offsets, offset));
  }

  #place(at: number): LinePlace {
    return { line: this.#lines[at] ?? 0, offset: this.#offsets[at] ?? 0 };
  }

  #enter(line: number, offset: number): void {
    if (this.#entries === this.#lines.length) {
      this.#lines = doubled(this.#lines);
      this.#offsets = doubled(this.#offsets);
    }
    this.#lines[this.#entries] = line;
    this.#offsets[this.#entries++] = offset;
  }

  /** Index of the last entry that is not above `wanted`. */
  #search(values: Float64Array, wanted: number): number {
    let low = 0;
    let high = this.#entries - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((values[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Short lines are looked through here: a call of the platform's search costs as much as some dozen bytes. */
function nextBreak(chunk: Uint8Array, from: number): number {
  const near = Math.min(chunk.length, from + 48);
  for (let at = from; at < near; at++) if (chunk[at] === lineFeed) return at;
  return near === chunk.length ? -1 : chunk.indexOf(lineFeed, near);
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
}
