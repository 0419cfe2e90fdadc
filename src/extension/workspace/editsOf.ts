import type * as vscode from 'vscode';
import type { TextEdit } from '../../core/text/mapOffset.ts';

/**
 * The changes of one event as edits made one after another. VS Code gives them in the coordinates of the text before all of them: the last
 * one of the text first, none moves another.
 */
export function editsOf({ contentChanges }: vscode.TextDocumentChangeEvent): readonly TextEdit[] {
  return [...contentChanges]
    .sort((a, b) => b.rangeOffset - a.rangeOffset)
    .map((change) => ({ offset: change.rangeOffset, length: change.rangeLength, inserted: change.text.length }));
}
