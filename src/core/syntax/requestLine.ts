import { Piece, spannedText, type Span, type SpannedText } from '../text/span.ts';
import type { RequestKind } from './ast.ts';
import { isKnownVerb, kindOfKeyword, kindOfTarget, plainVerbAt } from './methods.ts';
import { isBlankCode, skipBlanks, skipBlanksBack, skipWord, type SourceLines } from './sourceLines.ts';
import { looksLikeTarget, looksLikeUrl } from './urlLook.ts';

/** The first line of a request, cut up. `target` may be empty when only a method was written. */
export interface RequestLine {
  readonly kind: RequestKind;
  readonly method: SpannedText;
  readonly methodImplicit: boolean;
  readonly target: SpannedText;
  readonly httpVersion: SpannedText | undefined;
}

/** Reads `[METHOD] target [HTTP/version]`; `undefined` when the line is no request line. */
export function readRequestLine(source: SourceLines, line: number): RequestLine | undefined {
  const { text } = source;
  const start = source.indent(line);
  const end = skipBlanksBack(text, start, source.end(line));
  if (start === end) return undefined;
  return withMethod(text, start, end) ?? withoutMethod(text, start, end);
}

/** `curl …` is a request line of its own kind; `curl` alone is prose. */
export function isCurlLine(source: SourceLines, line: number): boolean {
  const start = source.indent(line);
  return (
    source.text.startsWith('curl', start) &&
    isBlankCode(source.text.charCodeAt(start + 4)) &&
    start + 5 < source.end(line)
  );
}

/** A request line that proves itself with a method and a URL: what may follow an indented separator (C2). */
export function isExplicitRequestLine(source: SourceLines, line: number): boolean {
  if (isCurlLine(source, line)) return true;
  const read = readRequestLine(source, line);
  return (
    read !== undefined &&
    !read.methodImplicit &&
    looksLikeTarget(source.text, read.target.span.start, read.target.span.end)
  );
}

/**
 * A line that begins a new request although no separator stands above it (C17): an upper-case known method at column 0,
 * then `http(s)://…`, `{{…}}…` or `/…`, and nothing behind it but ` HTTP/x`.
 */
export function isBareRequestLine(source: SourceLines, line: number): boolean {
  const { text } = source;
  const start = source.start(line);
  const first = text.charCodeAt(start);
  if (first < 65 || first > 90) return false;
  const end = source.end(line);
  const wordEnd = skipWord(text, start, Math.min(end, start + longestVerb));
  const word = text.slice(start, wordEnd);
  if (!isKnownVerb(word) && word !== 'GRAPHQL') return false;
  const from = skipBlanks(text, wordEnd, end);
  if (from === wordEnd || !startsPlainUrl(text, from)) return false;
  const target = splitVersion(text, from, skipBlanksBack(text, from, end));
  return isOneWord(text, from, target.end);
}

/** Cuts ` HTTP/1.1` (also doubled, also with `(Prior Knowledge)`) off the end of a target. */
export function splitVersion(text: string, start: number, end: number): { end: number; version: Span | undefined } {
  let version: Span | undefined;
  let rest = end;
  while (rest > start) {
    const found = versionAtEnd(text, start, rest);
    if (!found) break;
    version ??= found;
    rest = skipBlanksBack(text, start, found.start);
  }
  return { end: rest, version };
}

const longestVerb = 16;
const priorKnowledge = '(Prior Knowledge)';

function withMethod(text: string, start: number, end: number): RequestLine | undefined {
  const wordEnd = methodWordEnd(text, start, end);
  if (wordEnd === start) return undefined;
  const from = skipBlanks(text, wordEnd, end);
  const verb = plainVerbAt(text, start, wordEnd);
  if (verb) return requestLine(text, 'http', new Piece(verb, start, wordEnd), false, from, end);
  const word = text.slice(start, wordEnd);
  if (!isMethod(text, word, from, end)) return undefined;
  const kind = kindOfKeyword(word) ?? 'http';
  return requestLine(text, kind, spannedText(text, start, wordEnd), false, from, end);
}

/** C18. Words that are no plain verb need a URL behind them, else every prose line would be a request. */
function isMethod(text: string, word: string, from: number, end: number): boolean {
  if (from === end) return false;
  if (kindOfKeyword(word)) return true;
  if (isKnownVerb(word.toUpperCase())) return looksLikeTarget(text, from, end);
  return /^[A-Z][A-Z0-9_-]*$/.test(word) && looksLikeTarget(text, from, end);
}

function withoutMethod(text: string, start: number, end: number): RequestLine | undefined {
  if (!looksLikeUrl(text, start, end)) return undefined;
  const method = new Piece('GET', start, start);
  return requestLine(text, kindOfTarget(text.slice(start, start + 12)), method, true, start, end);
}

function requestLine(
  text: string,
  kind: RequestKind,
  method: SpannedText,
  methodImplicit: boolean,
  from: number,
  end: number,
): RequestLine {
  const split = splitVersion(text, from, end);
  const httpVersion = split.version && spannedText(text, split.version.start, split.version.end);
  return { kind, method, methodImplicit, target: spannedText(text, from, split.end), httpVersion };
}

/** A method is a word of letters, digits, `_` and `-`, with a blank or nothing behind it. */
function methodWordEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isMethodCode(text.charCodeAt(at))) at++;
  return at === end || isBlankCode(text.charCodeAt(at)) ? at : start;
}

function isMethodCode(code: number): boolean {
  return (
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}

function startsPlainUrl(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === 47 ||
    text.startsWith('{{', at) ||
    text.startsWith('http://', at) ||
    text.startsWith('https://', at)
  );
}

/** Blanks are allowed inside `{{ }}` only. */
function isOneWord(text: string, start: number, end: number): boolean {
  let open = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 && text.charCodeAt(at + 1) === 123) open = true;
    else if (code === 125 && text.charCodeAt(at + 1) === 125) open = false;
    else if (!open && isBlankCode(code)) return false;
  }
  return true;
}

function versionAtEnd(text: string, start: number, end: number): Span | undefined {
  let rest = end;
  const marker = end - priorKnowledge.length;
  if (marker > start && text.startsWith(priorKnowledge, marker)) rest = skipBlanksBack(text, start, marker);
  let from = rest;
  while (from > start && isVersionCode(text.charCodeAt(from - 1))) from--;
  if (rest - from < 6 || (from > start && !isBlankCode(text.charCodeAt(from - 1)))) return undefined;
  return /^HTTP\/\d+(\.\d+)?$/i.test(text.slice(from, rest)) ? { start: from, end } : undefined;
}

/** Letters of `HTTP`, the slash, digits and dots: a long path stops the walk back at its first other letter. */
function isVersionCode(code: number): boolean {
  if (code >= 46 && code <= 57) return true;
  const lower = code | 32;
  return lower === 104 || lower === 116 || lower === 112;
}
