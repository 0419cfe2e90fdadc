import type { Block, HttpDocument } from '../syntax/ast.ts';
import { originOf } from '../syntax/shiftedBlock.ts';
import type { Span } from '../text/span.ts';

/** How a feature finds things block by block. */
export interface BlockReader<T> {
  readonly read: (block: Block, document: HttpDocument) => readonly T[];
  /** The item when its block has moved by so many characters and lines. */
  readonly moved: (item: T, by: number, byLines: number) => T;
}

interface Found<T> {
  readonly at: number;
  readonly line: number;
  readonly items: readonly T[];
}

/**
 * All that `read` finds in a document, in order of the blocks. A block that stands unchanged is not read again, wherever edits elsewhere
 * move it to: with thousands of blocks that is what makes a keystroke cheap.
 */
export function perBlock<T>({ read, moved }: BlockReader<T>): (document: HttpDocument) => T[] {
  const known = new WeakMap<Block, Found<T>>();
  return (document) => {
    const all: T[] = [];
    for (const block of document.blocks) {
      const origin = originOf(block);
      const at = block.span.start;
      const line = document.lines.lineAt(at);
      let found = known.get(origin);
      if (found?.at !== at || found.line !== line) {
        found = { at, line, items: found ? movedItems(found, at, line, moved) : read(block, document) };
        known.set(origin, found);
      }
      for (const item of found.items) all.push(item);
    }
    return all;
  };
}

function movedItems<T>(found: Found<T>, at: number, line: number, moved: BlockReader<T>['moved']): readonly T[] {
  if (found.items.length === 0) return found.items;
  return found.items.map((item) => moved(item, at - found.at, line - found.line));
}

export function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
