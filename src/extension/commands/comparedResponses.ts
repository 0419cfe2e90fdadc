import * as vscode from 'vscode';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import { createMask } from '../../present/mask.ts';
import { compareScheme } from '../contributions.ts';
import { loadPresent } from '../loadEngine.ts';
import { sentHops } from '../panels/exports.ts';
import { readHistorySettings } from '../settings.ts';
import type { History } from '../workspace/history.ts';
import type { Views } from '../workspace/views.ts';

export interface ComparedParts {
  readonly views: Views;
  readonly history: History;
}

/** Where one side of a comparison is read from, also by the window that comes after this one: the place tells which exchange it is. */
export function comparedUri({ id, title, startedAt }: ExchangeView, folder: string): vscode.Uri {
  const path = `/${id}/${title.replaceAll('/', '∕')} ${new Date(startedAt).toLocaleTimeString()}`;
  return vscode.Uri.from({ scheme: compareScheme, path, query: folder });
}

/** What is compared is shown to whoever looks at the screen: without secrets. */
export async function comparedText(parts: ComparedParts, { path, query: folder }: vscode.Uri): Promise<string> {
  const view = await keptView(parts, folder, path.split('/', 2)[1] ?? '');
  if (!view) {
    return vscode.l10n.t(
      'This response is not kept any more. Close this comparison; “Compare Responses” makes another.',
    );
  }
  const { comparableText, maskedView } = loadPresent();
  const { secrets } = sentHops(view, undefined);
  return comparableText(maskedView(view, createMask(secrets)), readHistorySettings(undefined).ignoredHeaders);
}

/** This window, or the one before it, still has the newest whole; the others are in the history. */
async function keptView(
  { views, history }: ComparedParts,
  folder: string,
  id: string,
): Promise<ExchangeView | undefined> {
  const shown = (await views.find(id))?.view;
  if (shown) return shown;
  const item = (await history.list(folder)).find(({ head }) => head.id === id);
  return item && history.read(folder, item.key);
}
