import * as vscode from 'vscode';
import { dialectProblems } from '../../core/features/dialectProblems.ts';
import { environmentProblems } from '../../core/features/environmentProblems.ts';
import { namesOf } from '../../core/features/names.ts';
import { problems } from '../../core/features/problems.ts';
import { secretProblems } from '../../core/features/secretProblems.ts';
import { variableProblems } from '../../core/features/variableProblems.ts';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import { mapSpan } from '../../core/text/mapOffset.ts';
import type { Problem, Severity } from '../../core/text/problem.ts';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import { editsOf } from '../workspace/editsOf.ts';
import { EnvironmentDiagnostics } from './environmentDiagnostics.ts';
import type { LanguageHost } from './languageHost.ts';
import { Importers } from './importers.ts';
import { importedUris } from './neighbours.ts';
import { rangeOf } from './ranges.ts';
import type { RequestTexts } from './requestTexts.ts';

/** Problems of each open document: the syntax at once, names and files after a pause. Nothing here sends or asks. */
export function registerDiagnostics(host: LanguageHost, texts: RequestTexts, registration: Registration): void {
  new Diagnostics(host, texts, registration).all();
}

/** A pause in typing, or in what a send changes, after which names and files are looked at again, in milliseconds. */
const quietFor = 300;

/** A pause in scrolling through a long file, after which what came into sight is looked at. */
const stillFor = 100;

class Diagnostics {
  readonly #collection: vscode.DiagnosticCollection;
  readonly #environment: EnvironmentDiagnostics;
  readonly #importers: Importers;
  readonly #host: LanguageHost;
  readonly #texts: RequestTexts;
  readonly #timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  /** Problems of the last look by document: shown until the next one is there. */
  readonly #looked = new WeakMap<vscode.TextDocument, { version: number; problems: readonly Problem[] }>();

  constructor(host: LanguageHost, texts: RequestTexts, registration: Registration) {
    this.#host = host;
    this.#texts = texts;
    this.#collection = registration.own(vscode.languages.createDiagnosticCollection('crumbtrail'));
    this.#environment = new EnvironmentDiagnostics(host, registration);
    this.#importers = new Importers(host, texts, registration, (document) => {
      host.previews?.outdated();
      this.#begin(document);
    });
    registration.own(vscode.workspace.onDidOpenTextDocument((document) => this.#begin(document)));
    registration.own(
      vscode.workspace.onDidChangeTextDocument((event) => {
        const { document } = event;
        this.#move(event);
        this.#begin(document);
        if (document.languageId === languageId) this.#importers.changed(document.uri);
      }),
    );
    registration.own(vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#seen(textEditor)));
    registration.own(vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)));
    registration.own(host.onDidChange(() => this.all()));
    this.#followFiles(registration);
    registration.own({ dispose: () => this.#timers.forEach((timer) => clearTimeout(timer)) });
  }

  /** A body file may be what was made, moved or removed. */
  #followFiles(registration: Registration): void {
    const again = () => {
      this.#host.previews?.outdated();
      this.all();
    };
    registration.own(vscode.workspace.onDidCreateFiles(again));
    registration.own(vscode.workspace.onDidRenameFiles(again));
    registration.own(vscode.workspace.onDidDeleteFiles(again));
  }

  all(): void {
    for (const document of vscode.workspace.textDocuments) this.#begin(document);
  }

  #begin(document: vscode.TextDocument): void {
    if (document.languageId !== languageId) return;
    this.#show(document);
    this.#lookAfter(quietFor, document);
  }

  /** Until the next look the problems of names and files stay where they are: gone with every key and back, they would flicker. */
  #move(event: vscode.TextDocumentChangeEvent): void {
    const { document } = event;
    const looked = this.#looked.get(document);
    if (!looked) return;
    const edits = editsOf(event);
    const problems = looked.problems.flatMap((problem) => {
      const span = mapSpan(problem.span, edits);
      return span ? [{ ...problem, span }] : [];
    });
    this.#looked.set(document, { version: document.version, problems });
  }

  #seen({ document }: vscode.TextEditor): void {
    if (document.languageId !== languageId) return;
    if (this.#host.previews?.dependOnSight(this.#host.parse(document))) this.#lookAfter(stillFor, document);
  }

  #lookAfter(pause: number, document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => void this.#look(document), pause),
    );
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const tree = this.#host.parse(document);
    const further = await this.#further(document, tree);
    if (document.isClosed || document.version !== version) return;
    this.#looked.set(document, { version, problems: further });
    this.#show(document);
    await this.#environment.show(document);
  }

  /** What needs names, files and the session. */
  async #further(document: vscode.TextDocument, tree: HttpDocument): Promise<readonly Problem[]> {
    const around = await this.#host.surroundings(document);
    const ofSends = (await this.#host.previews?.problems(document, tree)) ?? [];
    return [
      ...variableProblems(tree, around, await this.#namesUsedElsewhere(document, tree)),
      ...dialectProblems(tree, around),
      ...environmentProblems(tree, around.profiles, ofSends),
      ...((await this.#host.isTracked(document.uri)) ? secretProblems(tree) : []),
      ...ofSends,
    ];
  }

  /** Names in files that import this one; only a file that defines any has to know. */
  async #namesUsedElsewhere({ uri }: vscode.TextDocument, tree: HttpDocument): Promise<ReadonlySet<string>> {
    if (tree.variables.length === 0) return new Set();
    const files = await this.#texts.all();
    const importers = files.filter((file) => importedUris(file.uri, file.tree).has(uri.toString()));
    return new Set(importers.flatMap((file) => namesOf(file.tree).map(({ name }) => name)));
  }

  #show(document: vscode.TextDocument): void {
    const tree = this.#host.parse(document);
    const looked = this.#looked.get(document);
    // Spans of an older version would underline the wrong words.
    const further = looked?.version === document.version ? looked.problems : [];
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
  const shown = new vscode.Diagnostic(rangeOf(document, problem.span), problem.message, severities[problem.severity]);
  shown.source = 'crumbtrail';
  shown.code = problem.code;
  if (problem.code === 'unused-variable') shown.tags = [vscode.DiagnosticTag.Unnecessary];
  return shown;
}
