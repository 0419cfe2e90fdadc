import * as vscode from 'vscode';
import { problems } from '../../core/features/problems.ts';
import type { Problem, Severity } from '../../core/text/problem.ts';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { Documents } from '../workspace/documents.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import type { Environments } from '../workspace/environments.ts';
import type { Previews } from '../workspace/previews.ts';

export interface DiagnosticsParts {
  readonly documents: Documents;
  readonly environments: Environments;
  readonly previews: Previews;
  readonly sessions: SessionHost;
}

/** Problems of each open document: the syntax at once, names and files after a pause. Nothing here sends or asks. */
export function registerDiagnostics(parts: DiagnosticsParts, registration: Registration): void {
  new Diagnostics(parts, registration).all();
}

/** A pause in typing, or in what a send changes, after which names and files are looked at again, in milliseconds. */
const quietFor = 300;

class Diagnostics {
  readonly #collection: vscode.DiagnosticCollection;
  readonly #parts: DiagnosticsParts;
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  /** Problems of the last preview by document: shown until the next one is there. */
  readonly #previewed = new WeakMap<vscode.TextDocument, { version: number; problems: readonly Problem[] }>();

  constructor(parts: DiagnosticsParts, registration: Registration) {
    this.#parts = parts;
    this.#collection = registration.own(vscode.languages.createDiagnosticCollection('crumbtrail'));
    registration.own(vscode.workspace.onDidOpenTextDocument((document) => this.#begin(document)));
    registration.own(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#begin(document)));
    registration.own(vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)));
    registration.own(parts.environments.onDidChange(() => this.all()));
    registration.own(parts.sessions.onDidChange(() => this.all()));
    registration.own({ dispose: () => this.#timers.forEach((timer) => clearTimeout(timer)) });
  }

  all(): void {
    for (const document of vscode.workspace.textDocuments) this.#begin(document);
  }

  #begin(document: vscode.TextDocument): void {
    if (document.languageId !== languageId) return;
    this.#show(document);
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => void this.#preview(document), quietFor),
    );
  }

  async #preview(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const tree = this.#parts.documents.parse(document);
    const further = await this.#parts.previews.problems(document, tree);
    if (document.isClosed || document.version !== version) return;
    this.#previewed.set(document, { version, problems: further });
    this.#show(document);
  }

  #show(document: vscode.TextDocument): void {
    const tree = this.#parts.documents.parse(document);
    const previewed = this.#previewed.get(document);
    // Spans of an older version would underline the wrong words.
    const further = previewed?.version === document.version ? previewed.problems : [];
    this.#collection.set(
      document.uri,
      [...problems(tree), ...further].map((problem) => diagnostic(document, problem)),
    );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#collection.delete(document.uri);
  }
}

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

function diagnostic(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(problem.span.start), document.positionAt(problem.span.end));
  const shown = new vscode.Diagnostic(range, problem.message, severities[problem.severity]);
  shown.source = 'crumbtrail';
  shown.code = problem.code;
  return shown;
}
