import * as vscode from 'vscode';
import type { Preview } from '../../core/run/preview.ts';
import type { HttpDocument, RequestBlock } from '../../core/syntax/ast.ts';
import { requestBlocks } from '../../core/syntax/query.ts';
import { isRunBlock } from '../../core/syntax/runLine.ts';
import type { Problem } from '../../core/text/problem.ts';
import { counted } from '../../present/timeWords.ts';
import type { Engine } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';
import { blockKey } from './runs.ts';
import type { Sender } from './sender.ts';

/** Our choice: previews of more blocks than this would cost more than a lens is worth; the picked block is always previewed. */
const previewedBlocks = 200;

interface DocumentPreviews {
  readonly words: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * What each block would send now, without sending or asking: counts for the lenses, problems for the editor.
 * Computed for a whole document at a time, when somebody asks for it; what was computed last stays until then.
 */
export class Previews {
  readonly #engine: () => Engine;
  readonly #sender: Sender;
  readonly #known = new WeakMap<vscode.TextDocument, DocumentPreviews>();
  readonly #pending = new WeakMap<vscode.TextDocument, Promise<DocumentPreviews>>();
  readonly #computed = new vscode.EventEmitter<void>();
  readonly onDidCompute = this.#computed.event;

  constructor(parts: { engine: () => Engine; sender: Sender }, registration: Registration) {
    this.#engine = parts.engine;
    this.#sender = parts.sender;
    registration.own(this.#computed);
  }

  async preview(document: vscode.TextDocument, tree: HttpDocument, block: RequestBlock): Promise<Preview> {
    const input = await this.#sender.input(document, tree, block);
    return this.#engine().previewBlock({ ...input, signal: new AbortController().signal });
  }

  /** `2 cookies, 1 variable`; undefined until it is known or when nothing goes along. */
  words(document: vscode.TextDocument, tree: HttpDocument, block: RequestBlock): string | undefined {
    return this.#known.get(document)?.words.get(blockKey(document.uri, tree, block));
  }

  /** Problems that need names, files and the session; those of the syntax are the document's own. */
  async problems(document: vscode.TextDocument, tree: HttpDocument): Promise<readonly Problem[]> {
    const known = await this.#compute(document, tree);
    return known.problems;
  }

  /** One computation of a document at a time: the next one begins when the last has ended. */
  #compute(document: vscode.TextDocument, tree: HttpDocument): Promise<DocumentPreviews> {
    const before = this.#pending.get(document)?.catch(() => undefined) ?? Promise.resolve();
    const next = before.then(async () => {
      const previews = await this.#all(document, tree, document.version);
      const old = this.#known.get(document);
      this.#known.set(document, previews);
      if (!sameWords(old, previews)) this.#computed.fire();
      return previews;
    });
    this.#pending.set(document, next);
    return next;
  }

  async #all(document: vscode.TextDocument, tree: HttpDocument, version: number): Promise<DocumentPreviews> {
    const words = new Map<string, string>();
    // A missing import above all requests is a problem of each of them, at one place.
    const problems = new Map<string, Problem>();
    for (const block of requestBlocks(tree).slice(0, previewedBlocks)) {
      if (document.version !== version || document.isClosed) break;
      const preview = await this.preview(document, tree, block);
      for (const problem of preview.problems) problems.set(placeAndWords(problem), softened(problem));
      const along = alongWords(preview);
      if (along !== undefined) words.set(blockKey(document.uri, tree, block), along);
    }
    for (const block of tree.blocks.filter(isRunBlock).slice(0, previewedBlocks)) {
      if (document.version !== version || document.isClosed) break;
      const found = (await this.#sender.steps(document, tree, block, true)).problems;
      for (const problem of found) problems.set(placeAndWords(problem), problem);
    }
    return { words, problems: [...problems.values()] };
  }
}

function placeAndWords({ code, span, message }: Problem): string {
  return [code, span.start, message].join('\n');
}

/** Lenses are drawn anew only when their words change. */
function sameWords(old: DocumentPreviews | undefined, { words }: DocumentPreviews): boolean {
  return old?.words.size === words.size && [...words].every(([block, text]) => old.words.get(block) === text);
}

function alongWords({ sent, variables }: Preview): string | undefined {
  const parts = [];
  if (sent.length > 0) parts.push(counted(sent.length, 'cookie'));
  if (variables.length > 0) parts.push(counted(variables.length, 'variable'));
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Not having sent the other request yet is no mistake in the file: the editor says it quietly, the send says it loudly. */
function softened(problem: Problem): Problem {
  return problem.code === 'request-not-sent' ? { ...problem, severity: 'information' } : problem;
}
