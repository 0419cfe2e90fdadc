import * as vscode from 'vscode';
import type { Replacement } from '../../core/features/replacement.ts';
import type { LineMap } from '../../core/text/lineMap.ts';
import type { Span } from '../../core/text/span.ts';
import { languageId } from '../contributions.ts';

/** The documents that language features are for. */
export const httpDocuments: vscode.DocumentSelector = { language: languageId };

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

export function spanOf(document: vscode.TextDocument, range: vscode.Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

/** For a file that no editor has open. */
export function rangeIn(lines: LineMap, { start, end }: Span): vscode.Range {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return new vscode.Range(from.line, from.character, to.line, to.character);
}

export function textEdits(document: vscode.TextDocument, replacements: readonly Replacement[]): vscode.TextEdit[] {
  return replacements.map(({ span, text }) => vscode.TextEdit.replace(rangeOf(document, span), text));
}
