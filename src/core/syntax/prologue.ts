import type { Span } from '../text/span.ts';
import type { ImportNode } from './ast.ts';
import type { BlockDraft } from './blockDraft.ts';
import { isCurlLine, isExplicitRequestLine, readRequestLine, type RequestLine } from './requestLine.ts';
import { readFileScript, readInlineScript, readJsBlock, type ReadScript } from './scriptLines.ts';
import { skipBlanks, skipWord, type SourceLines, trimmedText } from './sourceLines.ts';
import { syntaxProblem } from './syntaxProblem.ts';
import { readTag } from './tagLine.ts';
import { readVariable } from './variableLine.ts';

/** Where the prologue of a block ended, and what stands there. */
export interface PrologueEnd {
  readonly line: number;
  readonly found: RequestLine | 'curl' | 'response' | 'nothing';
}

/** Reads everything above the request line into `draft`. */
export function readPrologue(source: SourceLines, first: number, limit: number, draft: BlockDraft): PrologueEnd {
  let line = first;
  while (line < limit) {
    const found = requestOrResponseAt(source, line, limit, draft);
    if (found) return { line, found };
    line = readPrologueLine(source, line, limit, draft);
  }
  return { line: limit, found: 'nothing' };
}

/** `HTTP/1.1 200 …`: what follows is a response that somebody pasted. */
export function isStatusLine(source: SourceLines, line: number): boolean {
  const start = source.indent(line);
  if (!source.text.startsWith('HTTP/', start)) return false;
  return /^HTTP\/\d(\.\d)?[ \t]+\d{3}(?!\d)/.test(source.text.slice(start, Math.min(source.end(line), start + 24)));
}

function requestOrResponseAt(
  source: SourceLines,
  line: number,
  limit: number,
  draft: BlockDraft,
): RequestLine | 'curl' | 'response' | undefined {
  const start = source.indent(line);
  const code = source.text.charCodeAt(start);
  // Blank lines, comments, variables and scripts are the many; none of them begins a request.
  if (source.isBlank(line) || code === 35 || code === 64 || code === 60 || code === 62) return undefined;
  if (code === 47 && (source.isComment(line) || source.text.charCodeAt(start + 1) === 42)) return undefined;
  if (isStatusLine(source, line) && !draft.prose) return 'response';
  // Behind prose a line must prove itself with a method and a URL: documentation quotes paths and addresses.
  if (draft.prose && !isExplicitRequestLine(source, line)) return undefined;
  if (code === 123 && readJsBlock(source, line, limit)) return undefined;
  return isCurlLine(source, line) ? 'curl' : readRequestLine(source, line);
}

/** Reads one construct of the prologue and returns the line behind it. */
function readPrologueLine(source: SourceLines, line: number, limit: number, draft: BlockDraft): number {
  if (source.isBlank(line)) return line + 1;
  const start = source.indent(line);
  if (source.isComment(line)) {
    const tag = readTag(source, line);
    if (tag) draft.tags.push(tag);
    return line + 1;
  }
  const code = source.text.charCodeAt(start);
  if (code === 64) return readVariableLine(source, line, draft);
  const script = readScriptAt(source, line, limit);
  if (script) return keepScript(script, draft);
  return readBlockComment(source, line, limit) ?? readImport(source, line, draft) ?? readProse(source, line, draft);
}

export function readVariableLine(source: SourceLines, line: number, draft: BlockDraft): number {
  const variable = readVariable(source, line);
  if (variable) draft.variables.push(variable);
  else draft.problems.push(syntaxProblem('malformed-variable', source.trimmed(line).span));
  return line + 1;
}

function readScriptAt(source: SourceLines, line: number, limit: number): ReadScript | undefined {
  const inline = readInlineScript(source, line, limit, '<') ?? readInlineScript(source, line, limit, '>');
  if (inline) return inline;
  const file = readFileScript(source, line, '<') ?? readFileScript(source, line, '>');
  return file ? { script: file, next: line + 1, closed: true } : readJsBlock(source, line, limit);
}

/** Scripts are kept with what is to be said about them; whether a handler runs after all is decided by its source. */
export function keepScript({ script, next, closed }: ReadScript, draft: BlockDraft): number {
  draft.scripts.push(script);
  if (!closed)
    draft.problems.push(syntaxProblem('unclosed-script', script.span, script.kind === 'js-block' ? '}}' : '%}'));
  return next;
}

// httpYac's block comment reaches down to the line of its end. Without an end it is no comment.
function readBlockComment(source: SourceLines, line: number, limit: number): number | undefined {
  const start = source.indent(line);
  if (!source.text.startsWith('/*', start)) return undefined;
  const close = source.find('*/', start + 2, source.end(limit - 1));
  return close === -1 ? undefined : source.map.lineAt(close) + 1;
}

/** `import ./other.http`, `run #name (@host=…)`; prose that begins with one of these words names no file. */
function readImport(source: SourceLines, line: number, draft: BlockDraft): number | undefined {
  const { text } = source;
  const start = source.indent(line);
  const end = source.end(line);
  const wordEnd = skipWord(text, start, end);
  const keyword = text.slice(start, Math.min(wordEnd, start + 7));
  if (keyword !== 'import' && keyword !== 'run') return undefined;
  const target = trimmedText(text, skipBlanks(text, wordEnd, end), end);
  if (!/^(#\s*\S|\.{0,2}\/|~|[^\s]+\.(http|rest)\b)/.test(target.text)) return undefined;
  const node: ImportNode = { keyword, target, span: { start, end: target.span.end } };
  draft.imports.push(node);
  return line + 1;
}

function readProse(source: SourceLines, line: number, draft: BlockDraft): number {
  if (!draft.prose) draft.prose = proseSpan(source, line);
  return line + 1;
}

function proseSpan(source: SourceLines, line: number): Span {
  return source.trimmed(line).span;
}
