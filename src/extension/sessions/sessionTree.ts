import * as vscode from 'vscode';
import type { Session } from '../../core/session/session.ts';
import { contextKeys } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { Environments } from '../workspace/environments.ts';
import { noFolder, workspacePlaces } from '../workspace/place.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { sessionDefaults } from './defaultsInForce.ts';
import { SessionModel } from './sessionModel.ts';
import { nodeId, type SessionNode } from './sessionNodes.ts';

/** How often rows whose words count from now are looked at, and other windows' changes taken over, in milliseconds. */
const clockEvery = 5000;

/** The session view in the editor: draws the model, and as little of it anew as changed. */
export class SessionTree {
  readonly model: SessionModel;
  readonly #sessions: SessionHost;
  readonly #view: vscode.TreeView<SessionNode>;
  readonly #redraw: (nodes: SessionNode | SessionNode[] | undefined) => void;
  readonly #dirty = new Set<Session>();
  #isAllDirty = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    parts: { readonly sessions: SessionHost; readonly environments: Environments },
    view: vscode.TreeView<SessionNode>,
    redraw: (nodes: SessionNode | SessionNode[] | undefined) => void,
    registration: Registration,
  ) {
    const { sessions, environments } = parts;
    this.#sessions = sessions;
    this.#view = view;
    this.#redraw = redraw;
    this.model = createModel(sessions, environments);
    registration.own(sessions.onDidChangeSession((session) => this.#mark(session)));
    registration.own(sessions.changes.onDidChange((session) => this.#mark(session)));
    registration.own(sessions.onDidChangeList(() => this.refresh()));
    const clock = setInterval(() => void this.#tick(), clockEvery);
    registration.own({ dispose: () => clearInterval(clock) });
    registration.own({ dispose: () => clearTimeout(this.#timer) });
    registration.own(vscode.window.onDidChangeWindowState(({ focused }) => focused && void this.#tick()));
    registration.own(view.onDidChangeVisibility(({ visible }) => visible && void this.#tick()));
  }

  refresh(): void {
    this.#isAllDirty = true;
    this.#soon();
  }

  setShown(node: SessionNode, shown: boolean): void {
    this.model.setShown(node, shown);
    this.#redraw(node);
  }

  /** A filter shows in the view's message, so that nobody misses what it hides. */
  setFilter(text: string): void {
    this.model.setFilter(text);
    void vscode.commands.executeCommand('setContext', contextKeys.sessionFiltered, this.model.filter !== '');
    this.refresh();
  }

  async reveal(node: SessionNode): Promise<void> {
    await this.#view.reveal(node, { select: true, focus: true });
  }

  async children(node?: SessionNode): Promise<SessionNode[]> {
    const children = await this.model.children(node);
    this.#tellFilter();
    return children;
  }

  item(node: SessionNode): vscode.TreeItem {
    const row = this.model.row(node);
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(row.label, { leaf: None, open: Expanded, closed: Collapsed }[row.state]);
    item.iconPath = new vscode.ThemeIcon(row.icon);
    item.tooltip = row.tooltip;
    // An empty description would be taken for "the path of the resource".
    if (row.description !== undefined) item.description = row.description;
    if (row.context !== undefined) item.contextValue = row.context;
    // Without it a screen reader would say the tooltip.
    item.accessibilityInformation = { label: `${row.label} ${row.description ?? ''}`.trimEnd() };
    // VS Code remembers by id what is open: a group that was empty would stay closed when it is no more.
    item.id = row.state === 'leaf' ? `${nodeId(node)}#leaf` : nodeId(node);
    return item;
  }

  #mark(session: Session): void {
    this.#dirty.add(session);
    this.#soon();
  }

  /** A send changes a session several times: it is drawn once. */
  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, 30);
  }

  #draw(): void {
    const changed = [...this.#dirty].map((session) => this.model.changedBy(session));
    this.#dirty.clear();
    const nodes = changed.flatMap((each) => each ?? []);
    // A change may come into the filter or go out of it, anywhere.
    const isFiltered = this.model.filter !== '' && nodes.length > 0;
    const isAll = this.#isAllDirty || isFiltered || changed.some((each) => each === undefined);
    this.#isAllDirty = false;
    if (isAll) return this.#redraw(undefined);
    if (nodes.length > 0) this.#redraw(nodes);
  }

  async #tick(): Promise<void> {
    if (!this.#view.visible || !vscode.window.state.focused) return;
    await this.#sessions.refresh();
    const outdated = this.model.outdated();
    if (outdated.length > 0) this.#redraw([...outdated]);
    // What has expired meanwhile is gone without anybody changing the session.
    const drawn = this.#sessions.openSessions().filter((session) => this.model.draws(session));
    drawn.forEach((session) => this.#mark(session));
  }

  #tellFilter(): void {
    const { filter } = this.model;
    const { matching, all } = this.model.counts(filter === '' ? [] : this.#sessions.openSessions());
    this.#view.message = filter === '' ? '' : vscode.l10n.t('Filter “{0}”: {1} of {2} shown', filter, matching, all);
  }
}

function createModel(sessions: SessionHost, environments: Environments): SessionModel {
  return new SessionModel({
    now: Date.now,
    folders: async () => {
      const folders = workspacePlaces().map(({ folder, label }) => ({ folder, label }));
      const outside = await sessions.list(noFolder);
      return folders.length === 0 || outside.length > 0
        ? [...folders, { folder: noFolder, label: vscode.l10n.t('Files outside every folder') }]
        : folders;
    },
    sessions: async (folder) => {
      const active = sessions.activeKey(folder);
      const stored = await sessions.list(folder);
      if (stored.length === 0) return [];
      const isActive = (key: typeof active) => key.profile === active.profile && key.name === active.name;
      const others = stored.filter((key) => !isActive(key) && !isUntouched(sessions.opened(key)));
      return [active, ...others].map((key) => ({ key, active: isActive(key) }));
    },
    open: (key) => sessions.open(key),
    opened: (key) => sessions.opened(key),
    defaults: (session) => sessionDefaults(session, environments),
    snapshots: async (key) => (await sessions.registry()).snapshots(key),
    lastChange: (session) => sessions.changes.last(session),
  });
}

/** Opened to look ahead, as for a preview of `# @session alice`, and nothing was ever in it. */
function isUntouched(session: Session | undefined): boolean {
  if (!session || session.revision > 0) return false;
  const { jar } = session;
  return jar.all(Date.now()).length + session.variables().length + session.allRecorded().length === 0;
}
