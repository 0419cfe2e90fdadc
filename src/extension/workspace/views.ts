import * as vscode from 'vscode';
import { changedExchange } from '../../protocol/changedExchange.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { StreamChange } from '../../protocol/streamView.ts';
import type { SealedFolder } from '../../node/sealedFolder.ts';
import { Backlog } from './backlog.ts';
import { interruptedView, type InterruptedWords } from './interruptedView.ts';

/** A view and the document its request stands in. */
export interface ShownExchange {
  readonly view: ExchangeView;
  readonly uri: string;
}

/** More of the response of one hop. */
export interface Appended {
  readonly id: string;
  readonly hop: number;
  readonly change: StreamChange;
}

/** How many responses can be shown again, also after a window reload; of a run of many all of them, up to a limit. */
const kept = 20;
const mostKept = 200;

/**
 * The views of this window, newest last, and their encrypted copies, so that a response tab survives a reload.
 * Who draws them subscribes to `onDidShow`.
 */
export class Views {
  readonly #shown = new Map<string, ShownExchange>();
  readonly #folder: () => Promise<SealedFolder>;
  readonly #backlog = new Backlog<string>((id) => this.#write(id));
  #kept = kept;
  /** Those that were kept while their response came. */
  readonly #begun = new Set<string>();
  readonly #didShow = new vscode.EventEmitter<ExchangeView>();
  readonly #didKeep = new vscode.EventEmitter<ExchangeView>();
  readonly onDidKeep = this.#didKeep.event;
  readonly #didUpdate = new vscode.EventEmitter<ExchangeView>();
  readonly onDidShow = this.#didShow.event;
  readonly #didAppend = new vscode.EventEmitter<Appended>();
  readonly onDidAppend = this.#didAppend.event;
  /** A view that was shown says something else now; whoever shows it draws it anew, and nobody brings it to the front. */
  readonly onDidUpdate = this.#didUpdate.event;

  constructor(folder: () => Promise<SealedFolder>) {
    this.#folder = folder;
  }

  show(view: ExchangeView, uri: vscode.Uri): void {
    this.#remember(view, uri);
    this.#didShow.fire(view);
    if (view.state === 'running') return this.#keepBegun(view);
    this.#begun.delete(view.id);
    this.#keep(view.id);
  }

  /** More has come of a response that is shown while it arrives. */
  append(id: string, hop: number, change: StreamChange): void {
    const shown = this.#shown.get(id);
    if (!shown) return;
    this.#shown.set(id, { ...shown, view: changedExchange(shown.view, hop, change) });
    this.#didAppend.fire({ id, hop, change });
  }

  /** Like `show`, but nobody draws it before somebody asks for it. */
  keep(view: ExchangeView, uri: vscode.Uri): void {
    this.#remember(view, uri);
    this.#keep(view.id);
    this.#didKeep.fire(view);
  }

  /** So many more are about to come, and each of them is in a list from which it can be opened. */
  makeRoom(count: number): void {
    this.#kept = Math.max(this.#kept, Math.min(kept + count, mostKept));
  }

  /** What a send did to its session was taken back, from its own view or elsewhere. */
  markUndone(id: string): void {
    const shown = this.#shown.get(id);
    if (!shown?.view.sessionChange) return;
    const { view, uri } = shown;
    this.#remember({ ...view, sessionChange: { ...shown.view.sessionChange, undone: true } }, vscode.Uri.parse(uri));
    this.#didUpdate.fire(this.#shown.get(id)?.view ?? view);
  }

  async find(id: string): Promise<ShownExchange | undefined> {
    const known = this.#shown.get(id);
    if (known) return known;
    const text = await (await this.#folder()).read(id);
    if (text === undefined) return undefined;
    const found = JSON.parse(text) as ShownExchange;
    const shown = { ...found, view: interruptedView(found.view, interruptedWords()) };
    this.#shown.set(id, shown);
    return shown;
  }

  /** Resolves when the copies are on the disk. */
  async flush(): Promise<void> {
    await this.#backlog.idle();
  }

  #remember(view: ExchangeView, uri: vscode.Uri): void {
    this.#shown.delete(view.id);
    this.#shown.set(view.id, { view, uri: uri.toString() });
  }

  /** Once: should the window go before all of it is there, this is what stays of it. */
  #keepBegun({ id, hops }: ExchangeView): void {
    if (this.#begun.has(id) || !hops.at(-1)?.beginning) return;
    this.#begun.add(id);
    this.#keep(id);
  }

  #keep(id: string): void {
    for (const each of [...this.#shown.keys()].slice(0, -this.#kept)) this.#shown.delete(each);
    this.#backlog.add(id, this.#kept);
  }

  /** As it is by now. A disk that takes nothing is told by the history; after a reload the tab says that the response is no longer kept. */
  async #write(id: string): Promise<void> {
    const shown = this.#shown.get(id);
    if (!shown) return;
    try {
      const folder = await this.#folder();
      await folder.write(id, JSON.stringify(shown));
      await folder.keepNewest(this.#kept);
    } catch {
      return;
    }
  }
}

function interruptedWords(): InterruptedWords {
  return {
    message: vscode.l10n.t('The window was closed or reloaded while the response came.'),
    hint: vscode.l10n.t('Its beginning is kept. Send the request again to see all of it.'),
    cut: vscode.l10n.t('This is the beginning of the body: the window was closed or reloaded before the rest came.'),
  };
}
