import * as vscode from 'vscode';
import { sizeWords } from '../../core/text/sizeWords.ts';
import type { HistoryItem } from '../workspace/history.ts';

/** What can be done with an entry besides opening it. */
export type HistoryAction = 'compare' | 'resend' | 'delete';

export interface HistoryPick extends vscode.QuickPickItem {
  /** Absent for the line of a day. */
  readonly item?: HistoryItem;
}

/** Lines of the list, under the day they were made on. */
export function historyPicks(items: readonly HistoryItem[], now: number): HistoryPick[] {
  let day = '';
  return items.flatMap((item) => {
    const label = dayOf(item.head.startedAt, now);
    const isNew = label !== day;
    day = label;
    return [...(isNew ? [{ label, kind: vscode.QuickPickItemKind.Separator }] : []), pickOf(item)];
  });
}

export const actionButtons: Readonly<Record<HistoryAction, vscode.QuickInputButton>> = {
  compare: { iconPath: new vscode.ThemeIcon('diff'), tooltip: vscode.l10n.t('Compare with…') },
  resend: { iconPath: new vscode.ThemeIcon('debug-rerun'), tooltip: vscode.l10n.t('Send the request again') },
  delete: { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete from the history') },
};

/** Time, status, method and URL can be searched for, and so can the names of request, environment and session. */
function pickOf(item: HistoryItem): HistoryPick {
  const { head } = item;
  const { method, url, status, reason, title, environment, session, startedAt, durationMs, hops, bytes } = head;
  const time = new Date(startedAt).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const facts = [
    title,
    environment,
    session === 'default' ? '' : session,
    vscode.l10n.t('{0} ms', Math.round(durationMs)),
    hops > 1 ? vscode.l10n.t('{0} hops', hops) : '',
    sizeWords(bytes),
    head.state === 'completed' ? '' : stateWords[head.state](),
  ];
  return {
    label: `$(${icon(head)}) ${status === undefined ? stateWords[head.state]() : `${status} ${reason ?? ''}`.trim()}  ${method} ${shortUrl(url)}`,
    description: time,
    detail: facts.filter((fact) => fact !== '').join(' · '),
    buttons: Object.values(actionButtons),
    item,
  };
}

const stateWords: Readonly<Record<HistoryItem['head']['state'], () => string>> = {
  running: () => vscode.l10n.t('running'),
  completed: () => vscode.l10n.t('no response'),
  failed: () => vscode.l10n.t('failed'),
  cancelled: () => vscode.l10n.t('cancelled'),
  blocked: () => vscode.l10n.t('not sent'),
};

function icon({ state, status }: HistoryItem['head']): string {
  if (state === 'cancelled') return 'circle-slash';
  if (state !== 'completed' || status === undefined || status >= 400) return 'error';
  return status >= 300 ? 'arrow-right' : 'pass';
}

/** The scheme says little, and a line has little room. */
function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//, '');
}

function dayOf(at: number, now: number): string {
  const date = new Date(at);
  if (date.toDateString() === new Date(now).toDateString()) return vscode.l10n.t('Today');
  if (date.toDateString() === new Date(now - 24 * 3600 * 1000).toDateString()) return vscode.l10n.t('Yesterday');
  return date.toLocaleDateString(undefined, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
}
