import { Piece, spannedText, type SpannedText } from '../text/span.ts';
import type { HeaderNode } from './ast.ts';
import { skipBlanks, skipBlanksBack, type SourceLines, trimmedText } from './sourceLines.ts';

/** Reads `Name: value`, `{{…}}` alone (C12) or `...name`; `undefined` when the line is none of them. */
export function readHeader(source: SourceLines, line: number): HeaderNode | undefined {
  const { text } = source;
  const start = source.indent(line);
  const end = skipBlanksBack(text, start, source.end(line));
  const colon = headerColon(text, start, end);
  if (colon !== undefined) {
    const name = spannedText(text, start, skipBlanksBack(text, start, colon));
    return { kind: 'field', name, value: trimmedText(text, colon + 1, end), span: { start, end } };
  }
  const nameless = new Piece('', start, start);
  if (isMacro(source, start, end)) {
    return { kind: 'macro', name: nameless, value: spannedText(text, start, end), span: { start, end } };
  }
  if (text.charCodeAt(start) !== 46 || !/^\.\.\.[^\s.]/.test(text.slice(start, start + 4))) return undefined;
  return { kind: 'spread', name: nameless, value: spannedText(text, start + 3, end), span: { start, end } };
}

/** The first header with that name, given in lower case. */
export function headerNamed(headers: readonly HeaderNode[], lowerCaseName: string): HeaderNode | undefined {
  for (const header of headers) {
    const { text } = header.name;
    // The lengths differ nearly always, and a new text for each header costs a parser dearly.
    if (text.length === lowerCaseName.length && text.toLowerCase() === lowerCaseName) return header;
  }
  return undefined;
}

/** The header with one more line of its value, joined by one blank as RFC 9112 section 5.2 replaces a fold. */
export function foldHeader(header: HeaderNode, more: SpannedText): HeaderNode {
  const text = header.value.text === '' ? more.text : `${header.value.text} ${more.text}`;
  const valueStart = header.value.text === '' ? more.span.start : header.value.span.start;
  return {
    ...header,
    value: new Piece(text, valueStart, more.span.end),
    span: { start: header.span.start, end: more.span.end },
  };
}

/** `Name:` with a name of token characters (RFC 9110 section 5.6.2) and placeholders; but `https://` is an address. */
export function isHeaderLooking(source: SourceLines, line: number): boolean {
  const end = source.end(line);
  const colon = headerColon(source.text, source.indent(line), end);
  return colon !== undefined && !source.text.startsWith('//', colon + 1);
}

/** Whether the line is a header that everybody knows, for example `Content-Type: …`. */
export function isWellKnownHeader(source: SourceLines, line: number): boolean {
  const start = source.indent(line);
  const colon = headerColon(source.text, start, source.end(line));
  if (colon === undefined) return false;
  return wellKnown.has(source.text.slice(start, colon).trim().toLowerCase());
}

const wellKnown = new Set(
  (
    'accept accept-charset accept-encoding accept-language api-key authorization cache-control connection content-length ' +
    'content-type cookie host if-match if-modified-since if-none-match if-unmodified-since origin pragma range referer ' +
    'transfer-encoding user-agent x-api-key x-csrf-token x-forwarded-for x-request-id x-requested-with'
  ).split(' '),
);

/** Offset of the colon behind a header name, `undefined` when there is no name or no colon behind it. */
function headerColon(text: string, start: number, end: number): number | undefined {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isTokenCode(code)) at++;
    else if (code === 123 && text.charCodeAt(at + 1) === 123) at = skipPlaceholder(text, at, end);
    else break;
  }
  if (at === start) return undefined;
  const colon = skipBlanks(text, at, end);
  return colon < end && text.charCodeAt(colon) === 58 ? colon : undefined;
}

function skipPlaceholder(text: string, start: number, end: number): number {
  for (let at = start + 2; at < end - 1; at++) {
    if (text.charCodeAt(at) === 125 && text.charCodeAt(at + 1) === 125) return at + 2;
  }
  return end;
}

function isMacro(source: SourceLines, start: number, end: number): boolean {
  return end - start > 4 && source.text.startsWith('{{', start) && source.find('}}', start + 2, end) === end - 2;
}

/** tchar: letters, digits and !#$%&'*+-.^_`|~ */
function isTokenCode(code: number): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return true;
  return code < 128 && tokenMarks[code] === 1;
}

const tokenMarks = new Uint8Array(128);
for (const mark of `!#$%&'*+-.^_\`|~`) tokenMarks[mark.charCodeAt(0)] = 1;
