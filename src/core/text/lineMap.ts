import type { TextEdit } from './mapOffset.ts';

/** A place in a text, both from 0: VS Code's own convention. Columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Maps offsets to lines and back. LF, CRLF and a lone CR end a line. Built once a text version, in O(n). */
export class LineMap {
  readonly #starts: Uint32Array;
  readonly #length: number;

  constructor(text: string, starts = startsIn(text)) {
    this.#starts = starts;
    this.#length = text.length;
  }

  /** The map of `text`, which `edit` made out of the text of this one: only the lines that it touched are looked at again. */
  edited(edit: TextEdit, text: string): LineMap {
    const delta = edit.inserted - edit.length;
    // A line break is judged by itself and the character behind it: lines are kept that have both outside the edit.
    const first = this.lineAt(Math.max(0, edit.offset - 1));
    const next = this.lineAt(edit.offset + edit.length) + 1;
    const from = this.startOf(first);
    const to = next < this.lineCount ? this.startOf(next) + delta : text.length;
    const inner = startsIn(text.slice(from, to));
    // The last line break of the region is that of the first line behind it.
    const count = inner.length - (next < this.lineCount ? 1 : 0);
    const old = this.#starts;
    const starts = new Uint32Array(first + count + old.length - next);
    starts.set(old.subarray(0, first));
    for (let index = 0; index < count; index++) starts[first + index] = (inner[index] ?? 0) + from;
    starts.set(old.subarray(next), first + count);
    move(starts, first + count, delta);
    return new LineMap(text, starts);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of `line`; the text's length for a line behind the last. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineAt(clamped);
    return { line, character: clamped - this.startOf(line) };
  }

  offsetAt(position: Position): number {
    const start = this.startOf(position.line);
    const end = position.line + 1 < this.#starts.length ? this.startOf(position.line + 1) : this.#length;
    return Math.min(start + Math.max(0, position.character), end);
  }
}

/** A loop of its own over nothing but numbers: it runs over every line below a keystroke. */
function move(starts: Uint32Array, from: number, delta: number): void {
  if (delta === 0) return;
  for (let index = from; index < starts.length; index++) starts[index] = (starts[index] ?? 0) + delta;
}

function startsIn(text: string): Uint32Array {
  return text.includes('\r') ? startsAfterAnyEnd(text) : startsAfterLineFeeds(text);
}

/** The common case: `indexOf` runs at memory speed. */
function startsAfterLineFeeds(text: string): Uint32Array {
  const starts = new Starts(text.length);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.add(at + 1);
  return starts.all();
}

function startsAfterAnyEnd(text: string): Uint32Array {
  const starts = new Starts(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    starts.add(at + 1);
  }
  return starts.all();
}

/** Numbers outside the collected heap: a long file has tens of thousands of lines, and its map lives as long as its tree. */
class Starts {
  #numbers: Uint32Array;
  #count = 1;

  constructor(length: number) {
    this.#numbers = new Uint32Array(16 + (length >> 5));
  }

  add(start: number): void {
    if (this.#count === this.#numbers.length) {
      const grown = new Uint32Array(this.#count * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#count++] = start;
  }

  all(): Uint32Array {
    return this.#numbers.slice(0, this.#count);
  }
}
