import type { Block, HttpDocument } from '../../../src/core/syntax/ast.ts';
import type { LineMap } from '../../../src/core/text/lineMap.ts';

/** A tree as data that can be compared. Blocks that stand elsewhere are moved when they are looked at: here each field is. */
export function plainTree(document: HttpDocument) {
  return {
    blocks: document.blocks.map(plainBlock),
    variables: document.variables,
    problems: document.problems,
    lines: startsOf(document.lines),
  };
}

/** Where each line begins. */
export function startsOf(map: LineMap): readonly number[] {
  return Array.from({ length: map.lineCount }, (_, line) => map.startOf(line));
}

function plainBlock(block: Block): Block {
  const { kind, span, separator, title, tags, variables, imports, scripts, outputs, request, problems } = block;
  return { kind, span, separator, title, tags, variables, imports, scripts, outputs, request, problems };
}
