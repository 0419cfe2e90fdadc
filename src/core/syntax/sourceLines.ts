import { LineMap } from '../text/lineMap.ts';
import { spannedText, type Span, type SpannedText } from '../text/span.ts';

/**
 * A text as lines of offsets. Nothing is sliced until somebody asks. Where the ink of each line begins and ends is found out once, for all
 * lines: every reader asks for both, and several readers look at most lines.
 */
export class SourceLines {
  readonly text: string;
  readonly map: LineMap;
  readonly count: number;
  readonly #ends: Uint32Array;
  readonly #indents: Uint32Array;
  #braces = { from: 0, at: -1 };
  readonly #found = new Map<string, { from: number; at: number }>();

  constructor(text: string) {
    this.text = text;
    this.map = new LineMap(text);
    this.count = this.map.lineCount;
    this.#ends = new Uint32Array(this.count);
    this.#indents = new Uint32Array(this.count);
    this.#measure();
  }

  #measure(): void {
    const { text, map, count } = this;
    let start = 0;
    for (let line = 0; line < count; line++) {
      const next = map.startOf(line + 1);
      const end = line === count - 1 ? next : endOfLine(text, start, next);
      this.#ends[line] = end;
      this.#indents[line] = skipBlanks(text, start, end);
      start = next;
    }
  }

  start(line: number): number {
    return this.map.startOf(line);
  }

  /** Where the line's text ends, its LF, CRLF or CR excluded. */
  end(line: number): number {
    return this.#ends[line] ?? this.text.length;
  }

  /** Offset of the first character that is no blank; the line's end when there is none. */
  indent(line: number): number {
    return this.#indents[line] ?? this.text.length;
  }

  isBlank(line: number): boolean {
    return this.indent(line) === this.end(line);
  }

  /** `#…` or `//…`, indented or not: a comment, or a tag. */
  isComment(line: number): boolean {
    return isCommentAt(this.text, this.indent(line));
  }

  /** Offset behind the last character that is no blank; the line's end when there is none. */
  inkEnd(line: number): number {
    return skipBlanksBack(this.text, this.indent(line), this.end(line));
  }

  /** The line without the blanks around it. */
  trimmed(line: number): SpannedText {
    return trimmedText(this.text, this.start(line), this.end(line));
  }

  span(firstLine: number, lastLine: number): Span {
    return { start: this.start(firstLine), end: this.end(lastLine) };
  }

  /**
   * Offset of `needle` at or behind `from` and before `limit`, else -1. Remembers the last find of each needle:
   * callers move forward, so a needle that is far away or missing is searched for once and not again from every line.
   */
  find(needle: string, from: number, limit: number): number {
    let found = this.#found.get(needle);
    if (!found || from < found.from || from > found.at) {
      const at = this.text.indexOf(needle, from);
      found = { from, at: at === -1 ? Number.POSITIVE_INFINITY : at };
      this.#found.set(needle, found);
    }
    return found.at + needle.length <= limit ? found.at : -1;
  }

  /** First line at or behind `from` and before `limit` that is `}}` alone, else -1. Remembers its last find, as `find` does. */
  findClosingBraces(from: number, limit: number): number {
    if (from < this.#braces.from || from > this.#braces.at) this.#braces = { from, at: this.#nextClosingBraces(from) };
    return this.#braces.at < limit ? this.#braces.at : -1;
  }

  #nextClosingBraces(from: number): number {
    for (let at = this.text.indexOf('}}', this.start(from)); at !== -1;) {
      const line = this.map.lineAt(at);
      if (this.indent(line) === at && skipBlanks(this.text, at + 2, this.end(line)) === this.end(line)) return line;
      at = this.text.indexOf('}}', at + 2);
    }
    return Number.POSITIVE_INFINITY;
  }
}

/** Before the LF, CRLF or CR that ends the line from `start` to `next`. */
function endOfLine(text: string, start: number, next: number): number {
  const isPair = text.charCodeAt(next - 1) === 10 && text.charCodeAt(next - 2) === 13;
  return isPair && next - 2 >= start ? next - 2 : next - 1;
}

/** Space, tab, form feed; and what editors show as blank: vertical tab, no-break space, byte order mark. */
export function isBlankCode(code: number): boolean {
  return code === 32 || code === 9 || code === 12 || code === 11 || code === 0xa0 || code === 0xfeff;
}

export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

export function skipBlanksBack(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlankCode(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Where the word at `start` ends: at the next blank or at `end`. */
export function skipWord(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

export function trimmedText(text: string, start: number, end: number): SpannedText {
  const from = skipBlanks(text, start, end);
  return spannedText(text, from, skipBlanksBack(text, from, end));
}

export function isCommentAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 35 || (code === 47 && text.charCodeAt(offset + 1) === 47);
}
