import * as vscode from 'vscode';
import type { Block, HttpDocument } from '../../core/syntax/ast.ts';
import { spansOverlap } from '../../core/text/span.ts';

/** Our choice: a document of so many blocks is looked at whole; of a longer one only what an editor shows. */
const mostBlocks = 200;

/** Whether what is found out about the blocks of a document depends on where its editors are scrolled to. */
export function isLong(tree: HttpDocument): boolean {
  return tree.blocks.length > mostBlocks;
}

/** All blocks of a document, or of a long one those that are in sight; none when no editor shows it. */
export function blocksInSight(document: vscode.TextDocument, tree: HttpDocument): readonly Block[] {
  if (!isLong(tree)) return tree.blocks;
  const ranges = vscode.window.visibleTextEditors.flatMap((editor) =>
    editor.document === document ? editor.visibleRanges : [],
  );
  const shown = ranges.map(({ start, end }) => ({
    start: tree.lines.startOf(start.line),
    end: tree.lines.startOf(end.line + 1),
  }));
  return tree.blocks.filter(({ span }) => shown.some((each) => spansOverlap(each, span)));
}
