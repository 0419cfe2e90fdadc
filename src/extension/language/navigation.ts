import * as vscode from 'vscode';
import { nameAt } from '../../core/features/names.ts';
import { definitionsAt, occurrences, type Occurrence } from '../../core/features/occurrences.ts';
import { rename } from '../../core/features/rename.ts';
import { LineMap } from '../../core/text/lineMap.ts';
import type { Span } from '../../core/text/span.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { neighboursOf } from './neighbours.ts';
import { httpDocuments, rangeIn, rangeOf } from './ranges.ts';
import type { RequestTexts } from './requestTexts.ts';

/** Go to definition, references, highlights and rename: of variables and request names, across the files that share them. */
export function registerNavigation(host: LanguageHost, texts: RequestTexts, registration: Registration): void {
  const provider = new NavigationProvider(host, texts);
  registration.own(vscode.languages.registerDefinitionProvider(httpDocuments, provider));
  registration.own(vscode.languages.registerReferenceProvider(httpDocuments, provider));
  registration.own(vscode.languages.registerRenameProvider(httpDocuments, provider));
  registration.own(vscode.languages.registerDocumentHighlightProvider(httpDocuments, provider));
}

class NavigationProvider
  implements
    vscode.DefinitionProvider,
    vscode.ReferenceProvider,
    vscode.RenameProvider,
    vscode.DocumentHighlightProvider
{
  readonly #host: LanguageHost;
  readonly #texts: RequestTexts;

  constructor(host: LanguageHost, texts: RequestTexts) {
    this.#host = host;
    this.#texts = texts;
  }

  async provideDefinition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location[]> {
    const neighbours = await neighboursOf(document, this.#host, this.#texts);
    return locations(definitionsAt(this.#own(document), document.offsetAt(position), neighbours));
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): Promise<vscode.Location[]> {
    const neighbours = await neighboursOf(document, this.#host, this.#texts);
    const found = occurrences(this.#own(document), document.offsetAt(position), neighbours);
    return locations(found.filter(({ role }) => includeDeclaration || role === 'use'));
  }

  provideDocumentHighlights(document: vscode.TextDocument, position: vscode.Position): vscode.DocumentHighlight[] {
    const none = { linked: [], others: [], environment: [] };
    return occurrences(this.#own(document), document.offsetAt(position), none).map(({ span, role }) => {
      const kind = role === 'definition' ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read;
      return new vscode.DocumentHighlight(rangeOf(document, span), kind);
    });
  }

  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } {
    const name = nameAt(this.#host.parse(document), document.offsetAt(position));
    if (!name) throw new Error(vscode.l10n.t('There is no variable and no request name here.'));
    return { range: rangeOf(document, name.span), placeholder: name.name };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
  ): Promise<vscode.WorkspaceEdit> {
    const neighbours = await neighboursOf(document, this.#host, this.#texts);
    const result = rename(this.#own(document), document.offsetAt(position), newName, neighbours);
    if (!result.ok) throw new Error(result.message);
    const edit = new vscode.WorkspaceEdit();
    for (const [address, replacements] of result.replacements) {
      const place = await placeIn(address);
      edit.set(
        place.uri,
        replacements.map(({ span, text }) => vscode.TextEdit.replace(place.range(span), written(place.uri, text))),
      );
    }
    return edit;
  }

  #own(document: vscode.TextDocument) {
    return { address: document.uri.toString(), document: this.#host.parse(document) };
  }
}

/** A name may hold characters that a JSON file writes in another way. */
function written({ path }: vscode.Uri, name: string): string {
  return path.includes('.env.json') ? JSON.stringify(name).slice(1, -1) : name;
}

async function locations(found: readonly Occurrence[]): Promise<vscode.Location[]> {
  const result: vscode.Location[] = [];
  for (const { address, span } of found) {
    const place = await placeIn(address);
    result.push(new vscode.Location(place.uri, place.range(span)));
  }
  return result;
}

/** Offsets are of the text as an editor has it, else as it is on disk. */
async function placeIn(
  address: string,
): Promise<{ readonly uri: vscode.Uri; readonly range: (span: Span) => vscode.Range }> {
  const uri = vscode.Uri.parse(address);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === address);
  if (open) return { uri, range: (span) => rangeOf(open, span) };
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const lines = new LineMap(text);
  return { uri, range: (span) => rangeIn(lines, span) };
}
