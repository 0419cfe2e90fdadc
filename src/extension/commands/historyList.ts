import * as vscode from 'vscode';
import type { History, HistoryItem } from '../workspace/history.ts';
import { actionButtons, historyPicks, type HistoryAction, type HistoryPick } from './historyItems.ts';

export interface HistoryListOptions {
  readonly history: History;
  /** Whose exchanges: URI of a workspace folder, or `no-folder`. */
  readonly folder: string;
  readonly title: string;
  readonly placeholder: string;
  /** Only those of this block at first. */
  readonly block?: string | undefined;
  /** Not in the list. */
  readonly without?: string | undefined;
  /** False: nothing is added at present. */
  readonly isOn: boolean;
  /** What can be done with an entry besides choosing it; absent: nothing. The list stays open after a deletion. */
  readonly onAction?: (action: Exclude<HistoryAction, 'delete'>, item: HistoryItem) => void;
}

const titleButtons = {
  onlyThis: { iconPath: new vscode.ThemeIcon('filter'), tooltip: vscode.l10n.t('Only this request') },
  all: { iconPath: new vscode.ThemeIcon('filter-filled'), tooltip: vscode.l10n.t('Show all requests') },
  clear: {
    iconPath: new vscode.ThemeIcon('clear-all'),
    tooltip: vscode.l10n.t('Delete the whole history of this folder'),
  },
} as const;

/** The history as a list to search in; `undefined` when nothing was chosen. Buttons in the title do for the line that is marked what those of a line do. */
export async function chooseFromHistory(options: HistoryListOptions): Promise<HistoryItem | undefined> {
  const list = new HistoryList(options);
  await list.load();
  return list.chosen;
}

class HistoryList {
  readonly chosen: Promise<HistoryItem | undefined>;
  readonly #options: HistoryListOptions;
  readonly #pick = vscode.window.createQuickPick<HistoryPick>();
  #block: string | undefined;
  #resolve: (item: HistoryItem | undefined) => void = () => undefined;

  constructor(options: HistoryListOptions) {
    this.#options = options;
    this.#block = options.block;
    this.chosen = new Promise((resolve) => (this.#resolve = resolve));
    const pick = this.#pick;
    pick.title = options.title;
    pick.placeholder = options.placeholder;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    // A question about a deletion stands in front of it.
    pick.ignoreFocusOut = true;
    pick.onDidAccept(() => this.#end(pick.activeItems[0]?.item));
    pick.onDidHide(() => this.#end(undefined));
    pick.onDidTriggerItemButton(({ button, item }) => void this.#act(button, item.item));
    pick.onDidTriggerButton((button) => void this.#actInTitle(button, pick.activeItems[0]?.item));
    pick.busy = true;
    pick.show();
  }

  async load(): Promise<void> {
    const { history, folder, without, onAction } = this.#options;
    const pick = this.#pick;
    const all = (await history.list(folder)).filter(({ head }) => head.id !== without);
    const shown = all.filter(({ head }) => this.#block === undefined || head.block === this.#block);
    const picks = historyPicks(shown, Date.now());
    pick.items = onAction ? picks : picks.map((each) => ({ ...each, buttons: [] }));
    const filter = this.#block === undefined ? titleButtons.onlyThis : titleButtons.all;
    pick.buttons = [filter, ...(onAction ? [...Object.values(actionButtons), titleButtons.clear] : [])];
    pick.busy = false;
    pick.placeholder = shown.length > 0 ? this.#options.placeholder : this.#emptyWords(all.length > 0);
  }

  #emptyWords(hasOthers: boolean): string {
    const { without, isOn } = this.#options;
    if (hasOthers && without !== undefined)
      return vscode.l10n.t('There is no other response of this request; the filter button shows all');
    if (hasOthers) return vscode.l10n.t('This request has not been sent yet; the filter button shows all');
    return isOn
      ? vscode.l10n.t('Nothing has been kept yet: send a request, and it stands here')
      : vscode.l10n.t('The history is off: the setting crumbtrail.history.enabled turns it on');
  }

  async #actInTitle(button: vscode.QuickInputButton, item: HistoryItem | undefined): Promise<void> {
    if (button === titleButtons.clear) return this.#clear();
    if (button !== titleButtons.onlyThis && button !== titleButtons.all) return this.#act(button, item);
    this.#block = button === titleButtons.onlyThis ? item?.head.block : undefined;
    await this.load();
  }

  async #act(button: vscode.QuickInputButton, item: HistoryItem | undefined): Promise<void> {
    if (!item) return;
    if (button === actionButtons.delete) {
      const { method, url } = item.head;
      const question = vscode.l10n.t('Delete {0} {1} from the history?', method, url);
      if (await confirmed(question)) await this.#options.history.remove(this.#options.folder, [item.key]);
      return this.load();
    }
    this.#options.onAction?.(button === actionButtons.compare ? 'compare' : 'resend', item);
    this.#end(undefined);
  }

  async #clear(): Promise<void> {
    const { history, folder } = this.#options;
    if (await confirmedClear(history, folder)) await this.load();
  }

  #end(item: HistoryItem | undefined): void {
    this.#resolve(item);
    this.#pick.dispose();
  }
}

/** Deletes the whole history of a folder when the user confirms it. */
export async function confirmedClear(history: History, folder: string): Promise<boolean> {
  const items = await history.list(folder);
  const question = vscode.l10n.t('Delete all {0} exchanges from the history of this folder?', items.length);
  if (!(await confirmed(question))) return false;
  await history.remove(
    folder,
    items.map(({ key }) => key),
  );
  return true;
}

async function confirmed(question: string): Promise<boolean> {
  const confirm = vscode.l10n.t('Delete');
  const detail = vscode.l10n.t('This cannot be undone. Cookies, variables and request files stay.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, confirm)) === confirm;
}
