import type { Problem } from '../text/problem.ts';
import type { Block } from './ast.ts';
import { readBlock, type ReadPart } from './block.ts';
import { BlockDraft } from './blockDraft.ts';
import { documentProblems } from './documentProblems.ts';
import { separatorTest } from './separators.ts';
import { ShiftedBlock } from './shiftedBlock.ts';
import type { SourceLines } from './sourceLines.ts';

/** Cuts the lines at their separators and reads what stands between. */
export function readBlocks(source: SourceLines): ReadPart[] {
  const parts: ReadPart[] = [];
  const isSeparator = separatorTest(source);
  const draft = new BlockDraft();
  for (let first = 0; first < source.count;) {
    let end = first + 1;
    while (end < source.count && !isSeparator(end)) end++;
    let separated = first > 0 || isSeparator(0);
    // C17: one range may hold several requests; only the first of them stands below the separator.
    while (first < end) {
      parts.push(readBlock(source, first, end, separated, draft));
      first = draft.next;
      separated = false;
    }
  }
  return parts;
}

/** The blocks of a document with all that is to be said about them. */
export function blocksOf(text: string, parts: readonly ReadPart[]): readonly Block[] {
  const { isForeign, found } = documentProblems(text, parts);
  return parts.map(({ block, shift }, index) => {
    const problems = withMore(isForeign ? [] : block.problems, found.get(index));
    // A copy with more problems would be another block to those who remember what they found in this one.
    return shift === 0 && problems === block.problems ? block : new ShiftedBlock(block, shift, problems);
  });
}

function withMore(problems: readonly Problem[], more: readonly Problem[] | undefined): readonly Problem[] {
  return more ? [...problems, ...more] : problems;
}
