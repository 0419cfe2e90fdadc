import type { TextPlace, TextRow } from '../../core/body/bodyAsk.ts';
import { LineIndex } from '../../core/body/lineIndex.ts';
import type { StoredFile } from './storedFile.ts';

/** Bytes of a file as lines of UTF-8. What is asked of it holds for what the index has seen. */
export class LargeText {
  readonly index = new LineIndex();
  readonly file: StoredFile;

  constructor(file: StoredFile) {
    this.file = file;
  }

  /** Rows with the columns from `column` on, `width` bytes of each. Lines that are not there yet are left out. */
  rows(line: number, count: number, column: number, width: number): Omit<TextRow, 'marks'>[] {
    const rows: Omit<TextRow, 'marks'>[] = [];
    const last = Math.min(this.index.breaks, line + count - 1);
    let start = line <= last ? this.lineStart(line) : 0;
    for (let at = line; at <= last; at++) {
      const end = this.#lineEnd(at, start);
      rows.push(this.#row(at, start, end, column, width));
      start = end + 1;
    }
    return rows;
  }

  /** Byte at which a line begins; the end of the text for one behind it. */
  lineStart(line: number): number {
    if (line > this.index.breaks) return this.index.bytes;
    const [place] = this.index.around(line);
    let { offset } = place;
    for (let at = place.line; at < line; at++) offset = this.#nextBreak(offset) + 1;
    return offset;
  }

  offsetOf({ line, column }: TextPlace): number {
    const start = this.lineStart(line);
    return Math.min(start + column, Math.max(start, this.#lineEnd(Math.min(line, this.index.breaks), start)));
  }

  placeOf(offset: number): TextPlace {
    const place = this.index.before(offset);
    let { line, offset: start } = place;
    for (let at = this.#nextBreak(start); at < offset; at = this.#nextBreak(start)) {
      start = at + 1;
      line++;
    }
    return { line, column: offset - start };
  }

  /** Byte of the line feed that ends the line, or of the end of the text. */
  #lineEnd(line: number, start: number): number {
    if (line >= this.index.breaks) return this.index.bytes;
    const [, next] = this.index.around(line);
    // A line that is so long that nobody wants to walk through it has its end in the index.
    return next?.line === line + 1 ? next.offset - 1 : this.#nextBreak(start);
  }

  #nextBreak(offset: number): number {
    for (let at = offset; at < this.index.bytes;) {
      const piece = this.file.piece(at);
      const found = piece.indexOf(0x0a);
      if (found >= 0) return at + found;
      at += piece.length;
    }
    return this.index.bytes;
  }

  #row(line: number, start: number, end: number, column: number, width: number): Omit<TextRow, 'marks'> {
    const bytes = end - start;
    if (column >= bytes) return { line, text: '', from: bytes, bytes };
    const read = this.file.read(Math.max(start, start + column - 3), Math.min(end, start + column + width + 3));
    const before = Math.min(column, 3);
    const first = wholeFrom(read, before);
    const last = column + width >= bytes ? read.length : wholeFrom(read, before + width);
    const text = read.toString('utf8', first, last);
    return { line, text: text.endsWith('\r') ? text.slice(0, -1) : text, from: column - before + first, bytes };
  }
}

/** The first byte from `at` back that begins a character. */
function wholeFrom(bytes: Buffer, at: number): number {
  let first = at;
  while (first > 0 && at - first < 3 && ((bytes[first] ?? 0) & 0xc0) === 0x80) first--;
  return first;
}
