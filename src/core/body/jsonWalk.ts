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

/** Is told of the values of a JSON text; places are bytes from its beginning. */
export interface JsonVisitor {
  /** The key of the next value, with its quotes. */
  key(start: number, end: number): void;
  /** A value begins. True for an object or a list: what it holds is told as well. */
  begin(start: number, kind: ValueKind): boolean;
  /** The value that began last and has not ended ends. */
  end(end: number): void;
}

export type ValueKind = 'object' | 'array' | 'scalar';

/** Walks through a JSON text that comes in pieces. What a visitor does not look into is passed over, and not judged. */
export class JsonWalk {
  /** Byte from which on the text is no JSON; absent: it is. */
  brokenAt: number | undefined;
  readonly #visitor: JsonVisitor;
  readonly #isLines: boolean;
  /** True for an object. */
  readonly #open: boolean[] = [];
  #expect: Expect = expects.value;
  #base = 0;
  #keyStart = 0;
  #inString = false;
  #isEscaped = false;
  #isKey = false;
  #inScalar = false;
  /** Containers that are open in a value nobody looks into. */
  #skipped = 0;

  /** With `isLines` the text is a row of JSON texts. */
  constructor(visitor: JsonVisitor, isLines: boolean) {
    this.#visitor = visitor;
    this.#isLines = isLines;
  }

  /** Bytes that went by. */
  get bytes(): number {
    return this.#base;
  }

  /** Takes the next piece, which follows the one before without a gap. */
  feed(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && this.brokenAt === undefined;) {
      if (this.#inString) at = this.#string(piece, at);
      else if (this.#skipped > 0) at = this.#skip(piece, at);
      else if (this.#inScalar) at = this.#scalar(piece, at);
      else at = this.#token(piece, at);
    }
    this.#base += piece.length;
  }

  /** Ends the text, which is broken at its end when something is open still. */
  end(): void {
    if (this.brokenAt !== undefined) return;
    if (this.#inScalar) this.#endValue(this.#base);
    const isBetween = this.#expect === (this.#isLines ? expects.value : expects.nothing);
    const isWhole = isBetween && this.#open.length === 0 && this.#skipped === 0 && !this.#inString;
    if (!isWhole) this.brokenAt = this.#base;
  }

  #token(piece: Uint8Array, at: number): number {
    const byte = piece[at] ?? 0;
    switch (byte) {
      case 0x20:
      case 0x0a:
      case 0x0d:
      case 0x09:
        return at + 1;
      case quote:
        return this.#beginString(at);
      case comma:
        if (this.#expect !== expects.commaOrEnd) return this.#broken(at);
        this.#expect = this.#open.at(-1) === true ? expects.key : expects.value;
        return at + 1;
      case colon:
        if (this.#expect !== expects.colon) return this.#broken(at);
        this.#expect = expects.value;
        return at + 1;
      case openBrace:
      case openBracket:
        return this.#container(at, byte === openBrace);
      case closeBrace:
      case closeBracket:
        return this.#close(at, byte === closeBrace);
      default:
        return this.#beginScalar(at, byte);
    }
  }

  get #wantsValue(): boolean {
    return this.#expect === expects.value || this.#expect === expects.valueOrEnd;
  }

  #beginString(at: number): number {
    this.#isKey = this.#expect === expects.key || this.#expect === expects.keyOrEnd;
    if (!this.#isKey && !this.#wantsValue) return this.#broken(at);
    this.#inString = true;
    if (this.#isKey) this.#keyStart = this.#base + at;
    else this.#visitor.begin(this.#base + at, 'scalar');
    return at + 1;
  }

  #string(piece: Uint8Array, at: number): number {
    const from = this.#isEscaped ? at + 1 : at;
    this.#isEscaped = false;
    let end = nextQuote(piece, from);
    while (end >= 0 && isEscaped(piece, from, end)) end = nextQuote(piece, end + 1);
    if (end < 0) {
      this.#isEscaped = isEscaped(piece, from, piece.length);
      return piece.length;
    }
    this.#inString = false;
    if (this.#skipped === 0) this.#endString(this.#base + end + 1);
    return end + 1;
  }

  #endString(end: number): void {
    if (!this.#isKey) return this.#endValue(end);
    this.#visitor.key(this.#keyStart, end);
    this.#expect = expects.colon;
  }

  #beginScalar(at: number, byte: number): number {
    // A record separator begins each text of a JSON text sequence (RFC 7464).
    if (byte === 0x1e && this.#isLines && this.#open.length === 0) return at + 1;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    // A number, `true`, `false` or `null`.
    if (!isDigit && byte !== 0x2d && byte !== 0x74 && byte !== 0x66 && byte !== 0x6e) return this.#broken(at);
    if (!this.#wantsValue) return this.#broken(at);
    this.#inScalar = true;
    this.#visitor.begin(this.#base + at, 'scalar');
    return at + 1;
  }

  #scalar(piece: Uint8Array, at: number): number {
    let end = at;
    while (end < piece.length && !endsScalar(piece[end] ?? 0)) end++;
    if (end < piece.length) this.#endValue(this.#base + end);
    return end;
  }

  #container(at: number, isObject: boolean): number {
    if (!this.#wantsValue) return this.#broken(at);
    if (!this.#visitor.begin(this.#base + at, isObject ? 'object' : 'array')) {
      this.#skipped = 1;
      return at + 1;
    }
    this.#open.push(isObject);
    this.#expect = isObject ? expects.keyOrEnd : expects.valueOrEnd;
    return at + 1;
  }

  #skip(piece: Uint8Array, at: number): number {
    for (let index = at; index < piece.length; index++) {
      const byte = piece[index] ?? 0;
      if (byte === quote) {
        this.#inString = true;
        return index + 1;
      }
      // A brace and a bracket differ in this bit.
      const kind = byte | 0x20;
      if (kind === openBrace) this.#skipped++;
      if (kind !== closeBrace) continue;
      this.#skipped--;
      if (this.#skipped > 0) continue;
      this.#endValue(this.#base + index + 1);
      return index + 1;
    }
    return piece.length;
  }

  #close(at: number, isObject: boolean): number {
    const mayEnd =
      this.#expect === expects.commaOrEnd || this.#expect === expects.keyOrEnd || this.#expect === expects.valueOrEnd;
    if (!mayEnd || this.#open.at(-1) !== isObject) return this.#broken(at);
    this.#open.pop();
    this.#endValue(this.#base + at + 1);
    return at + 1;
  }

  #endValue(end: number): void {
    this.#inScalar = false;
    this.#visitor.end(end);
    if (this.#open.length > 0) this.#expect = expects.commaOrEnd;
    else this.#expect = this.#isLines ? expects.value : expects.nothing;
  }

  #broken(at: number): number {
    this.brokenAt = this.#base + at;
    return at;
  }
}

/** Short strings are looked through here: a call of the platform's search costs as much as some dozen bytes. */
function nextQuote(piece: Uint8Array, from: number): number {
  const near = Math.min(piece.length, from + 32);
  for (let at = from; at < near; at++) if (piece[at] === quote) return at;
  return near === piece.length ? -1 : piece.indexOf(quote, near);
}

/** Whether an odd number of backslashes stands before `at`, which is in a string that is read from `from` on. */
function isEscaped(piece: Uint8Array, from: number, at: number): boolean {
  let before = at;
  while (before > from && piece[before - 1] === backslash) before--;
  return (at - before) % 2 === 1;
}

function endsScalar(byte: number): boolean {
  return (
    byte <= 0x20 || byte === comma || byte === closeBrace || byte === closeBracket || byte === colon || byte === quote
  );
}
