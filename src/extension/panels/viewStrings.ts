import * as vscode from 'vscode';
import { loadPresent } from '../loadEngine.ts';

/** The response view's texts in the user's language; English where no translation stands. Whoever shows a view has loaded what made it. */
export function viewStrings(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(loadPresent().englishStrings).map(([key, text]) => [key, vscode.l10n.t(text)]),
  );
}
