import type { BodyNode, BodyPart } from './ast.ts';
import type { BodyMedia } from './bodyMedia.ts';
import type { BodyScan, ScriptLines } from './bodyScan.ts';
import { skipBlanks, type SourceLines, trimmedText } from './sourceLines.ts';

/**
 * The body of the lines `first` to `end`, blank lines around it left out (C13). The line break behind a file part belongs to the
 * text part that follows it, so that the parts put one behind the other give the body.
 */
export function readBody(
  source: SourceLines,
  first: number,
  end: number,
  scan: BodyScan,
  media: BodyMedia,
): BodyNode | undefined {
  const from = media.isMultipart ? behindHead(source, first, end) : skipBlankLines(source, first, end);
  const to = lastInkLine(source, from, end);
  if (to < from) return undefined;
  const span = source.span(from, to);
  const handlers = handlersWithin(scan, end);
  // Most bodies are text and nothing else; their lines need not be looked at again.
  if (handlers.length === 0 && !scan.hasAngles) {
    return { span, parts: [{ kind: 'text', text: source.text.slice(span.start, span.end), span }] };
  }
  return { span, parts: partsOf(source, from, to, handlers) };
}

/** Handlers among the lines of the body: `> {%` at column 0 is one anywhere (C15), and no part of what is sent. */
export function handlersWithin(scan: BodyScan, end: number): readonly ScriptLines[] {
  if (scan.scripts.length === 0) return scan.scripts;
  return scan.scripts.filter((script) => script.script.kind === 'handler' && script.first < end);
}

/** The preamble of a multipart body is left as it is; only the line that ends the head is no part of it. */
function behindHead(source: SourceLines, first: number, end: number): number {
  return first < end && source.isBlank(first) ? first + 1 : first;
}

function skipBlankLines(source: SourceLines, first: number, end: number): number {
  let line = first;
  while (line < end && source.isBlank(line)) line++;
  return line;
}

function lastInkLine(source: SourceLines, first: number, end: number): number {
  let line = end - 1;
  while (line >= first && source.isBlank(line)) line--;
  return line;
}

function partsOf(source: SourceLines, first: number, last: number, handlers: readonly ScriptLines[]): BodyPart[] {
  const parts: BodyPart[] = [];
  let textStart = source.start(first);
  let index = handlers.findIndex((handler) => handler.first >= first);
  for (let line = first; line <= last; line++) {
    const handler = handlers[index];
    const file = readFilePart(source, line);
    if (handler?.first === line) {
      pushText(parts, source, textStart, source.start(line));
      line = handler.next - 1;
      textStart = source.start(handler.next);
      index++;
    } else if (file) {
      pushText(parts, source, textStart, source.start(line));
      parts.push(file);
      textStart = source.end(line);
    }
  }
  pushText(parts, source, textStart, source.end(last));
  return parts;
}

function pushText(parts: BodyPart[], source: SourceLines, start: number, end: number): void {
  if (end > start) parts.push({ kind: 'text', text: source.text.slice(start, end), span: { start, end } });
}

/** `< path`, `<@ path`, `<@latin1 path` at column 0. `< b/>` is markup, and `<./file` without a blank is text. */
function readFilePart(source: SourceLines, line: number): BodyPart | undefined {
  const { text } = source;
  const start = source.start(line);
  if (text.charCodeAt(start) !== 60) return undefined;
  const end = source.end(line);
  const substitute = text.charCodeAt(start + 1) === 64;
  const encodingEnd = substitute ? skipEncoding(text, start + 2, end) : start + 1;
  const from = skipBlanks(text, encodingEnd, end);
  if (from === encodingEnd || from === end) return undefined;
  const path = trimmedText(text, from, end);
  if (path.text.startsWith('{%') || path.text.endsWith('>')) return undefined;
  const encoding = substitute && encodingEnd > start + 2 ? text.slice(start + 2, encodingEnd) : undefined;
  return { kind: 'file', path, substitute, encoding, span: { start, end: path.span.end } };
}

function skipEncoding(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && /[\w-]/.test(text.charAt(at))) at++;
  return at;
}
