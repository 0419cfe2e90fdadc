import * as vscode from 'vscode';
import type { Preview } from '../../core/run/preview.ts';
import type { Block, HttpDocument, RequestBlock } from '../../core/syntax/ast.ts';
import { isRequestBlock } from '../../core/syntax/query.ts';
import { isRunBlock } from '../../core/syntax/runLine.ts';
import type { Problem } from '../../core/text/problem.ts';
import { counted } from '../../present/timeWords.ts';
import type { Engine } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';
import { blockKey } from './runs.ts';
import type { Sender } from './sender.ts';
import { blocksInSight, isLong } from './visibleBlocks.ts';

interface DocumentPreviews {
  readonly version: number;
  readonly age: number;
  readonly words: ReadonlyMap<string, string>;
  /** By the place and words of each: a missing import above all requests is a problem of each of them, at one place. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/**
 * What each block would send now, without sending or asking: counts for the lenses, problems for the editor. Computed when somebody asks
 * for it, of a long document for what is in sight; what was computed last stays until then.
 */
export class Previews {
  readonly #engine: () => Engine;
  readonly #sender: Sender;
  readonly #known = new WeakMap<vscode.TextDocument, DocumentPreviews>();
  readonly #pending = new WeakMap<vscode.TextDocument, Promise<DocumentPreviews>>();
  readonly #computed = new vscode.EventEmitter<void>();
  readonly onDidCompute = this.#computed.event;
  #age = 0;

  constructor(parts: { engine: () => Engine; sender: Sender }, registration: Registration) {
    this.#engine = parts.engine;
    this.#sender = parts.sender;
    registration.own(this.#computed);
  }

  /** Environments, the session or an imported file have changed: problems found before may be gone. */
  outdated(): void {
    this.#age += 1;
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
    return [...known.problems.values()];
  }

  /** One computation of a document at a time: the next one begins when the last has ended. */
  #compute(document: vscode.TextDocument, tree: HttpDocument): Promise<DocumentPreviews> {
    const before = this.#pending.get(document)?.catch(() => undefined) ?? Promise.resolve();
    const next = before.then(async () => {
      const old = this.#known.get(document);
      const previews = await this.#inSight(document, tree, old);
      this.#known.set(document, previews);
      if (!sameWords(old, previews)) this.#computed.fire();
      return previews;
    });
    this.#pending.set(document, next);
    return next;
  }

  /** What was in sight before keeps its words, and its problems as long as nothing has changed. */
  async #inSight(
    document: vscode.TextDocument,
    tree: HttpDocument,
    old: DocumentPreviews | undefined,
  ): Promise<DocumentPreviews> {
    const { version } = document;
    const age = this.#age;
    const words = new Map(isLong(tree) ? old?.words : undefined);
    const problems = new Map(isLong(tree) && old?.version === version && old.age === age ? old.problems : undefined);
    for (const block of blocksInSight(document, tree)) {
      if (document.version !== version || document.isClosed) break;
      const found = await this.#ofBlock(document, tree, block);
      for (const problem of found.problems) problems.set(placeAndWords(problem), softened(problem));
      if (found.key === undefined) continue;
      if (found.along === undefined) words.delete(found.key);
      else words.set(found.key, found.along);
    }
    return { version, age, words, problems };
  }

  async #ofBlock(document: vscode.TextDocument, tree: HttpDocument, block: Block): Promise<BlockPreview> {
    if (isRequestBlock(block)) {
      const preview = await this.preview(document, tree, block);
      return { problems: preview.problems, key: blockKey(document.uri, tree, block), along: alongWords(preview) };
    }
    if (!isRunBlock(block)) return { problems: [] };
    return { problems: (await this.#sender.steps(document, tree, block, true)).problems };
  }
}

interface BlockPreview {
  readonly problems: readonly Problem[];
  /** The key of a request's lenses, and what goes along. */
  readonly key?: string;
  readonly along?: string | undefined;
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
