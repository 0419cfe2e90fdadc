import * as vscode from 'vscode';
import type { Problem, Severity } from '../../core/text/problem.ts';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { Documents } from '../workspace/documents.ts';
import type { Environments } from '../workspace/environments.ts';
import type { Previews } from '../workspace/previews.ts';

export interface DiagnosticsParts {
  readonly documents: Documents;
  readonly environments: Environments;
  readonly previews: Previews;
}

export function registerDiagnostics(parts: DiagnosticsParts, registration: Registration): void {
  const diagnostics = new Diagnostics(parts, registration);
  diagnostics.all();
}

/** Typing pauses this long before problems are worked out again, in milliseconds. */
const quietFor = 250;

/** Problems of each open document: the syntax at once, names and files after a pause. Nothing here sends or asks. */
class Diagnostics {
  readonly #collection: vscode.DiagnosticCollection;
  readonly #documents: Documents;
  readonly #previews: Previews;
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();

  constructor({ documents, environments, previews }: DiagnosticsParts, registration: Registration) {
    this.#documents = documents;
    this.#previews = previews;
    this.#collection = registration.own(vscode.languages.createDiagnosticCollection('crumbtrail'));
    registration.own(vscode.workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)));
    registration.own(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#schedule(document, quietFor)));
    registration.own(vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)));
    registration.own(environments.onDidChange(() => this.all()));
    registration.own(previews.onDidChange(() => this.all()));
    registration.own({ dispose: () => this.#timers.forEach((timer) => clearTimeout(timer)) });
  }

  all(): void {
    for (const document of vscode.workspace.textDocuments) this.#schedule(document, 0);
  }

  #schedule(document: vscode.TextDocument, delay: number): void {
    if (document.languageId !== languageId) return;
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => void this.#update(document), delay),
    );
  }

  async #update(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const tree = this.#documents.parse(document);
    const problems = [...tree.problems, ...(await this.#previews.problems(document, tree))];
    if (document.isClosed || document.version !== version) return;
    this.#collection.set(
      document.uri,
      problems.map((problem) => diagnostic(document, problem)),
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
