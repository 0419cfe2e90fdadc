import type { ByteSink } from './byteSink.ts';
import type { StreamPrinter } from './streamJson.ts';
import { xmlByteTokens, type XmlByteToken } from './xmlByteTokens.ts';

/**
 * Re-indents XML as `prettyXml` does, of any size. Whether an element holds text between its elements is seen as far as a piece
 * goes: of a longer element text stays, on a line of its own.
 */
export function streamXml(out: ByteSink): StreamPrinter {
  return new XmlStream(out);
}

/** Our choice, as in streamJson. */
const maxIndent = 100;
const maxGrowth = 8;
/** More than this is not looked at before it is printed. */
const longest = 1024 * 1024;

/** What the tokens of a piece say of an element that begins in it. */
const plain = 0;
const keepsOnLine = 1;

class XmlStream implements StreamPrinter {
  brokenAt: number | undefined;
  readonly #out: ByteSink;
  #depth = 0;
  /** Open elements of which the outermost is printed as it came; 0: none. */
  #verbatim = 0;
  /** Bytes used before this piece, and with it. */
  #used = 0;
  #seen = 0;
  #isFirst = true;

  constructor(out: ByteSink) {
    this.#out = out;
  }

  print(piece: Uint8Array, isLast: boolean): number {
    this.#seen = this.#used + piece.length;
    const used = this.brokenAt === undefined ? this.#tokens(piece, isLast) : this.#copy(piece, 0, piece.length);
    this.#used += used;
    return used;
  }

  #tokens(piece: Uint8Array, isLast: boolean): number {
    const tokens = xmlByteTokens(piece, isLast);
    const rest = tokens.at(-1)?.end ?? 0;
    const { marks, undecided } = judged(piece, tokens);
    const held = undecided === undefined || isLast ? undefined : tokens[undecided];
    const count = held && piece.length - held.start < longest ? (undecided ?? 0) : tokens.length;
    for (let index = 0; index < count; index++) {
      const token = tokens[index];
      if (token) this.#token(piece, token, marks[index] ?? plain);
      if (this.brokenAt !== undefined) return this.#copy(piece, token?.start ?? 0, piece.length);
    }
    const done = count < tokens.length ? (tokens[count]?.start ?? 0) : rest;
    // One token that is longer than anybody looks at, or one that never ends.
    if (done === 0 && (isLast || piece.length > longest)) return this.#copy(piece, 0, piece.length);
    return done < piece.length && isLast ? this.#copy(piece, done, piece.length) : done;
  }

  #token(piece: Uint8Array, token: XmlByteToken, mark: number): void {
    const { kind, start, end } = token;
    if (kind === 'close') return this.#close(piece, token);
    if (this.#verbatim > 0) {
      if (kind === 'open') this.#verbatim++;
      this.#out.bytes(piece, start, end);
      return;
    }
    if (kind === 'text' && isBlank(piece, start, end)) return;
    this.#newLine();
    this.#out.bytes(piece, start, end);
    if (kind !== 'open') return;
    if (mark === keepsOnLine) this.#verbatim = 1;
    else this.#depth++;
  }

  #close(piece: Uint8Array, { start, end }: XmlByteToken): void {
    if (this.#verbatim > 0) {
      this.#verbatim--;
    } else {
      if (this.#depth === 0) {
        this.brokenAt = this.#used + start;
        return;
      }
      this.#depth--;
      this.#newLine();
    }
    this.#out.bytes(piece, start, end);
  }

  #newLine(): void {
    const out = this.#out;
    if (this.#depth > maxIndent || out.total > this.#seen * maxGrowth + 65_536) return;
    if (!this.#isFirst) out.byte(0x0a);
    this.#isFirst = false;
    out.bytes(blanks, 0, this.#depth * 2);
  }

  #copy(piece: Uint8Array, start: number, end: number): number {
    this.#out.bytes(piece, start, end);
    return end;
  }
}

const blanks = new Uint8Array(2 * maxIndent).fill(0x20);

interface Judged {
  /** For each token what is to be done with the element that it begins. */
  readonly marks: Uint8Array;
  /** Index of the token from which on more of the text must be known. */
  readonly undecided: number | undefined;
}

/** Elements without elements stay on one line, and so do those with text between their elements. */
function judged(piece: Uint8Array, tokens: readonly XmlByteToken[]): Judged {
  const marks = new Uint8Array(tokens.length);
  const open: { index: number; children: number }[] = [];
  for (const [index, token] of tokens.entries()) {
    const parent = open.at(-1);
    if (token.kind === 'close') {
      if (parent?.children === 0) marks[parent.index] = keepsOnLine;
      open.pop();
    } else if (token.kind === 'cdata' || (token.kind === 'text' && !isBlank(piece, token.start, token.end))) {
      if (parent) marks[parent.index] = keepsOnLine;
    } else if (token.kind !== 'text') {
      if (parent) parent.children++;
      if (token.kind === 'open') open.push({ index, children: 0 });
      if (token.kind === 'open' && preserves(piece, token)) marks[index] = keepsOnLine;
    }
  }
  const last = open.at(-1);
  return { marks, undecided: last?.children === 0 ? last.index : undefined };
}

function preserves(piece: Uint8Array, { start, end }: XmlByteToken): boolean {
  if (end - start < 24 || piece.subarray(start, end).indexOf(0x3a) < 0) return false;
  const tag = new TextDecoder().decode(piece.subarray(start, end));
  return /\sxml:space\s*=\s*["']preserve["']/.test(tag);
}

function isBlank(piece: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = piece[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
