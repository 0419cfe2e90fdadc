import { Piece, spannedText, type SpannedText } from '../text/span.ts';
import { isHeaderLooking, isWellKnownHeader } from './headerLines.ts';
import { type RequestLine, splitVersion } from './requestLine.ts';
import { skipBlanksBack, type SourceLines } from './sourceLines.ts';

/** A target that grows line by line. */
export interface TargetDraft {
  readonly pieces: SpannedText[];
  httpVersion: SpannedText | undefined;
}

export function targetDraft(line: RequestLine): TargetDraft {
  return { pieces: line.target.text === '' ? [] : [line.target], httpVersion: line.httpVersion };
}

/** The pieces joined without anything between them, as one text with the span of all. */
export function joinedTarget(draft: TargetDraft, line: RequestLine): SpannedText {
  const first = draft.pieces[0] ?? line.target;
  if (draft.pieces.length < 2) return first;
  const last = draft.pieces.at(-1) ?? line.target;
  const text = draft.pieces.map((piece) => piece.text).join('');
  return new Piece(text, first.span.start, last.span.end);
}

/** Adds the line to the target when it continues it (C10). */
export function continueTarget(source: SourceLines, line: number, draft: TargetDraft): boolean {
  if (!continuesTarget(source, line, draft)) return false;
  const { text } = source;
  const start = source.indent(line);
  const split = splitVersion(text, start, skipBlanksBack(text, start, source.end(line)));
  if (split.end > start) draft.pieces.push(spannedText(text, start, split.end));
  if (split.version) draft.httpVersion ??= spannedText(text, split.version.start, split.version.end);
  return true;
}

function continuesTarget(source: SourceLines, line: number, draft: TargetDraft): boolean {
  const { text } = source;
  const start = source.indent(line);
  const code = text.charCodeAt(start);
  // `?? status == 200` is an assertion of httpYac; a single mark continues the query at any column.
  if (code === 38 || code === 63) return text.charCodeAt(start + 1) !== 63;
  if (start === source.start(line) || draft.httpVersion) return false;
  if (code === 47 || draft.pieces.length === 0) return true;
  const open = openEnd(draft);
  if (isHeaderLooking(source, line)) {
    // A URL that ends with `/` is often complete: a header that everybody knows is one even there.
    return open !== undefined && (open !== '/' || !isWellKnownHeader(source, line));
  }
  return open !== undefined || !beginsBody(text, start);
}

/** The last character of the target when it asks for more: one of `? & = /`. */
function openEnd(draft: TargetDraft): string | undefined {
  const last = draft.pieces.at(-1)?.text.at(-1);
  return last !== undefined && '?&=/'.includes(last) ? last : undefined;
}

/** What begins a body (C11), a script or an output, and no part of a URL. */
function beginsBody(text: string, at: number): boolean {
  const mark = text[at] ?? '';
  if (mark === '{' || mark === '[') return text[at + 1] !== mark;
  return mark === '"' || mark === '<' || mark === '>' || mark === '@';
}
