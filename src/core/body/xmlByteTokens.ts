/** `open` is a start tag, `empty` a tag that closes itself, `other` a comment, instruction, DOCTYPE or CDATA section. */
export type XmlByteKind = 'open' | 'close' | 'empty' | 'text' | 'cdata' | 'other';

export interface XmlByteToken {
  readonly kind: XmlByteKind;
  readonly start: number;
  readonly end: number;
}

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const exclamation = 0x21;

/** The tokens of a piece of XML that are whole in it, in one pass. With `isLast` text at the end is whole too. */
export function xmlByteTokens(piece: Uint8Array, isLast: boolean): XmlByteToken[] {
  const tokens: XmlByteToken[] = [];
  for (let at = 0; at < piece.length;) {
    const token = piece[at] === lessThan ? markup(piece, at) : text(piece, at, isLast);
    if (!token) break;
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function text(piece: Uint8Array, start: number, isLast: boolean): XmlByteToken | undefined {
  const next = piece.indexOf(lessThan, start);
  if (next < 0 && !isLast) return undefined;
  return { kind: 'text', start, end: next < 0 ? piece.length : next };
}

function markup(piece: Uint8Array, start: number): XmlByteToken | undefined {
  if (piece[start + 1] === exclamation) {
    if (startsWith(piece, start, '<!--')) return until(piece, start, '-->', 'other');
    if (startsWith(piece, start, '<![CDATA[')) return until(piece, start, ']]>', 'cdata');
    // Too little of it to tell.
    if (piece.length - start < 9) return undefined;
  }
  if (piece[start + 1] === 0x3f) return until(piece, start, '?>', 'other');
  const end = tagEnd(piece, start);
  if (end === undefined) return undefined;
  if (piece[start + 1] === exclamation) return { kind: 'other', start, end };
  if (piece[start + 1] === slash) return { kind: 'close', start, end };
  return { kind: piece[end - 2] === slash ? 'empty' : 'open', start, end };
}

function startsWith(piece: Uint8Array, at: number, mark: string): boolean {
  for (let index = 0; index < mark.length; index++) if (piece[at + index] !== mark.charCodeAt(index)) return false;
  return true;
}

function until(piece: Uint8Array, start: number, mark: string, kind: XmlByteKind): XmlByteToken | undefined {
  const last = mark.charCodeAt(mark.length - 1);
  for (let at = piece.indexOf(last, start + mark.length); at >= 0; at = piece.indexOf(last, at + 1)) {
    if (startsWith(piece, at - mark.length + 1, mark)) return { kind, start, end: at + 1 };
  }
  return undefined;
}

/** `>` counts neither in quotes nor in the brackets of an internal subset (XML 1.0 2.8). */
function tagEnd(piece: Uint8Array, start: number): number | undefined {
  let quote = 0;
  let brackets = 0;
  const isDoctype = piece[start + 1] === exclamation;
  for (let at = start + 1; at < piece.length; at++) {
    const byte = piece[at] ?? 0;
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === greaterThan && brackets === 0) return at + 1;
    else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (isDoctype && byte === 0x5b) brackets++;
    else if (isDoctype && byte === 0x5d) brackets--;
  }
  return undefined;
}
