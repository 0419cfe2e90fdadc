import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { isObject } from '../../core/text/jsonShape.ts';
import { responsePage } from '../../present/responsePage.ts';
import type { BatchView } from '../../protocol/batchView.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import { changedExchange } from '../../protocol/changedExchange.ts';
import type { FromView, ToView, ViewAnswer } from '../../protocol/messages.ts';
import { validFromView } from '../../protocol/validMessage.ts';
import { responseViewType } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { Appended } from '../workspace/views.ts';
import { viewStrings } from './viewStrings.ts';
import { reasonOf } from '../../core/text/reasonOf.ts';

/** What a restored panel is asked to show again, and what a list leads to. */
export interface SavedViews {
  find(id: string): Promise<{ readonly view: ExchangeView } | undefined>;
}

/** The lists of exchanges that were sent together. */
export interface SavedBatches {
  of(exchange: string): BatchView | undefined;
  find(id: string): Promise<BatchView | undefined>;
}

/** `answer` posts to the panel that asked. */
type OnMessage = (message: FromView, view: ExchangeView, answer: (answer: ViewAnswer) => void) => Promise<void>;

/**
 * Our choice, in milliseconds: so long a tab goes on showing what it shows when another send begins. Most are answered by then, and are drawn once and
 * without a flicker.
 */
const calm = 40;

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  /** The last view posted: a panel that becomes ready (again) gets it. */
  shown: ExchangeView | undefined;
  /** The list that `shown` stands in. */
  batch: BatchView | undefined;
  /** The user opened an entry of the list: what is sent after it does not take its place. */
  holds: boolean;
  pinned: boolean;
  /** What is `shown` is posted soon. */
  soon: NodeJS.Timeout | undefined;
}

/** The response tabs: one reusable beside the editor, and those the user pinned. They never take the focus by themselves. */
export class ResponsePanels {
  readonly #open = new Set<OpenPanel>();
  readonly #extensionUri: vscode.Uri;
  readonly #saved: SavedViews;
  readonly #batches: SavedBatches;
  readonly #onMessage: OnMessage;

  constructor(
    extensionUri: vscode.Uri,
    registration: Registration,
    { views, batches }: { readonly views: SavedViews; readonly batches: SavedBatches },
    onMessage: OnMessage,
  ) {
    this.#extensionUri = extensionUri;
    this.#saved = views;
    this.#batches = batches;
    this.#onMessage = onMessage;
    registration.own({ dispose: () => this.#open.forEach((open) => open.panel.dispose()) });
    registration.own(
      vscode.window.registerWebviewPanelSerializer(responseViewType, {
        deserializeWebviewPanel: async (panel, kept: unknown) => {
          // What the page kept came from the page, perhaps from that of another version.
          const { id, batch, pinned } = isObject(kept) ? kept : {};
          const open = this.#adopt(panel, pinned === true);
          const view = typeof id === 'string' ? (await views.find(id))?.view : undefined;
          open.batch = typeof batch === 'string' ? await batches.find(batch) : undefined;
          // Nothing is awaited here but what is read: VS Code builds the page only after this has ended.
          if (view) this.#post(open, view);
        },
      }),
    );
  }

  /** Shows `view` where the exchange is shown already, else in the unpinned tab, else in a new one. */
  show(view: ExchangeView): void {
    const open = this.#showing(view.id) ?? this.#unpinned() ?? this.#create();
    const batch = this.#batches.of(view.id);
    const isOfSame = batch !== undefined && open.batch?.id === batch.id;
    if (isOfSame && open.holds && open.shown?.id !== view.id) return;
    open.batch = batch;
    open.holds &&= isOfSame;
    const isNew = open.shown?.id !== view.id;
    this.#post(open, view);
    // Behind another tab of its group nobody would see what was sent; the focus stays where it is.
    if (isNew && !open.panel.visible) open.panel.reveal(undefined, true);
  }

  /** Tells what is new of a stream where its exchange is shown. */
  append({ id, hop, change }: Appended): void {
    const open = this.#showing(id);
    if (!open?.shown) return;
    open.shown = changedExchange(open.shown, hop, change);
    if (open.soon !== undefined) return;
    void this.#send(open, { type: 'stream', id, hop, change });
  }

  /** Draws a list anew where it is shown. */
  showBatch(batch: BatchView): void {
    for (const open of this.#open) {
      if (open.batch?.id !== batch.id) continue;
      open.batch = batch;
      if (open.shown) this.#post(open, open.shown);
    }
  }

  /** Draws `view` anew where its exchange is shown. */
  update(view: ExchangeView): void {
    const open = this.#showing(view.id);
    if (open) this.#post(open, view);
  }

  /** Brings the tab of `view` to the front; the focus moves only when asked. */
  reveal(view: ExchangeView, takeFocus: boolean): void {
    this.show(view);
    this.#showing(view.id)?.panel.reveal(undefined, !takeFocus);
  }

  /** What the tab in front shows, else the newest one. */
  front(): ExchangeView | undefined {
    const all = [...this.#open];
    return (all.find(({ panel }) => panel.active) ?? all.findLast(({ panel }) => panel.visible) ?? all.at(-1))?.shown;
  }

  /** Moves the focus into the newest tab; false when there is none. */
  focus(): boolean {
    const newest = [...this.#open].at(-1);
    newest?.panel.reveal(undefined, false);
    return newest !== undefined;
  }

  #showing(id: string): OpenPanel | undefined {
    return [...this.#open].find((open) => open.shown?.id === id);
  }

  #unpinned(): OpenPanel | undefined {
    return [...this.#open].find((open) => !open.pinned);
  }

  #create(): OpenPanel {
    return this.#adopt(
      vscode.window.createWebviewPanel(
        responseViewType,
        vscode.l10n.t('Response'),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableFindWidget: true },
      ),
      false,
    );
  }

  #adopt(panel: vscode.WebviewPanel, pinned: boolean): OpenPanel {
    const open: OpenPanel = { panel, shown: undefined, batch: undefined, holds: false, pinned, soon: undefined };
    this.#open.add(open);
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, 'media', 'icon.svg');
    panel.onDidDispose(() => {
      clearTimeout(open.soon);
      this.#open.delete(open);
    });
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [
        vscode.Uri.joinPath(this.#extensionUri, 'dist'),
        vscode.Uri.joinPath(this.#extensionUri, 'media'),
      ],
    };
    panel.webview.onDidReceiveMessage((posted: unknown) => {
      const message = validFromView(posted);
      if (message) this.#receive(open, message);
    });
    panel.webview.html = this.#page(panel.webview);
    return open;
  }

  #receive(open: OpenPanel, message: FromView): void {
    if (message.type === 'ready') {
      if (open.shown) this.#post(open, open.shown);
      else void this.#send(open, { type: 'empty', message: forgotten() });
      return;
    }
    if (!open.shown) return;
    if (message.type === 'pin') {
      open.pinned = message.pinned;
      this.#post(open, open.shown);
      return;
    }
    const done =
      message.type === 'openEntry'
        ? this.#openEntry(open, message.id)
        : this.#onMessage(message, open.shown, (answer) => void this.#send(open, answer));
    done.catch((error: unknown) => vscode.window.showErrorMessage(reasonOf(error)));
  }

  async #openEntry(open: OpenPanel, id: string): Promise<void> {
    const found = await this.#saved.find(id);
    if (!found) return void (await vscode.window.showInformationMessage(forgotten()));
    const newest = open.batch?.entries.findLast(({ state }) => state !== 'waiting');
    // Who goes back to the newest one follows the run again.
    open.holds = open.batch?.state === 'running' && newest?.id !== id;
    this.#post(open, found.view);
  }

  #post(open: OpenPanel, view: ExchangeView): void {
    const isBeginning = view.state === 'running' && view.id !== open.shown?.id && open.shown !== undefined;
    const isWaiting = view.state === 'running' && open.soon !== undefined;
    open.shown = view;
    if (isWaiting) return;
    clearTimeout(open.soon);
    open.soon = isBeginning ? setTimeout(() => this.#postNow(open, open.shown ?? view), calm) : undefined;
    if (!isBeginning) this.#postNow(open, view);
  }

  #postNow(open: OpenPanel, view: ExchangeView): void {
    open.soon = undefined;
    open.panel.title = view.title === '' ? vscode.l10n.t('Response') : view.title;
    const batch = open.batch && { batch: open.batch };
    void this.#send(open, { type: 'show', exchange: view, pinned: open.pinned, ...batch, strings: viewStrings() });
  }

  async #send(open: OpenPanel, message: ToView): Promise<void> {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a webview takes no origin
    await open.panel.webview.postMessage(message);
  }

  #page(webview: vscode.Webview): string {
    const uri = (...parts: string[]) =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#extensionUri, ...parts)).toString();
    return responsePage({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: uri('dist', 'webview.js'),
      viewerUri: uri('dist', 'viewer.js'),
      styleUri: uri('media', 'response.css'),
      lang: vscode.env.language,
      strings: viewStrings(),
    });
  }
}

function forgotten(): string {
  return vscode.l10n.t('This response is no longer kept. Send the request again to see it.');
}
