import * as vscode from 'vscode';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import { fencedRequests } from '../../core/features/fencedRequests.ts';
import { parseParts, reparse, type ParsedParts } from '../../core/syntax/reparse.ts';
import { joinedEdit, mapOffset, type TextEdit } from '../../core/text/mapOffset.ts';
import { languageId, markdownId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import { editsOf } from './editsOf.ts';

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

interface ParsedVersion extends ParsedParts {
  readonly version: number;
  readonly languageId: string;
}

/** Parsed documents by version, and the edits that lead from an old version to the present one. */
export class Documents {
  readonly #parsed = new WeakMap<vscode.TextDocument, ParsedVersion>();
  readonly #edits = new Map<string, VersionedEdits[]>();

  constructor(registration: Registration) {
    registration.own(vscode.workspace.onDidChangeTextDocument((event) => this.#remember(event)));
    registration.own(
      vscode.workspace.onDidCloseTextDocument((document) => void this.#edits.delete(document.uri.toString())),
    );
  }

  /** The tree of the present version; after an edit only the blocks that it touched are read. Of Markdown, that of its fenced requests. */
  parse(document: vscode.TextDocument): HttpDocument {
    const { version, languageId: language } = document;
    const last = this.#parsed.get(document);
    // The same document may be told to be of another language.
    const known = last?.languageId === language ? last : undefined;
    if (known?.version === version) return known.document;
    const parsed = this.#parse(document, known);
    this.#parsed.set(document, { ...parsed, version, languageId: language });
    return parsed.document;
  }

  #parse(document: vscode.TextDocument, known: ParsedVersion | undefined): ParsedParts {
    const text = document.getText();
    if (document.languageId === markdownId) return parseParts(fencedRequests(text) ?? '');
    const edit = known && joinedEdit(this.#editsSince(document, known.version));
    return edit && known ? reparse(known, edit, text) : parseParts(text);
  }

  /** The offset of `address` in the document as it is now; `undefined` when the text there was removed meanwhile. */
  currentOffset(document: vscode.TextDocument, address: BlockAddress): number | undefined {
    if (document.version === address.version) return address.offset;
    const since = this.#editsSince(document, address.version);
    return since.length === 0 ? undefined : mapOffset(address.offset, since);
  }

  /** Nothing when there is a gap in the log (too many versions ago): it cannot be bridged, and guessing could send another request. */
  #editsSince(document: vscode.TextDocument, version: number): readonly TextEdit[] {
    const log = this.#edits.get(document.uri.toString()) ?? [];
    const since = log.filter((entry) => entry.version > version);
    const isWhole =
      since.length > 0 && (since[0]?.version ?? 0) <= version + 1 && since.at(-1)?.version === document.version;
    return isWhole ? since.flatMap((entry) => entry.edits) : [];
  }

  #remember(event: vscode.TextDocumentChangeEvent): void {
    if (![languageId, markdownId].includes(event.document.languageId)) return;
    const key = event.document.uri.toString();
    const log = this.#edits.get(key) ?? [];
    log.push({ version: event.document.version, edits: editsOf(event) });
    this.#edits.set(key, log.slice(-rememberedVersions));
  }
}
