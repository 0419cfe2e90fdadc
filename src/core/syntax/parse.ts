import type { Block, HttpDocument } from './ast.ts';
import { type DraftedBlock, readBlock } from './block.ts';
import { checkDocument } from './documentProblems.ts';
import { separatedRanges } from './separators.ts';
import { SourceLines } from './sourceLines.ts';

/**
 * Parses a request file (GRAMMAR section 3). Total: any text gives a document, mistakes become problems. Linear in the length of the
 * text, synchronous, and without memory of earlier texts. A byte order mark belongs to the first line's blanks.
 */
export function parse(text: string): HttpDocument {
  const source = new SourceLines(text);
  const drafted: DraftedBlock[] = [];
  for (const range of separatedRanges(source)) {
    for (let line = range.first; line < range.end; ) {
      const block = readBlock(source, line, range.end, line === range.first && range.separated);
      drafted.push(block);
      line = block.next;
    }
  }
  checkDocument(drafted);
  const blocks: Block[] = drafted.map((draft) => draft.block);
  return {
    text,
    lines: source.map,
    blocks,
    variables: blocks.flatMap((block) => block.variables),
    problems: blocks.flatMap((block) => block.problems).sort((a, b) => a.span.start - b.span.start),
  };
}
