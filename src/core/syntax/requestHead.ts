import type { HeaderNode } from './ast.ts';
import type { BlockDraft } from './blockDraft.ts';
import { foldHeader, readHeader } from './headerLines.ts';
import { keepScript, readVariableLine } from './prologue.ts';
import { isBareRequestLine, type RequestLine } from './requestLine.ts';
import { readInlineScript, readJsBlock } from './scriptLines.ts';
import type { SourceLines } from './sourceLines.ts';
import { syntaxProblem } from './syntaxProblem.ts';
import { readTag } from './tagLine.ts';
import { continueTarget, type TargetDraft, targetDraft } from './targetLines.ts';

/** Request line, continuations and headers. */
export interface RequestHead {
  readonly target: TargetDraft;
  readonly headers: readonly HeaderNode[];
  /** The first line behind the head. */
  readonly next: number;
  /** The last line that holds a part of the head. */
  readonly last: number;
}

/** Reads the lines below the request line until a blank line, or a body without one. */
export function readHead(
  source: SourceLines,
  requestLine: RequestLine,
  first: number,
  limit: number,
  draft: BlockDraft,
): RequestHead {
  const target = targetDraft(requestLine);
  let line = first + 1;
  let last = first;
  while (line < limit && !source.isBlank(line)) {
    if (source.isComment(line)) {
      line++;
      continue;
    }
    const continued = draft.headers.count === 0 && continueTarget(source, line, target);
    if (!continued && endsHead(source, line, limit, draft)) break;
    line = continued ? line + 1 : readHeadLine(source, line, limit, draft);
    last = line - 1;
  }
  keepTags(source, first + 1, line, draft);
  return { target, headers: draft.headers.taken(), next: line, last };
}

/** Reads one line of the head that is neither blank nor a comment, and returns the line behind it. */
function readHeadLine(source: SourceLines, line: number, limit: number, draft: BlockDraft): number {
  if (source.text.charCodeAt(source.indent(line)) === 64) return readVariableLine(source, line, draft);
  const script = readInlineScript(source, line, limit, '<');
  if (script) return keepScript(script, draft);
  const header = readHeader(source, line);
  if (header) draft.headers.push(header);
  else if (!foldLine(source, line, draft)) {
    // C17 asks for a blank line: without one nobody can tell what the lines between two request lines belong to.
    const code = isBareRequestLine(source, line) ? 'request-line-in-head' : 'malformed-header';
    draft.problems.push(syntaxProblem(code, source.trimmed(line).span));
  }
  return line + 1;
}

/** An indented line that is no header belongs to the value above it. */
function foldLine(source: SourceLines, line: number, { headers }: BlockDraft): boolean {
  const previous = headers.last;
  if (previous?.kind !== 'field' || source.indent(line) === source.start(line)) return false;
  headers.replaceLast(foldHeader(previous, source.trimmed(line)));
  return true;
}

/** A body (C11), a handler, an output or an assertion directly below the head. */
function endsHead(source: SourceLines, line: number, limit: number, draft: BlockDraft): boolean {
  const { text } = source;
  const start = source.indent(line);
  // Headers are the many, and nearly all of them begin with a letter.
  if (text.charCodeAt(start) >= 64 && text.charCodeAt(start) < 91) return false;
  const mark = text[start];
  if (mark === '>' || (mark === '?' && text[start + 1] === '?')) return true;
  if (mark === '<' && text[start + 1] === '>') return true;
  if (mark === '<' && readInlineScript(source, line, limit, '<')) return false;
  if (mark === '{' && text[start + 1] === '{') return endsHeadWithBraces(source, line, limit, draft);
  if (mark !== '{' && mark !== '[' && mark !== '<' && mark !== '"') return false;
  return warnOfBody(source, line, draft);
}

/** `{{` begins a script over several lines, a placeholder that stands for a header, or a body. */
function endsHeadWithBraces(source: SourceLines, line: number, limit: number, draft: BlockDraft): boolean {
  if (readJsBlock(source, line, limit)) return true;
  const indented = source.indent(line) > source.start(line);
  return !indented && !readHeader(source, line) && warnOfBody(source, line, draft);
}

function warnOfBody(source: SourceLines, line: number, draft: BlockDraft): true {
  draft.problems.push(syntaxProblem('body-without-blank-line', source.trimmed(line).span));
  return true;
}

function keepTags(source: SourceLines, first: number, limit: number, draft: BlockDraft): void {
  for (let line = first; line < limit; line++) {
    const tag = source.isComment(line) ? readTag(source, line) : undefined;
    if (tag) draft.tags.push(tag);
  }
}
