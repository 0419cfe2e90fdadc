import * as vscode from 'vscode';
import { findRequest } from '../../core/syntax/query.ts';
import type { Documents } from '../workspace/documents.ts';
import { placeOf } from '../workspace/place.ts';

/** Finds the request called `id` in open files first, then in the folder's files; undefined when there is none. */
export async function findRequestByName(
  documents: Documents,
  folder: string,
  id: string,
): Promise<{ document: vscode.TextDocument; offset: number } | undefined> {
  const open = vscode.workspace.textDocuments.filter((document) => document.languageId === 'http');
  const known = new Set(open.map(({ uri }) => uri.toString()));
  const files = await vscode.workspace.findFiles('**/*.{http,rest}', '**/node_modules/**', 500);
  const others = files.filter((uri) => !known.has(uri.toString()));
  for (const candidate of [...open, ...others]) {
    const document = 'uri' in candidate ? candidate : await vscode.workspace.openTextDocument(candidate);
    if (placeOf(document).folder !== folder) continue;
    const block = findRequest(documents.parse(document), id, 0);
    if (block) return { document, offset: block.request.line.start };
  }
  return undefined;
}

/** Opens the file of the request called `id` at its line; says so when it is gone. */
export async function goToRequest(documents: Documents, folder: string, id: string | undefined): Promise<void> {
  const found = id === undefined ? undefined : await findRequestByName(documents, folder, id);
  if (!found) {
    await vscode.window.showInformationMessage(vscode.l10n.t('The request {0} is no longer in this folder.', id ?? ''));
    return;
  }
  const position = found.document.positionAt(found.offset);
  await vscode.window.showTextDocument(found.document, { selection: new vscode.Range(position, position) });
}
