import * as vscode from 'vscode';
import type { RunResult } from '../../core/run/run.ts';
import type { Hop } from '../../core/session/exchange.ts';
import type { RequestBlock } from '../../core/syntax/ast.ts';
import { requestBlocks, requestId } from '../../core/syntax/query.ts';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import { contextKeys } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import { Underway } from './underway.ts';

/** A block of a document across edits: its id and the how-manieth of that id it is. */
export type BlockKey = string;

/** One send, running or ended. */
export interface Run {
  /** Identity of its view. */
  readonly id: string;
  readonly block: BlockKey;
  readonly uri: vscode.Uri;
  /** Name of the session when it was sent with another one than that in force: sending it again does the same. */
  readonly as?: string | undefined;
  readonly startedAt: number;
  readonly abort: AbortController;
  readonly hops: Hop[];
  /** Ends the wait before the next attempt; there while one goes on. */
  sendNow?: (() => void) | undefined;
  result: RunResult | undefined;
}

/** Our choice: VS Code waits five seconds for a window that goes, and what came must be written then. */
const patience = 2000;

/** The sends of this window: which are running, and the last of each block. Lenses and views listen. */
export class Runs {
  readonly #last = new Map<BlockKey, Run>();
  readonly #running = new Underway<Run>();
  readonly #changed = new vscode.EventEmitter<Run>();
  #newest: Run | undefined;
  #isRunning = false;
  #isWaiting = false;
  /** A run that began, or that ended: then it is not running any more. */
  readonly onDidChange = this.#changed.event;

  constructor(registration: Registration) {
    registration.own(this.#changed);
    registration.own({ dispose: () => this.cancelAll() });
  }

  /** `needed`: another send asked for this one, and it is not what "Send Last" means. */
  begin(run: Run, why: 'asked' | 'needed' = 'asked'): void {
    this.#last.set(run.block, run);
    this.#running.begin(run);
    if (why === 'asked') this.#newest = run;
    this.#announce(run);
  }

  end(run: Run, result: RunResult | undefined): void {
    run.result = result;
    run.sendNow = undefined;
    this.#running.end(run);
    this.#announceWaits();
    this.#announce(run);
  }

  last(block: BlockKey): Run | undefined {
    return this.#last.get(block);
  }

  isRunning(run: Run): boolean {
    return this.#running.has(run);
  }

  find(id: string): Run | undefined {
    return [...this.#last.values(), ...this.#running.all].find((run) => run.id === id);
  }

  /** The send begun last in this window. */
  newest(): Run | undefined {
    return this.#newest;
  }

  newestRunning(): Run | undefined {
    return this.#running.all.at(-1);
  }

  newestWaiting(): Run | undefined {
    return this.#running.all.findLast(({ sendNow }) => sendNow !== undefined);
  }

  /** A wait between two attempts begins, or is over without `sendNow`. */
  waits(run: Run, sendNow?: () => void): void {
    if (run.sendNow === sendNow) return;
    run.sendNow = sendNow;
    this.#announceWaits();
  }

  cancelAll(): void {
    for (const run of this.#running.all) run.abort.abort();
  }

  /** Cancels what runs; resolves when it has ended, with what came of it. */
  async close(): Promise<void> {
    this.cancelAll();
    await this.#running.idle(patience);
  }

  #announce(run: Run): void {
    this.#changed.fire(run);
    const isRunning = this.#running.size > 0;
    if (isRunning === this.#isRunning) return;
    this.#isRunning = isRunning;
    void vscode.commands.executeCommand('setContext', contextKeys.running, isRunning);
  }

  #announceWaits(): void {
    const isWaiting = this.newestWaiting() !== undefined;
    if (isWaiting === this.#isWaiting) return;
    this.#isWaiting = isWaiting;
    void vscode.commands.executeCommand('setContext', contextKeys.waiting, isWaiting);
  }
}

export function blockKey(uri: vscode.Uri, document: HttpDocument, block: RequestBlock): BlockKey {
  const names = blockNames.get(document) ?? nameBlocks(document);
  blockNames.set(document, names);
  return `${uri.toString()}#${names.get(block) ?? ''}`;
}

/** Lenses ask for the key of every block: counted once for each tree, not once for each block. */
const blockNames = new WeakMap<HttpDocument, ReadonlyMap<RequestBlock, string>>();

function nameBlocks(document: HttpDocument): ReadonlyMap<RequestBlock, string> {
  const counts = new Map<string, number>();
  return new Map(
    requestBlocks(document).map((block) => {
      const id = requestId(block) ?? '';
      const count = counts.get(id) ?? 0;
      counts.set(id, count + 1);
      return [block, `${id}#${String(count)}`];
    }),
  );
}

/** The block that `key` names in the document as it is now. */
export function findBlock(uri: vscode.Uri, document: HttpDocument, key: BlockKey): RequestBlock | undefined {
  return requestBlocks(document).find((block) => blockKey(uri, document, block) === key);
}
