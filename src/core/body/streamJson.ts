import type { ByteSink } from './byteSink.ts';
import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  expects,
  openBrace,
  openBracket,
  quote,
  type Expect,
} from './jsonBytes.ts';

/** Re-indents a text that comes in pieces. */
export interface StreamPrinter {
  /** Takes the next piece; returns how much of it was used. The rest begins the next piece. With `isLast` all is used. */
  print(piece: Uint8Array, isLast: boolean): number;
  /** Byte of the source from which on the text stays as it was sent, because it is not what it should be; absent: all is well. */
  readonly brokenAt: number | undefined;
}

/** Re-indents JSON as `prettyJson` does, of any size and depth, without reading its values: no digit is lost. */
export function streamJson(out: ByteSink, isLines: boolean): StreamPrinter {
  return new JsonStream(out, isLines);
}

/** Our choice: deeper than this nobody reads the indentation, and it would cost more than the text. */
const maxIndent = 100;
/** Our choice: as in prettyJson. */
const maxGrowth = 8;
const lineWidth = 72;
/** What is looked at to see whether a container stays on one line; blanks may take three times as much as what is shown. */
const leafWindow = 4 * lineWidth;

const space = 0x20;
const lineFeed = 0x0a;

class JsonStream implements StreamPrinter {
  brokenAt: number | undefined;
  readonly #out: ByteSink;
  readonly #isLines: boolean;
  /** One bit a level: set for an object. */
  #kinds = new Uint8Array(64);
  #depth = 0;
  #expect: Expect = expects.value;
  #inString = false;
  #inScalar = false;
  #isKey = false;
  /** Bytes used before this piece, and with it. */
  #used = 0;
  #seen = 0;
  #skipsLine = false;

  constructor(out: ByteSink, isLines: boolean) {
    this.#out = out;
    this.#isLines = isLines;
  }

  print(piece: Uint8Array, isLast: boolean): number {
    let at = 0;
    this.#seen = this.#used + piece.length;
    while (at < piece.length) {
      const next = this.#step(piece, at, isLast);
      if (next < 0) break;
      at = next;
    }
    this.#used += at;
    return at;
  }

  /** Index behind what was printed; negative when more must come first. */
  #step(piece: Uint8Array, at: number, isLast: boolean): number {
    if (this.brokenAt !== undefined) return this.#verbatim(piece, at);
    if (this.#skipsLine) return this.#restOfLine(piece, at);
    if (this.#inString) return this.#string(piece, at);
    if (this.#inScalar) return this.#scalar(piece, at);
    const byte = piece[at] ?? 0;
    if (isBlank(byte)) return at + 1;
    if (byte === openBrace || byte === openBracket) return this.#container(piece, at, isLast);
    if (byte === quote) return this.#beginString(piece, at);
    if (byte === comma) return this.#comma(piece, at);
    if (byte === colon) return this.#colon(piece, at);
    if (byte === closeBrace || byte === closeBracket) return this.#close(piece, at);
    return this.#beginScalar(piece, at);
  }

  #wantsValue(): boolean {
    if (this.#expect === expects.nothing && this.#isLines) {
      this.#out.byte(lineFeed);
      this.#expect = expects.value;
    }
    return this.#expect === expects.value || this.#expect === expects.valueOrEnd;
  }

  #container(piece: Uint8Array, at: number, isLast: boolean): number {
    if (!this.#wantsValue()) return this.#broken(piece, at);
    const byte = piece[at] ?? 0;
    const isObject = byte === openBrace;
    const end = this.#leafEnd(piece, at);
    if (end === undefined && piece.length - at < leafWindow && !isLast) return -1;
    if (end !== undefined && this.#staysOnLine(piece, at, end, isObject)) {
      this.#leaf(piece, at, end, isObject);
      this.#afterValue();
      return end;
    }
    this.#out.byte(byte);
    this.#push(isObject);
    this.#newLine();
    this.#expect = isObject ? expects.keyOrEnd : expects.valueOrEnd;
    return at + 1;
  }

  /** Index behind a container without containers that ends soon. */
  #leafEnd(piece: Uint8Array, at: number): number | undefined {
    const limit = Math.min(piece.length, at + leafWindow);
    const closing = piece[at] === openBrace ? closeBrace : closeBracket;
    for (let index = at + 1; index < limit; index++) {
      const byte = piece[index] ?? 0;
      if (byte === closing) return index + 1;
      if (byte === openBrace || byte === openBracket || byte === closeBrace || byte === closeBracket) return undefined;
      if (byte !== quote) continue;
      index++;
      while (index < limit && piece[index] !== quote) index += piece[index] === backslash ? 2 : 1;
    }
    return undefined;
  }

  /** Empty ones do, and short ones that are lists, or objects of a list; what is not written well is left to the slow way. */
  #staysOnLine(piece: Uint8Array, at: number, end: number, isObject: boolean): boolean {
    let shown = 0;
    let tokens = 0;
    let isToken = false;
    for (let index = at + 1; index < end - 1; index++) {
      const byte = piece[index] ?? 0;
      if (isBlank(byte)) {
        isToken = false;
      } else if (byte === comma || byte === colon) {
        shown += 2;
        isToken = false;
        tokens++;
      } else {
        if (!isToken) tokens++;
        isToken = true;
        const from = index;
        if (byte === quote) index = stringEnd(piece, index) - 1;
        shown += index + 1 - from;
      }
    }
    if (tokens === 0) return true;
    if (this.#depth === 0 || (isObject && this.#isInObject())) return false;
    return shown + (isObject ? 4 : 2) <= lineWidth && isWellFormed(piece, at + 1, end - 1, isObject);
  }

  #leaf(piece: Uint8Array, at: number, end: number, isObject: boolean): void {
    const out = this.#out;
    out.byte(piece[at] ?? 0);
    let isEmpty = true;
    for (let index = at + 1; index < end - 1; index++) {
      const byte = piece[index] ?? 0;
      if (isBlank(byte)) continue;
      if (isEmpty && isObject) out.byte(space);
      isEmpty = false;
      if (byte === comma || byte === colon) {
        out.byte(byte);
        out.byte(space);
        continue;
      }
      const last = byte === quote ? stringEnd(piece, index) : index + 1;
      out.bytes(piece, index, last);
      index = last - 1;
    }
    if (!isEmpty && isObject) out.byte(space);
    out.byte(piece[end - 1] ?? 0);
  }

  #beginString(piece: Uint8Array, at: number): number {
    this.#isKey = this.#expect === expects.key || this.#expect === expects.keyOrEnd;
    if (!this.#isKey && !this.#wantsValue()) return this.#broken(piece, at);
    this.#inString = true;
    this.#out.byte(quote);
    return at + 1;
  }

  /** Copies to the end of the string or of the piece. A backslash goes with what follows it. */
  #string(piece: Uint8Array, at: number): number {
    let end = at;
    while (end < piece.length && piece[end] !== quote && piece[end] !== backslash) {
      end++;
      // Long strings are searched by the platform.
      if (end - at === 64) end = nearest(piece.indexOf(quote, end), piece.indexOf(backslash, end), piece.length);
    }
    this.#out.bytes(piece, at, end);
    if (end === piece.length) return end;
    if (piece[end] === backslash) {
      if (end + 1 === piece.length) return end > at ? end : -1;
      this.#out.bytes(piece, end, end + 2);
      return end + 2;
    }
    this.#out.byte(quote);
    this.#inString = false;
    if (this.#isKey) this.#expect = expects.colon;
    else this.#afterValue();
    return end + 1;
  }

  #beginScalar(piece: Uint8Array, at: number): number {
    const byte = piece[at] ?? 0;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    // A number, `true`, `false` or `null`.
    if (!isDigit && byte !== 0x2d && byte !== 0x74 && byte !== 0x66 && byte !== 0x6e) return this.#broken(piece, at);
    if (!this.#wantsValue()) return this.#broken(piece, at);
    this.#inScalar = true;
    return at;
  }

  #scalar(piece: Uint8Array, at: number): number {
    let end = at;
    while (end < piece.length && isScalarByte(piece[end] ?? 0)) end++;
    this.#out.bytes(piece, at, end);
    if (end === piece.length) return end;
    this.#inScalar = false;
    this.#afterValue();
    return end;
  }

  #comma(piece: Uint8Array, at: number): number {
    if (this.#expect !== expects.commaOrEnd) return this.#broken(piece, at);
    this.#out.byte(comma);
    this.#newLine();
    this.#expect = this.#isInObject() ? expects.key : expects.value;
    return at + 1;
  }

  #colon(piece: Uint8Array, at: number): number {
    if (this.#expect !== expects.colon) return this.#broken(piece, at);
    this.#out.byte(colon);
    this.#out.byte(space);
    this.#expect = expects.value;
    return at + 1;
  }

  #close(piece: Uint8Array, at: number): number {
    const byte = piece[at] ?? 0;
    const mayEnd = this.#expect !== expects.key && this.#expect !== expects.value && this.#expect !== expects.colon;
    if (this.#depth === 0 || !mayEnd || this.#isInObject() !== (byte === closeBrace)) return this.#broken(piece, at);
    this.#depth--;
    this.#newLine();
    this.#out.byte(byte);
    this.#afterValue();
    return at + 1;
  }

  #afterValue(): void {
    this.#expect = this.#depth === 0 ? expects.nothing : expects.commaOrEnd;
  }

  /** None where it would cost more than it tells: deep inside, and when the text has grown too much by it. */
  #newLine(): void {
    const out = this.#out;
    if (this.#depth > maxIndent || out.total > this.#seen * maxGrowth + 65_536) return;
    out.byte(lineFeed);
    out.bytes(blanks, 0, this.#depth * 2);
  }

  #push(isObject: boolean): void {
    const index = this.#depth >> 3;
    if (index === this.#kinds.length) {
      const larger = new Uint8Array(this.#kinds.length * 2);
      larger.set(this.#kinds);
      this.#kinds = larger;
    }
    const bit = 1 << (this.#depth & 7);
    const kinds = this.#kinds[index] ?? 0;
    this.#kinds[index] = isObject ? kinds | bit : kinds & ~bit;
    this.#depth++;
  }

  #isInObject(): boolean {
    const level = this.#depth - 1;
    return level >= 0 && ((this.#kinds[level >> 3] ?? 0) & (1 << (level & 7))) !== 0;
  }

  /** A line that is no JSON stays as it is, and the next one is tried; a JSON text stays as it is from here on. */
  #broken(piece: Uint8Array, at: number): number {
    if (this.#isLines) {
      this.#skipsLine = true;
      this.#depth = 0;
      return this.#restOfLine(piece, at);
    }
    this.brokenAt = this.#used + at;
    this.#out.byte(lineFeed);
    return this.#verbatim(piece, at);
  }

  #verbatim(piece: Uint8Array, at: number): number {
    this.#out.bytes(piece, at, piece.length);
    return piece.length;
  }

  #restOfLine(piece: Uint8Array, at: number): number {
    const found = piece.indexOf(lineFeed, at);
    const end = found < 0 ? piece.length : found;
    this.#out.bytes(piece, at, end);
    if (found < 0) return end;
    this.#skipsLine = false;
    this.#expect = expects.nothing;
    return end + 1;
  }
}

const blanks = new Uint8Array(2 * maxIndent).fill(space);

/** White space, and the record separator of JSON text sequences (RFC 7464). */
function isBlank(byte: number): boolean {
  return byte === space || byte === lineFeed || byte === 0x0d || byte === 0x09 || byte === 0x1e;
}

function isScalarByte(byte: number): boolean {
  return (
    !isBlank(byte) &&
    byte !== comma &&
    byte !== closeBrace &&
    byte !== closeBracket &&
    byte !== colon &&
    byte !== quote &&
    byte !== openBrace &&
    byte !== openBracket
  );
}

/** Index behind the string that begins at `at`. */
function stringEnd(piece: Uint8Array, at: number): number {
  let index = at + 1;
  while (index < piece.length && piece[index] !== quote) index += piece[index] === backslash ? 2 : 1;
  return index + 1;
}

/** Whether values, commas and colons alternate as they should in a container without containers. */
function isWellFormed(piece: Uint8Array, start: number, end: number, isObject: boolean): boolean {
  let expect: Expect = isObject ? expects.key : expects.value;
  for (let index = start; index < end; index++) {
    const byte = piece[index] ?? 0;
    if (isBlank(byte)) continue;
    if (byte === comma || byte === colon) {
      if (expect !== (byte === comma ? expects.commaOrEnd : expects.colon)) return false;
      expect = byte === comma && isObject ? expects.key : expects.value;
      continue;
    }
    if (expect === expects.key ? byte !== quote : expect !== expects.value) return false;
    if (byte === quote) index = stringEnd(piece, index) - 1;
    else while (index + 1 < end && isScalarByte(piece[index + 1] ?? 0)) index++;
    expect = expect === expects.key ? expects.colon : expects.commaOrEnd;
  }
  return expect === expects.commaOrEnd;
}

function nearest(first: number, second: number, otherwise: number): number {
  if (first < 0) return second < 0 ? otherwise : second;
  return second < 0 ? first : Math.min(first, second);
}
