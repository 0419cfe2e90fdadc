import * as vscode from 'vscode';
import type { AddressedDocument, Neighbours } from '../../core/features/occurrences.ts';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import type { LanguageHost } from './languageHost.ts';
import type { RequestTexts } from './requestTexts.ts';

/** The files that share names with a document: those it imports or that import it, the rest of the workspace, the environment. */
export async function neighboursOf(
  document: vscode.TextDocument,
  host: LanguageHost,
  texts: RequestTexts,
): Promise<Neighbours> {
  const own = document.uri.toString();
  const files = (await texts.fresh()).filter(({ uri }) => uri.toString() !== own);
  const imported = importedUris(document.uri, host.parse(document));
  const isLinked = ({ uri, tree }: (typeof files)[number]): boolean =>
    imported.has(uri.toString()) || importedUris(uri, tree).has(own);
  const addressed = ({ uri, tree }: (typeof files)[number]): AddressedDocument => ({
    address: uri.toString(),
    document: tree,
  });
  const environment = await host.environmentFiles(document);
  return {
    linked: files.filter(isLinked).map(addressed),
    others: files.filter((file) => !isLinked(file)).map(addressed),
    environment: environment.map(({ path, text }) => ({ path: vscode.Uri.file(path).toString(), text })),
  };
}

/** Addresses of what a file imports: beside it, or below the workspace folder (C29). */
export function importedUris(uri: vscode.Uri, tree: HttpDocument): ReadonlySet<string> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const targets = tree.blocks.flatMap((block) => [
    ...block.imports.flatMap(({ target }) => (target.text.startsWith('#') ? [] : [target.text])),
    ...block.tags.flatMap(({ name, value }) => (name === 'import' && value ? [value.text] : [])),
  ]);
  const paths = targets.map((target) => target.replace(/^(["'])(.+)\1$/, '$2').replaceAll('\\', '/'));
  return new Set(
    paths.flatMap((path) => [
      (path.startsWith('/') ? uri.with({ path }) : vscode.Uri.joinPath(uri, '..', path)).toString(),
      ...(root ? [vscode.Uri.joinPath(root, path).toString()] : []),
    ]),
  );
}
