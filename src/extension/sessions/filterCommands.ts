import * as vscode from 'vscode';
import type { SessionParts } from './sessionParts.ts';

/** The filter of the session view; a tree of the editor has no box for it, so its state shows in the view's message. */
export const filterCommands = ({ tree }: SessionParts) => ({
  filterSession: async () => {
    const text = await vscode.window.showInputBox({
      title: vscode.l10n.t('Filter the session view'),
      prompt: vscode.l10n.t('A part of a name, a domain or a path. Empty shows everything.'),
      value: tree.model.filter,
    });
    if (text !== undefined) tree.setFilter(text);
  },
  clearSessionFilter: () => tree.setFilter(''),
});
