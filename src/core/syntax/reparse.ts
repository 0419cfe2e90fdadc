import type { LineMap } from '../text/lineMap.ts';
import type { TextEdit } from '../text/mapOffset.ts';
import type { Problem } from '../text/problem.ts';
import type { Block, HttpDocument, VariableNode } from './ast.ts';
import type { ReadPart } from './block.ts';
import { blocksOf, readBlocks } from './readBlocks.ts';
import { SourceLines } from './sourceLines.ts';

/** A document with what a later parse of nearly the same text can take over. */
export interface ParsedParts {
  readonly document: HttpDocument;
  readonly parts: readonly ReadPart[];
}

/** Parses all of a text. */
export function parseParts(text: string): ParsedParts {
  const source = new SourceLines(text);
  const parts = readBlocks(source);
  return { document: new ParsedDocument(text, source.map, parts), parts };
}

/**
 * Parses `text`, which `edit` made out of the text of `before`. Only what stands between the nearest separators around the edit is read;
 * the result is what `parseParts` gives. Where the edit may move a separator elsewhere (C2 looks ahead), everything is read.
 */
export function reparse(before: ParsedParts, edit: TextEdit, text: string): ParsedParts {
  const { document: old, parts } = before;
  const lines = old.lines.edited(edit, text);
  const delta = edit.inserted - edit.length;
  const first = firstTouched(before, edit.offset);
  const next = firstUntouched(before, edit.offset + edit.length, first);
  const start = startOf(parts[first]);
  const end = next < parts.length ? startOf(parts[next]) + delta : text.length;
  if (text.length - old.text.length !== delta || looksBeyond(text, lines, start, end)) return parseParts(text);
  const inner = readRegion(text, start, end, next < parts.length);
  // Of thousands of parts a spread would cost more than everything else here.
  const moved = parts.slice(next).map(({ block, prose, shift }) => ({ block, prose, shift: shift + delta }));
  const all = parts.slice(0, first).concat(inner, moved);
  return { document: new ParsedDocument(text, lines, all), parts: all };
}

/** Lists over all blocks are put together when somebody asks for them: between two keystrokes often nobody does. */
class ParsedDocument implements HttpDocument {
  readonly text: string;
  readonly lines: LineMap;
  readonly #parts: readonly ReadPart[];
  #blocks: readonly Block[] | undefined;
  #variables: readonly VariableNode[] | undefined;
  #problems: readonly Problem[] | undefined;

  constructor(text: string, lines: LineMap, parts: readonly ReadPart[]) {
    this.text = text;
    this.lines = lines;
    this.#parts = parts;
  }

  get blocks(): readonly Block[] {
    this.#blocks ??= blocksOf(this.text, this.#parts);
    return this.#blocks;
  }

  get variables(): readonly VariableNode[] {
    this.#variables ??= all(this.blocks, (block) => block.variables);
    return this.#variables;
  }

  get problems(): readonly Problem[] {
    this.#problems ??= all(this.blocks, (block) => block.problems).sort((a, b) => a.span.start - b.span.start);
    return this.#problems;
  }
}

function all<T>(blocks: readonly Block[], of: (block: Block) => readonly T[]): T[] {
  const found: T[] = [];
  for (const block of blocks) for (const item of of(block)) found.push(item);
  return found;
}

function startOf(part: ReadPart | undefined): number {
  return part ? part.block.span.start + part.shift : 0;
}

/** The last part at or above the edit that begins with `###` at column 0, none of the three touched; else the first of the file. */
function firstTouched({ document, parts }: ParsedParts, offset: number): number {
  let index = lastStartingAt(parts, offset - 3);
  while (index > 0 && !isPlainSeparator(document.text, parts[index])) index--;
  return Math.max(index, 0);
}

/** The first such part below the edit whose line break above it is untouched too. */
function firstUntouched({ document, parts }: ParsedParts, end: number, first: number): number {
  let index = Math.max(lastStartingAt(parts, end) + 1, first + 1);
  while (index < parts.length && !isPlainSeparator(document.text, parts[index])) index++;
  return index;
}

function isPlainSeparator(text: string, part: ReadPart | undefined): boolean {
  return part?.block.separator !== undefined && text.charCodeAt(startOf(part)) === 35;
}

/** Index of the last part that starts at or before `offset`, -1 when there is none. */
function lastStartingAt(parts: readonly ReadPart[], offset: number): number {
  let low = -1;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(parts[middle]) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The separator that follows is read along, so that the last block ends where it does in the whole text, and left out again. */
function readRegion(text: string, start: number, end: number, hasMore: boolean): ReadPart[] {
  const source = new SourceLines(text.slice(start, hasMore ? end + 3 : end));
  const parts = readBlocks(source).map((part) => ({ ...part, shift: start }));
  return hasMore ? parts.slice(0, -1) : parts;
}

/**
 * C2: an indented `###` separates when a request line is the next that counts. One whose look ahead reaches from above into the region,
 * or out of it, cannot be judged by the region alone.
 */
function looksBeyond(text: string, lines: LineMap, start: number, end: number): boolean {
  return waitsForMore(text, lines, start) || (end < text.length && waitsForMore(text, lines, end));
}

/** Whether an indented `###` stands above `offset` with nothing but blank lines, comments and variables in between. */
function waitsForMore(text: string, lines: LineMap, offset: number): boolean {
  const last = lines.lineAt(offset) - 1;
  for (let line = last; line >= 0; line--) {
    const start = lines.startOf(line);
    const head = text.slice(start, Math.min(lines.startOf(line + 1), start + longestIndent));
    if (!/^[ \t\f\v\u00a0\ufeff]*(?:#|\/\/|@|[\r\n]|$)/.test(head)) return false;
    // More comments or blanks than anybody writes: reading everything is right, if slow.
    if (/^[ \t\f\v\u00a0\ufeff]+(?:###|$)/.test(head) || last - line > mostComments) return true;
  }
  return false;
}

const longestIndent = 500;
const mostComments = 1000;
