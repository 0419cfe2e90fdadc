import * as vscode from 'vscode';
import type { Completion } from '../../core/features/completion.ts';
import { completionPlace } from '../../core/features/completionPlace.ts';
import { completions, type NearbyFile } from '../../core/features/completions.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { httpDocuments, rangeOf } from './ranges.ts';

/** Completion: opens by itself behind `{{`, at each step of a path, behind `@` of a tag and behind a header's colon. */
export function registerCompletion(host: LanguageHost, registration: Registration): void {
  const provider: vscode.CompletionItemProvider = {
    provideCompletionItems: async (document, position) => {
      const tree = host.parse(document);
      const offset = document.offsetAt(position);
      const files = await nearbyFiles(document, completionPlace(tree, offset));
      const found = completions(tree, offset, await host.surroundings(document), files);
      return found.map((each) => item(document, each));
    },
  };
  registration.own(
    vscode.languages.registerCompletionItemProvider(httpDocuments, provider, '{', '.', '@', '$', ':', '/', ' '),
  );
}

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  method: vscode.CompletionItemKind.Keyword,
  header: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  variable: vscode.CompletionItemKind.Variable,
  function: vscode.CompletionItemKind.Function,
  request: vscode.CompletionItemKind.Reference,
  property: vscode.CompletionItemKind.Field,
  tag: vscode.CompletionItemKind.Keyword,
  file: vscode.CompletionItemKind.File,
  folder: vscode.CompletionItemKind.Folder,
};

function item(document: vscode.TextDocument, completion: Completion): vscode.CompletionItem {
  const { label, detail, kind, documentation, insert, snippet, span, rank, continues } = completion;
  const range = rangeOf(document, span);
  const made = new vscode.CompletionItem({ label, ...(detail !== '' && { description: detail }) }, kinds[kind]);
  made.insertText = snippet ? new vscode.SnippetString(insert) : insert;
  made.range = range;
  made.sortText = `${String.fromCodePoint(97 + Math.min(rank, 25))}${label}`;
  // The editor's own idea of a word may begin elsewhere: what is replaced is what must match.
  made.filterText = label;
  if (documentation !== '') made.documentation = new vscode.MarkdownString(documentation);
  if (continues) made.command = { command: 'editor.action.triggerSuggest', title: '' };
  return made;
}

/** What lies in the folder that the path leads to so far; nothing for an untitled document. */
async function nearbyFiles(
  { uri }: vscode.TextDocument,
  { kind, typed }: ReturnType<typeof completionPlace>,
): Promise<readonly NearbyFile[]> {
  if (kind !== 'path' || uri.scheme === 'untitled' || typed.includes('{{')) return [];
  const folder = vscode.Uri.joinPath(uri, '..', typed.replace(/[^/\\]*$/, '') || '.');
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([name]) => !name.startsWith('.'))
      .map(([name, type]) => ({ name, isFolder: (type & vscode.FileType.Directory) !== 0 }));
  } catch {
    // A path that leads nowhere has nothing to offer; its problem is told when the file is looked for.
    return [];
  }
}
