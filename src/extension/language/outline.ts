import * as vscode from 'vscode';
import { folds } from '../../core/features/folds.ts';
import { symbols, type OutlineSymbol } from '../../core/features/symbols.ts';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { Documents } from '../workspace/documents.ts';

/** Outline and folding of request files. */
export function registerOutline(documents: Documents, registration: Registration): void {
  registration.own(
    vscode.languages.registerDocumentSymbolProvider(
      { language: languageId },
      {
        provideDocumentSymbols: (document) =>
          symbols(documents.parse(document)).map((symbol) => item(document, symbol)),
      },
    ),
  );
  registration.own(
    vscode.languages.registerFoldingRangeProvider(
      { language: languageId },
      {
        provideFoldingRanges: (document) =>
          folds(documents.parse(document)).map(({ startLine, endLine }) => new vscode.FoldingRange(startLine, endLine)),
      },
    ),
  );
}

const kinds = {
  request: vscode.SymbolKind.Method,
  section: vscode.SymbolKind.Namespace,
  variable: vscode.SymbolKind.Variable,
} as const;

function item(document: vscode.TextDocument, symbol: OutlineSymbol): vscode.DocumentSymbol {
  const range = ({ start, end }: OutlineSymbol['span']) =>
    new vscode.Range(document.positionAt(start), document.positionAt(end));
  const shown = new vscode.DocumentSymbol(
    symbol.name,
    symbol.detail,
    kinds[symbol.kind],
    range(symbol.span),
    range(symbol.selection),
  );
  shown.children = symbol.children.map((child) => item(document, child));
  return shown;
}
