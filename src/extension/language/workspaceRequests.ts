import * as vscode from 'vscode';
import { isSendable } from '../../core/features/lenses.ts';
import { symbols } from '../../core/features/symbols.ts';
import type { RequestBlock } from '../../core/syntax/ast.ts';
import { wireMethod } from '../../core/syntax/methods.ts';
import { requestBlocks, requestId } from '../../core/syntax/query.ts';
import type { Registration } from '../registration.ts';
import { rangeIn } from './ranges.ts';
import type { RequestFile, RequestTexts } from './requestTexts.ts';

/** Requests and titled sections of all request files, for `Go to Symbol in Workspace`. */
export function registerWorkspaceSymbols(texts: RequestTexts, registration: Registration): void {
  registration.own(
    vscode.languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols: async (query) => (await texts.all()).flatMap((file) => fileSymbols(file, query)),
    }),
  );
}

function fileSymbols({ uri, tree }: RequestFile, query: string): vscode.SymbolInformation[] {
  const pattern = query.toLowerCase();
  return symbols(tree)
    .filter(({ kind, name, detail }) => kind !== 'variable' && holds(`${name} ${detail}`.toLowerCase(), pattern))
    .map(({ kind, name, detail, selection }) => {
      const symbolKind = kind === 'request' ? vscode.SymbolKind.Method : vscode.SymbolKind.Namespace;
      return new vscode.SymbolInformation(
        name,
        symbolKind,
        detail,
        new vscode.Location(uri, rangeIn(tree.lines, selection)),
      );
    });
}

/** All characters in their order, as the editor's own search takes them. */
function holds(text: string, pattern: string): boolean {
  let at = -1;
  return Array.from(pattern).every((character) => (at = text.indexOf(character, at + 1)) !== -1);
}

/** Lets somebody choose a request of the workspace; `undefined` when nothing was chosen. */
export async function pickRequest(
  texts: RequestTexts,
): Promise<{ readonly uri: vscode.Uri; readonly offset: number } | undefined> {
  const rows = (await texts.all()).flatMap((file) =>
    requestBlocks(file.tree)
      .filter(isSendable)
      .map((block) => row(file, block)),
  );
  const chosen = await vscode.window.showQuickPick(rows, {
    placeHolder: vscode.l10n.t('Send which request?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen;
}

function row({ uri, tree }: RequestFile, block: RequestBlock) {
  const line = `${wireMethod(block.request)} ${block.request.target.text}`;
  const id = requestId(block);
  const offset = block.request.line.start;
  return {
    label: id ?? line,
    description: id === undefined ? '' : line,
    detail: `${vscode.workspace.asRelativePath(uri)}:${tree.lines.lineAt(offset) + 1}`,
    uri,
    offset,
  };
}
