import * as vscode from 'vscode';
import { englishStrings } from '../../protocol/strings.ts';

/** The response view's texts in the user's language; English where no translation stands. */
export function viewStrings(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(englishStrings).map(([key, text]) => [key, vscode.l10n.t(text)]));
}
