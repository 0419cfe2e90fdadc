import * as vscode from 'vscode';
import { environmentFileProblems } from '../../core/features/environmentFileProblems.ts';
import { LineMap } from '../../core/text/lineMap.ts';
import type { ProfileProblem } from '../../core/variables/profile.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { rangeIn } from './ranges.ts';

/** Mistakes in environment files, and what their values mean for each other, at their place in those files. */
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
    for (const file of await this.#host.environmentFiles(document)) {
      const uri = vscode.Uri.file(file.path);
      const problems = [
        ...profiles.problems.filter(({ path }) => path === file.path),
        ...environmentFileProblems(file, profiles, await this.#host.isTracked(uri)),
      ];
      this.#collection.set(uri, shown(file.text, problems));
    }
  }
}

function shown(text: string, problems: readonly ProfileProblem[]): vscode.Diagnostic[] {
  const lines = new LineMap(text);
  return problems.map(({ offset, message, code, severity }) => {
    const end =
      offset + Math.max(1, /^"[^"\n]*"|^\{\{[^}\n]*\}\}|^\S*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 1);
    const range = rangeIn(lines, { start: offset, end });
    const diagnostic = new vscode.Diagnostic(range, message, severities[severity ?? 'warning']);
    diagnostic.source = 'crumbtrail';
    diagnostic.code = code;
    if (code === 'shadowed-environment-value') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
    return diagnostic;
  });
}

const severities = {
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
} as const;
