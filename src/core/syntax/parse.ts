import type { Span } from '../text/span.ts';
import type { Block, HttpDocument, VariableNode } from './ast.ts';
import { readBlock } from './block.ts';
import { withDocumentProblems } from './documentProblems.ts';
import { separatorTest } from './separators.ts';
import { SourceLines } from './sourceLines.ts';

/**
 * Parses a request file (GRAMMAR section 3). Total: any text gives a document, mistakes become problems. Linear in the length of the
 * text, synchronous, and without memory of earlier texts. A byte order mark belongs to the first line's blanks.
 */
export function parse(text: string): HttpDocument {
  const source = new SourceLines(text);
  const { blocks, prose } = readBlocks(source);
  const checked = withDocumentProblems(text, blocks, prose);
  return { text, lines: source.map, blocks: checked, variables: variablesOf(checked), problems: problemsOf(checked) };
}

/** Cuts the lines at their separators and reads what stands between; `prose` has the blocks that hold stray text, by index. */
function readBlocks(source: SourceLines): { blocks: Block[]; prose: Map<number, Span> } {
  const blocks: Block[] = [];
  const prose = new Map<number, Span>();
  const isSeparator = separatorTest(source);
  for (let first = 0; first < source.count;) {
    let end = first + 1;
    while (end < source.count && !isSeparator(end)) end++;
    let separated = first > 0 || isSeparator(0);
    // C17: one range may hold several requests; only the first of them stands below the separator.
    while (first < end) {
      const read = readBlock(source, first, end, separated);
      if (read.prose) prose.set(blocks.length, read.prose);
      blocks.push(read.block);
      first = read.next;
      separated = false;
    }
  }
  return { blocks, prose };
}

function variablesOf(blocks: readonly Block[]): VariableNode[] {
  const variables: VariableNode[] = [];
  for (const block of blocks) for (const variable of block.variables) variables.push(variable);
  return variables;
}

function problemsOf(blocks: readonly Block[]): Block['problems'] {
  const problems: Block['problems'][number][] = [];
  for (const block of blocks) for (const problem of block.problems) problems.push(problem);
  return problems.sort((a, b) => a.span.start - b.span.start);
}
