/** A place in a text, both from 0: VS Code's own convention. Columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Maps offsets to lines and back. LF, CRLF and a lone CR end a line. Built once a text version, in O(n). */
export class LineMap {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = lineStarts(text);
    this.#length = text.length;
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

function lineStarts(text: string): number[] {
  const starts = [0];
  const ends = /\r\n|\r|\n/g;
  while (ends.exec(text)) starts.push(ends.lastIndex);
  return starts;
}
