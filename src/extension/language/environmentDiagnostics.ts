import * as vscode from 'vscode';
import { LineMap } from '../../core/text/lineMap.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { rangeIn } from './ranges.ts';

/** Mistakes in environment files, at their place in those files. */
export class EnvironmentDiagnostics {
  readonly #host: LanguageHost;
  readonly #collection: vscode.DiagnosticCollection;

  constructor(host: LanguageHost, registration: Registration) {
    this.#host = host;
    this.#collection = registration.own(vscode.languages.createDiagnosticCollection('crumbtrail-environment'));
  }

  /** Tells what is wrong with the files in sight of a document. */
  async show(document: vscode.TextDocument): Promise<void> {
    const { profiles } = await this.#host.surroundings(document);
    for (const { path, text } of await this.#host.environmentFiles(document)) {
      const lines = new LineMap(text);
      const found = profiles.problems.filter((problem) => problem.path === path);
      this.#collection.set(
        vscode.Uri.file(path),
        found.map(({ offset, message, code }) => {
          const end = offset + Math.max(1, /^"[^"\n]*"|^\S*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 1);
          const range = rangeIn(lines, { start: offset, end });
          const shown = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
          shown.source = 'crumbtrail';
          shown.code = code;
          return shown;
        }),
      );
    }
  }
}
