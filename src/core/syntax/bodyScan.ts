import type { BodyMedia } from './bodyMedia.ts';
import { isStatusLine } from './prologue.ts';
import { isBareRequestLine } from './requestLine.ts';
import { readInlineScript, readJsBlock, type ReadScript } from './scriptLines.ts';
import { isCommentAt, type SourceLines } from './sourceLines.ts';
import { readTrailingVariable } from './trailingVariable.ts';

/** A script that stands among the lines of a body, from its first line to the line behind it. */
export interface ScriptLines extends ReadScript {
  readonly first: number;
}

/** Where a body ends, seen from above: at the block's end, or where a request line or a pasted response begins (C17). */
export interface BodyScan {
  /** First line that is not of this request any more. */
  readonly end: number;
  /** Handlers and `{{ }}` blocks in order; a `{{ }}` block counts only when nothing but directives follows it. */
  readonly scripts: readonly ScriptLines[];
  /** There is text that is neither a comment nor a file part. */
  readonly hasText: boolean;
  /** Some line begins with `<` and may be a file part. */
  readonly hasAngles: boolean;
}

/** Looks at every line of the body once. */
export function scanBody(source: SourceLines, first: number, limit: number, media: BodyMedia): BodyScan {
  const state: ScanState = {
    source,
    limit,
    media,
    end: first,
    scripts: none,
    hasText: false,
    hasAngles: false,
    hasContent: false,
    tail: first,
  };
  let line: number | undefined = first;
  while (line !== undefined && line < limit) {
    state.end = line;
    line = scanLine(line, state);
  }
  state.end = line === undefined ? (state.tail ?? state.end) : limit;
  return state;
}

/** Most bodies hold no script: they share one list of none. */
const none: ScriptLines[] = [];

interface ScanState extends BodyScan {
  readonly source: SourceLines;
  readonly limit: number;
  readonly media: BodyMedia;
  end: number;
  scripts: ScriptLines[];
  hasText: boolean;
  hasAngles: boolean;
  hasContent: boolean;
  /** First line behind the blank lines that follow the last content; comments and variables from here on belong to what comes. */
  tail: number | undefined;
}

/** Returns the next line to look at, `undefined` when another request begins. */
function scanLine(line: number, state: ScanState): number | undefined {
  const { source } = state;
  const { text } = source;
  const start = source.start(line);
  const code = text.charCodeAt(start);
  // Upper-case letters and closing braces begin most lines of a body that need a look; the rest are told apart by one character.
  if (code === 62 || code === 123) {
    const script = scriptAt(line, state);
    if (script) return passScript(script, line, state);
  }
  if (isDirectiveStart(text, start)) {
    state.tail = undefined;
    return line + 1;
  }
  if (code >= 65 && code <= 90 && state.tail !== undefined && endsBody(line, state)) return undefined;
  if (passesQuietly(line, state)) return line + 1;
  noteContent(line, code, state);
  return line + 1;
}

function scriptAt(line: number, { source, limit }: ScanState): ReadScript | undefined {
  if (source.indent(line) !== source.start(line)) return undefined;
  return readInlineScript(source, line, limit, '>') ?? readJsBlock(source, line, limit);
}

function passScript(script: ReadScript, line: number, state: ScanState): number {
  const lines = { ...script, first: line };
  if (state.scripts.length === 0) state.scripts = [lines];
  else state.scripts.push(lines);
  state.tail = undefined;
  return script.next;
}

/** `>> `, `>>! `, `<>`, `??`: at the end of the block they are directives, and in no case a request follows them unseparated. */
function isDirectiveStart(text: string, start: number): boolean {
  const first = text.charCodeAt(start);
  if (first !== 62 && first !== 60 && first !== 63) return false;
  return text.charCodeAt(start + 1) === (first === 60 ? 62 : first);
}

/** C17, for request lines and, by the same reasoning, for pasted responses below a request. */
function endsBody(line: number, { source, media, hasContent }: ScanState): boolean {
  if (media.forbidsRequests || (hasContent && !media.allowsRequests)) return false;
  return isBareRequestLine(source, line) || isStatusLine(source, line);
}

/** Blank lines, comments and variables do not end a tail, and the first blank line begins one. */
function passesQuietly(line: number, state: ScanState): boolean {
  const { source, media } = state;
  const at = source.indent(line);
  if (at === source.end(line)) {
    if (state.tail === undefined || state.tail === line) state.tail = line + 1;
    return true;
  }
  if (isCommentAt(source.text, at)) {
    if (media.isMarkdown) state.hasText = true;
    return true;
  }
  return state.tail !== undefined && readTrailingVariable(source, line, media) !== undefined;
}

function noteContent(line: number, code: number, state: ScanState): void {
  state.tail = undefined;
  state.hasContent = true;
  if (code === 60) state.hasAngles = true;
  state.hasText ||= code !== 60 || !beginsFilePart(state.source, line);
}

function beginsFilePart(source: SourceLines, line: number): boolean {
  const start = source.start(line);
  return /^<(@[\w-]*)?\s/.test(source.text.slice(start, start + 24));
}
