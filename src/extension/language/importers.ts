import * as vscode from 'vscode';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { importedUris } from './neighbours.ts';
import type { RequestFile, RequestTexts } from './requestTexts.ts';

/** A pause in typing in a file after which those that import it are looked at, in milliseconds. */
const quietFor = 300;

/** Tells of open documents that import a file which changed, by themselves or by way of others: its names and requests are theirs too. */
export class Importers {
  readonly #host: LanguageHost;
  readonly #texts: RequestTexts;
  readonly #tell: (document: vscode.TextDocument) => void;
  readonly #changed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: LanguageHost,
    texts: RequestTexts,
    registration: Registration,
    tell: (document: vscode.TextDocument) => void,
  ) {
    this.#host = host;
    this.#texts = texts;
    this.#tell = tell;
    registration.own(texts.onDidChange((uri) => this.changed(uri)));
    registration.own({ dispose: () => clearTimeout(this.#timer) });
  }

  changed(uri: vscode.Uri): void {
    this.#changed.add(uri.toString());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), quietFor);
  }

  async #look(): Promise<void> {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    const open = vscode.workspace.textDocuments.filter((document) => document.languageId === languageId);
    // Nobody else is open: most edits need no look at the workspace.
    if (!open.some(({ uri }) => !changed.has(uri.toString()))) return;
    if (!open.some((document) => importedUris(document.uri, this.#host.parse(document)).size > 0)) return;
    const reached = reachedFrom(changed, await this.#texts.all());
    for (const document of open) if (reached.has(document.uri.toString())) this.#tell(document);
  }
}

/** Files that import one of `changed`, or a file that does. */
function reachedFrom(changed: ReadonlySet<string>, files: readonly RequestFile[]): ReadonlySet<string> {
  const imports = files.map(({ uri, tree }) => ({ address: uri.toString(), imported: importedUris(uri, tree) }));
  const reached = new Set<string>();
  const queue = [...changed];
  for (let target = queue.pop(); target !== undefined; target = queue.pop()) {
    for (const { address, imported } of imports) {
      if (!imported.has(target) || reached.has(address)) continue;
      reached.add(address);
      queue.push(address);
    }
  }
  return reached;
}
