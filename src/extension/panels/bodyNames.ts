import * as vscode from 'vscode';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import { loadPresent } from '../loadEngine.ts';

/** What the body of a hop (numbers from 1) is called as a file. */
export function bodyName(view: ExchangeView, number: number): string {
  const hop = view.hops[number - 1];
  const header = (wanted: string) => hop?.responseHeaders.find(({ name }) => name.toLowerCase() === wanted)?.value;
  return loadPresent().bodyFileName({
    url: hop?.url ?? '',
    contentDisposition: header('content-disposition'),
    contentType: header('content-type'),
  });
}

/** Where the save dialog begins: in the folder of the workspace, when there is one. */
export function saveName(view: ExchangeView, number: number): vscode.Uri {
  const name = bodyName(view, number);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(name);
}
