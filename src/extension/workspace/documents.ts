import * as vscode from 'vscode';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import { parse } from '../../core/syntax/parse.ts';
import { mapOffset, type TextEdit } from '../../core/text/mapOffset.ts';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';

/** Where a lens stood when it was made: what a click carries (ARCHITECTURE "One click on Send", station 1). */
export interface BlockAddress {
  readonly uri: string;
  readonly version: number;
  readonly offset: number;
}

/** The address among a command's arguments: menus of the editor give the document's URI instead, and then the cursor counts. */
export function addressIn(argument: unknown): BlockAddress | undefined {
  const address = argument as Partial<BlockAddress> | undefined;
  return typeof address?.uri === 'string' && typeof address.offset === 'number' ? (address as BlockAddress) : undefined;
}

interface VersionedEdits {
  readonly version: number;
  readonly edits: readonly TextEdit[];
}

/** How many versions back a click can be mapped; lenses are refreshed long before. */
const rememberedVersions = 500;

/** Parsed documents by version, and the edits that lead from an old version to the present one. */
export class Documents {
  readonly #parsed = new WeakMap<vscode.TextDocument, { version: number; document: HttpDocument }>();
  readonly #edits = new Map<string, VersionedEdits[]>();

  constructor(registration: Registration) {
    registration.own(vscode.workspace.onDidChangeTextDocument((event) => this.#remember(event)));
    registration.own(
      vscode.workspace.onDidCloseTextDocument((document) => void this.#edits.delete(document.uri.toString())),
    );
  }

  parse(document: vscode.TextDocument): HttpDocument {
    const known = this.#parsed.get(document);
    if (known?.version === document.version) return known.document;
    const parsed = parse(document.getText());
    this.#parsed.set(document, { version: document.version, document: parsed });
    return parsed;
  }

  /** The offset of `address` in the document as it is now; `undefined` when the text there was removed meanwhile. */
  currentOffset(document: vscode.TextDocument, address: BlockAddress): number | undefined {
    if (document.version === address.version) return address.offset;
    const log = this.#edits.get(document.uri.toString()) ?? [];
    const since = log.filter((entry) => entry.version > address.version);
    // A gap in the log (too many versions ago) cannot be bridged, and guessing could send another request.
    if (since.length === 0 || (since[0]?.version ?? 0) > address.version + 1) return undefined;
    return mapOffset(
      address.offset,
      since.flatMap((entry) => entry.edits),
    );
  }

  #remember(event: vscode.TextDocumentChangeEvent): void {
    if (event.document.languageId !== languageId) return;
    const key = event.document.uri.toString();
    const log = this.#edits.get(key) ?? [];
    // VS Code gives the changes of one event in the coordinates of the text before it, last one first in the text.
    const edits = [...event.contentChanges]
      .sort((a, b) => b.rangeOffset - a.rangeOffset)
      .map((change) => ({ offset: change.rangeOffset, length: change.rangeLength, inserted: change.text.length }));
    log.push({ version: event.document.version, edits });
    this.#edits.set(key, log.slice(-rememberedVersions));
  }
}
