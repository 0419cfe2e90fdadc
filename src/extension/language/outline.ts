import * as vscode from 'vscode';
import { folds } from '../../core/features/folds.ts';
import { symbols, type OutlineSymbol } from '../../core/features/symbols.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { httpDocuments, rangeOf } from './ranges.ts';

/** Outline and folding of request files. */
export function registerOutline(host: LanguageHost, registration: Registration): void {
  registration.own(
    vscode.languages.registerDocumentSymbolProvider(httpDocuments, {
      provideDocumentSymbols: (document) => symbols(host.parse(document)).map((symbol) => item(document, symbol)),
    }),
  );
  registration.own(
    vscode.languages.registerFoldingRangeProvider(httpDocuments, {
      provideFoldingRanges: (document) =>
        folds(host.parse(document)).map(({ startLine, endLine }) => new vscode.FoldingRange(startLine, endLine)),
    }),
  );
}

const kinds = {
  request: vscode.SymbolKind.Method,
  section: vscode.SymbolKind.Namespace,
  variable: vscode.SymbolKind.Variable,
} as const;

function item(document: vscode.TextDocument, symbol: OutlineSymbol): vscode.DocumentSymbol {
  const shown = new vscode.DocumentSymbol(
    symbol.name,
    symbol.detail,
    kinds[symbol.kind],
    rangeOf(document, symbol.span),
    rangeOf(document, symbol.selection),
  );
  shown.children = symbol.children.map((child) => item(document, child));
  return shown;
}
