import * as vscode from 'vscode';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import { loadPresent } from '../loadEngine.ts';
import { readHistorySettings } from '../settings.ts';
import type { FrontDocument } from '../workspace/frontDocument.ts';
import type { History, HistoryItem } from '../workspace/history.ts';
import { noFolder, placeOf } from '../workspace/place.ts';
import type { BodyThread } from '../../node/bodyThread.ts';
import { comparedUri } from './comparedResponses.ts';
import { chooseFromHistory, confirmedClear } from './historyList.ts';
import { resend, type SendCommandParts } from './sendCommands.ts';

export interface HistoryCommandParts extends SendCommandParts {
  readonly history: History;
  readonly front: FrontDocument;
  readonly bodyThread: BodyThread;
}

export type HistoryCommandId = 'showHistory' | 'compareResponses' | 'clearHistory';

/** The commands of the history, by their ids. */
export async function runHistoryCommand(
  parts: HistoryCommandParts,
  id: HistoryCommandId,
  argument: unknown,
): Promise<void> {
  const folder = folderInFront(parts);
  switch (id) {
    case 'showHistory':
      return showHistory(parts, folder);
    case 'compareResponses':
      return compareResponses(parts, folder, typeof argument === 'string' ? argument : undefined);
    case 'clearHistory':
      return void (await confirmedClear(parts.history, folder));
  }
}

/** The history of the folder in front. */
async function showHistory(parts: HistoryCommandParts, folder: string): Promise<void> {
  const { history } = parts;
  const chosen = await chooseFromHistory({
    history,
    folder,
    isOn: isOn(folder),
    title: vscode.l10n.t('History'),
    placeholder: vscode.l10n.t('Search by request, URL, status or time; Enter shows the exchange again'),
    onAction: (action, item) => void (action === 'compare' ? compareWith(parts, folder, item) : sendAgain(parts, item)),
  });
  if (chosen) await reopen(parts, folder, chosen);
}

/** The request as it stands in its file now. */
async function sendAgain(parts: HistoryCommandParts, { head }: HistoryItem): Promise<void> {
  const uri = vscode.Uri.parse(head.uri);
  try {
    await vscode.workspace.openTextDocument(uri);
  } catch {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing was sent: {0} is not there any more. The entry shows what was sent from it.', uri.fsPath),
    );
    return;
  }
  await resend(parts, uri, head.block, head.id);
}

/** What this window still has is whole; what comes from the history is without secrets, and says so. */
async function reopen(parts: HistoryCommandParts, folder: string, { key, head }: HistoryItem): Promise<void> {
  const view = (await parts.views.find(head.id))?.view ?? (await keptView(parts, folder, key));
  if (view === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('This exchange was deleted from the history meanwhile.'));
    return;
  }
  parts.views.show(view, vscode.Uri.parse(head.uri));
  parts.panels.reveal(view, false);
}

async function keptView(
  { history, bodyThread }: HistoryCommandParts,
  folder: string,
  key: string,
): Promise<ExchangeView | undefined> {
  const view = await history.read(folder, key);
  if (!view) return undefined;
  const pretty = new Map<number, string>();
  for (const { hop, text, format, partial } of loadPresent().pendingPretty(view)) {
    const lines = await bodyThread.pretty(text, format, partial);
    if (lines !== undefined) pretty.set(hop, lines);
  }
  const hops = view.hops.map((hop) => {
    const lines = pretty.get(hop.number);
    return hop.body?.kind === 'text' && lines !== undefined ? { ...hop, body: { ...hop.body, pretty: lines } } : hop;
  });
  return { ...view, hops, note: vscode.l10n.t('from the history, secrets masked') };
}

/** Sets two responses beside each other; `id` is that of the exchange shown, else both are chosen. */
async function compareResponses(parts: HistoryCommandParts, folder: string, id: string | undefined): Promise<void> {
  const items = await parts.history.list(folder);
  const shown = id === undefined ? undefined : (await parts.views.find(id))?.view;
  if (shown) {
    return compareShown(parts, folder, shown, items.find(({ head }) => head.id === id)?.head.block);
  }
  const first = await chooseFromHistory({
    history: parts.history,
    folder,
    isOn: isOn(folder),
    title: vscode.l10n.t('Compare Responses (1 of 2)'),
    placeholder: vscode.l10n.t('Choose the first response'),
  });
  if (first) await compareWith(parts, folder, first);
}

async function compareWith(parts: HistoryCommandParts, folder: string, item: HistoryItem): Promise<void> {
  const view = await viewOf(parts, folder, item);
  if (view) await compareShown(parts, folder, view, item.head.block);
}

async function viewOf(
  parts: HistoryCommandParts,
  folder: string,
  item: HistoryItem,
): Promise<ExchangeView | undefined> {
  return (await parts.views.find(item.head.id))?.view ?? parts.history.read(folder, item.key);
}

async function compareShown(
  parts: HistoryCommandParts,
  folder: string,
  view: ExchangeView,
  block: string | undefined,
): Promise<void> {
  const other = await chooseFromHistory({
    history: parts.history,
    folder,
    isOn: isOn(folder),
    title: vscode.l10n.t('Compare with…'),
    placeholder: vscode.l10n.t('Choose the response to set beside it'),
    block,
    without: view.id,
  });
  const second = other && (await viewOf(parts, folder, other));
  if (!second) return;
  // The older one stands on the left.
  const [left, right] = view.startedAt <= second.startedAt ? [view, second] : [second, view];
  await vscode.commands.executeCommand(
    'vscode.diff',
    comparedUri(left, folder),
    comparedUri(right, folder),
    `${left.title} ↔ ${right.title} (${timeOf(left)} ↔ ${timeOf(right)})`,
  );
}

function isOn(folder: string): boolean {
  return readHistorySettings(folder === noFolder ? undefined : vscode.Uri.parse(folder)).enabled;
}

/** The folder of the request file in front, else the first one. */
function folderInFront({ front }: HistoryCommandParts): string {
  const document = front.get();
  return document ? placeOf(document).folder : (vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? noFolder);
}

function timeOf({ startedAt }: ExchangeView): string {
  return new Date(startedAt).toLocaleTimeString();
}
