import * as vscode from 'vscode';
import { compareScheme, sessionScheme } from '../contributions.ts';
import type { Registration } from '../registration.ts';

/**
 * Documents that this extension makes, as a window that was reloaded finds them. A comparison of responses is read again; a part of a
 * session has lost what it was made from, so its tab is closed, with words.
 */
export function registerVirtualFiles(
  comparedText: (uri: vscode.Uri) => Promise<string>,
  registration: Registration,
): void {
  registration.own(
    vscode.workspace.registerFileSystemProvider(compareScheme, readOnly(comparedText), { isReadonly: true }),
  );
  void closeParts();
}

function readOnly(read: (uri: vscode.Uri) => Promise<string>): vscode.FileSystemProvider {
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: () => new vscode.Disposable(() => undefined),
    watch: () => new vscode.Disposable(() => undefined),
    // The text is made when it is read, and never changes: no fact of it but its being there matters.
    stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 1, size: 1 }),
    readFile: async (uri) => new TextEncoder().encode(await read(uri)),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

/** What somebody has typed into such a document stays: closing would ask about it. */
async function closeParts(): Promise<void> {
  const parts = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input, isDirty }) => !isDirty && schemesOf(input).includes(sessionScheme));
  if (parts.length === 0) return;
  await vscode.window.tabGroups.close(parts, true);
  await vscode.window.showInformationMessage(
    vscode.l10n.t('Parts of sessions that were open are closed: they are opened anew from the session view.'),
  );
}

function schemesOf(input: unknown): readonly string[] {
  if (input instanceof vscode.TabInputText) return [input.uri.scheme];
  return input instanceof vscode.TabInputTextDiff ? [input.original.scheme, input.modified.scheme] : [];
}
