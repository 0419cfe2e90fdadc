import { Piece, type SpannedText } from '../text/span.ts';
import { isBlankCode } from './sourceLines.ts';

/** A command line cut into words as a shell cuts it. */
export interface CurlTokens {
  /** Decoded words; the spans are those of the words as written, quotes included. */
  readonly words: readonly SpannedText[];
  /** Offset behind the command's last character. */
  readonly end: number;
  /** Place of a quote that has no end. */
  readonly unclosed: number | undefined;
}

/**
 * Reads the words from `start` to the end of the command: the first line end that is neither escaped (`\`, `^` of cmd, `` ` `` of
 * PowerShell) nor inside quotes, and before `limit` at the latest. Everything behind a pipe or a redirection is left out.
 */
export function curlTokens(text: string, start: number, limit: number): CurlTokens {
  const cursor: Cursor = { text, limit, at: start, isCmd: isCmdStyle(text, start, limit), unclosed: undefined };
  const words: SpannedText[] = [];
  let isOver = false;
  while (skipToWord(cursor)) {
    const from = cursor.at;
    const word = readWord(cursor);
    isOver ||= /^(\||\|\||&&|;|&|>|>>|2>.*|#.*)$/.test(text.slice(from, cursor.at));
    if (!isOver) words.push(new Piece(word, from, cursor.at));
  }
  return { words, end: cursor.at, unclosed: cursor.unclosed };
}

interface Cursor {
  readonly text: string;
  readonly limit: number;
  readonly isCmd: boolean;
  at: number;
  unclosed: number | undefined;
}

/** cmd escapes with `^`: its lines end with one. In any other command a caret is a character. */
function isCmdStyle(text: string, start: number, limit: number): boolean {
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return text.charAt(lastInk(text, start, at)) === '^';
  }
  return text.slice(start, limit).includes('^"');
}

function lastInk(text: string, start: number, end: number): number {
  let at = end - 1;
  while (at > start && isBlankCode(text.charCodeAt(at))) at--;
  return at;
}

/** Moves to the next word of the command; false when it has ended. */
function skipToWord(cursor: Cursor): boolean {
  const { text, limit } = cursor;
  while (cursor.at < limit) {
    const code = text.charCodeAt(cursor.at);
    const behind = lineContinuation(cursor);
    if (behind !== undefined) cursor.at = behind;
    else if (isLineEnd(code)) return false;
    else if (isBlankCode(code)) cursor.at++;
    else return true;
  }
  return false;
}

/** Offset of the next line when an escape stands at the end of this one, blanks behind it forgiven. */
function lineContinuation({ text, limit, at }: Cursor): number | undefined {
  const mark = text[at];
  if (mark !== '\\' && mark !== '^' && mark !== '`') return undefined;
  let end = at + 1;
  while (end < limit && isBlankCode(text.charCodeAt(end))) end++;
  if (end >= limit || !isLineEnd(text.charCodeAt(end))) return undefined;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

function readWord(cursor: Cursor): string {
  let word = '';
  while (cursor.at < cursor.limit) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (isBlankCode(code) || isLineEnd(code) || lineContinuation(cursor) !== undefined) break;
    word += readPiece(cursor);
  }
  return word;
}

function readPiece(cursor: Cursor): string {
  const { text, at } = cursor;
  const mark = text[at] ?? '';
  if (cursor.isCmd && mark === '^') return readAfterCaret(cursor);
  if (mark === '"') return readDoubleQuoted(cursor);
  if (mark === "'" && !cursor.isCmd) return readSingleQuoted(cursor, 1, false);
  if (mark === '$' && text[at + 1] === "'") return readSingleQuoted(cursor, 2, true);
  if (mark === '{' && text[at + 1] === '{') return readPlaceholder(cursor);
  if (mark === '\\' && !cursor.isCmd && at + 1 < cursor.limit) {
    cursor.at += 2;
    return text[at + 1] ?? '';
  }
  cursor.at++;
  return mark;
}

function readAfterCaret(cursor: Cursor): string {
  cursor.at++;
  if (cursor.text[cursor.at] === '"') return readDoubleQuoted(cursor);
  return cursor.text[cursor.at++] ?? '';
}

/** Blanks inside `{{ }}` do not end a word. */
function readPlaceholder(cursor: Cursor): string {
  const start = cursor.at;
  let end = start + 2;
  while (end < cursor.limit && !cursor.text.startsWith('}}', end) && !isLineEnd(cursor.text.charCodeAt(end))) end++;
  cursor.at = cursor.text.startsWith('}}', end) && end + 2 <= cursor.limit ? end + 2 : start + 2;
  return cursor.text.slice(start, cursor.at);
}

function readSingleQuoted(cursor: Cursor, opening: number, hasEscapes: boolean): string {
  const { text, limit } = cursor;
  const start = cursor.at;
  const pieces: string[] = [];
  let from = start + opening;
  for (let at = from; at < limit; at++) {
    if (text[at] === "'") {
      cursor.at = at + 1;
      return pieces.join('') + text.slice(from, at);
    }
    if (!hasEscapes || text[at] !== '\\') continue;
    const escape = ansiEscape(text, at + 1);
    pieces.push(text.slice(from, at), escape.text);
    at = escape.end - 1;
    from = escape.end;
  }
  return unclosedQuote(cursor, start, pieces.join('') + text.slice(from, limit));
}

function readDoubleQuoted(cursor: Cursor): string {
  if (cursor.isCmd) return readCmdQuoted(cursor);
  const { text, limit } = cursor;
  const start = cursor.at;
  const pieces: string[] = [];
  let from = start + 1;
  for (let at = from; at < limit; at++) {
    const mark = text[at];
    if (mark === '"') {
      cursor.at = at + 1;
      return pieces.join('') + text.slice(from, at);
    }
    const escaped = text[at + 1] ?? '';
    if (mark !== '\\' || !'"\\$`\n'.includes(escaped)) continue;
    pieces.push(text.slice(from, at), escaped === '\n' ? '' : escaped);
    at += 1;
    from = at + 1;
  }
  return unclosedQuote(cursor, start, pieces.join('') + text.slice(from, limit));
}

/**
 * cmd takes the carets away first, and the program then reads `\"` and `""` as a quote and a backslash before anything else as itself: so
 * `^\^"` of a browser's "Copy as cURL (cmd)" is a quote.
 */
function readCmdQuoted(cursor: Cursor): string {
  const start = cursor.at;
  const pieces: string[] = [];
  let backslashes = 0;
  for (let at = start + 1; at < cursor.limit;) {
    const { mark, next } = behindCaret(cursor.text, at);
    at = next;
    if (mark === '\\') {
      backslashes += 1;
      continue;
    }
    const isQuote = mark === '"';
    pieces.push('\\'.repeat(isQuote ? backslashes >> 1 : backslashes));
    const isEscaped = backslashes % 2 === 1;
    backslashes = 0;
    if (isQuote && !isEscaped) {
      const following = at < cursor.limit ? behindCaret(cursor.text, at) : undefined;
      if (following?.mark !== '"') {
        cursor.at = at;
        return pieces.join('');
      }
      at = following.next;
    }
    pieces.push(mark);
  }
  return unclosedQuote(cursor, start, pieces.join('') + '\\'.repeat(backslashes));
}

/** The character at `at`, its caret taken off; a caret before a line's end also hides that end. */
function behindCaret(text: string, at: number): { readonly mark: string; readonly next: number } {
  let from = at;
  if (text[from] === '^') from = lineEndBehind(text, from + 1);
  const next = text.startsWith('\r\n', from) ? from + 2 : from + 1;
  return { mark: next - from === 2 ? '\n' : (text[from] ?? ''), next };
}

function lineEndBehind(text: string, at: number): number {
  if (text.startsWith('\r\n', at)) return at + 2;
  return isLineEnd(text.charCodeAt(at)) ? at + 1 : at;
}

function unclosedQuote(cursor: Cursor, start: number, word: string): string {
  cursor.unclosed ??= start;
  cursor.at = cursor.limit;
  return word;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
};

/** The escapes of `$'…'` (ANSI-C quoting of bash), read behind the backslash. */
function ansiEscape(text: string, at: number): { text: string; end: number } {
  const coded = /^(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8}))/i.exec(text.slice(at, at + 9));
  const digits = coded?.[1] ?? coded?.[2] ?? coded?.[3];
  if (coded && digits) {
    const point = Math.min(Number.parseInt(digits, 16), 0x10ffff);
    return { text: String.fromCodePoint(point), end: at + coded[0].length };
  }
  const mark = text[at] ?? '';
  return { text: simpleEscapes[mark] ?? mark, end: at + 1 };
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}
