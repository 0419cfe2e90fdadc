import type { LargeText } from './largeText.ts';

const space = 0x20;
const lineFeed = 0x0a;

/**
 * The last line of what begins at the end of `line`: those behind it that are indented deeper. `undefined` when none is.
 * Text that was re-indented is folded by its structure so.
 */
export function foldEnd(text: LargeText, line: number): number | undefined {
  const start = text.lineStart(line);
  const indentation = indentationAt(text, start);
  let at = nextLine(text, start);
  let last = line;
  while (at !== undefined && indentationAt(text, at) > indentation) {
    last++;
    at = nextLine(text, at);
  }
  return last > line ? last : undefined;
}

/** An empty line belongs to what is around it. */
function indentationAt(text: LargeText, start: number): number {
  const piece = text.file.piece(start);
  let count = 0;
  while (count < piece.length && piece[count] === space) count++;
  return count === piece.length || piece[count] === lineFeed ? Infinity : count;
}

function nextLine(text: LargeText, start: number): number | undefined {
  for (let at = start; at < text.index.bytes;) {
    const piece = text.file.piece(at);
    const found = piece.indexOf(lineFeed);
    if (found >= 0) return at + found + 1 < text.index.bytes ? at + found + 1 : undefined;
    at += piece.length;
  }
  return undefined;
}
