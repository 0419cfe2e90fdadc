import type * as vscode from 'vscode';
import { changedTokens, semanticTokens } from '../../core/features/semanticTokens.ts';
import type { LanguageHost } from './languageHost.ts';

interface Result extends vscode.SemanticTokens {
  readonly resultId: string;
}

/** Colours by meaning. After an edit only the numbers that differ go to the window: a long file has hundreds of thousands. */
export class Colours implements vscode.DocumentSemanticTokensProvider {
  readonly #host: LanguageHost;
  readonly #last = new WeakMap<vscode.TextDocument, Result>();
  #count = 0;

  constructor(host: LanguageHost) {
    this.#host = host;
  }

  provideDocumentSemanticTokens(document: vscode.TextDocument): Result {
    const result = { resultId: String((this.#count += 1)), data: semanticTokens(this.#host.parse(document)) };
    this.#last.set(document, result);
    return result;
  }

  provideDocumentSemanticTokensEdits(
    document: vscode.TextDocument,
    previousResultId: string,
  ): Result | vscode.SemanticTokensEdits {
    const before = this.#last.get(document);
    const result = this.provideDocumentSemanticTokens(document);
    if (before?.resultId !== previousResultId) return result;
    return { resultId: result.resultId, edits: changedTokens(before.data, result.data) };
  }
}
