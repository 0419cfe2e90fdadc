import * as vscode from 'vscode';
import type { Session } from '../../core/session/session.ts';
import { expiryWords } from '../../present/cookieViews.ts';
import { defaultText } from '../../present/defaultText.ts';
import { momentWords } from '../../present/timeWords.ts';
import { contextKeys, sessionViewId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import { noFolder, workspacePlaces } from '../workspace/place.ts';
import { sessionDefaults } from '../workspace/defaultsInForce.ts';
import type { Environments } from '../workspace/environments.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { cookiesOf, domainsOf, groupsOf, nodeId, type SessionNode } from './sessionNodes.ts';

const dots = '••••••';

/** The session view: sessions of the workspace's folders with their cookies, variables, responses, connections and defaults. */
export class SessionTree implements vscode.TreeDataProvider<SessionNode> {
  readonly #sessions: SessionHost;
  readonly #environments: Environments;
  readonly #changed = new vscode.EventEmitter<undefined>();
  /** Rows whose value the user asked to see; forgotten with the window. */
  readonly #shown = new Set<string>();
  readonly #view: vscode.TreeView<SessionNode>;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(sessions: SessionHost, environments: Environments, registration: Registration) {
    this.#sessions = sessions;
    this.#environments = environments;
    registration.own(this.#changed);
    this.#view = registration.own(
      vscode.window.createTreeView(sessionViewId, { treeDataProvider: this, showCollapseAll: true }),
    );
    registration.own(sessions.onDidChange(() => this.refresh()));
    // "in 3 minutes" must stay true: the words are made anew while somebody can see them.
    const clock = setInterval(() => this.#view.visible && this.refresh(), 30_000);
    registration.own({ dispose: () => clearInterval(clock) });
    registration.own(this.#view.onDidChangeVisibility(({ visible }) => visible && this.refresh()));
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  setShown(node: SessionNode, shown: boolean): void {
    if (shown) this.#shown.add(nodeId(node));
    else this.#shown.delete(nodeId(node));
    this.refresh();
  }

  async getChildren(node?: SessionNode): Promise<SessionNode[]> {
    if (!node) return this.#roots();
    const now = Date.now();
    switch (node.kind) {
      case 'folder':
        return this.#sessionsOf(node.folder);
      case 'session':
        return this.#groupsOf(await this.#sessions.open(node.key));
      case 'cookies':
        return domainsOf(node.session, now);
      case 'domain':
        return cookiesOf(node.session, node.domain, now);
      case 'variables':
        return node.session.variables().map((variable) => ({ kind: 'variable', session: node.session, variable }));
      case 'responses':
        return node.session.allRecorded().map((recorded) => ({ kind: 'response', session: node.session, recorded }));
      case 'connections':
        return node.session
          .connections()
          .map((connection) => ({ kind: 'connection', session: node.session, connection }));
      case 'defaults':
        return node.defaults.map((provenance) => ({ kind: 'default', session: node.session, provenance }));
      case 'cookie':
      case 'variable':
      case 'response':
      case 'connection':
      case 'default':
        return [];
    }
  }

  getTreeItem(node: SessionNode): vscode.TreeItem {
    const item = this.#item(node, Date.now());
    // VS Code remembers by id what is open: a group that was empty would stay closed when it is no more.
    const isLeaf = item.collapsibleState === vscode.TreeItemCollapsibleState.None;
    item.id = isLeaf ? `${nodeId(node)}#leaf` : nodeId(node);
    return item;
  }

  async #groupsOf(session: Session): Promise<SessionNode[]> {
    return groupsOf(session, await sessionDefaults(session, this.#environments));
  }

  /** A single folder needs no row of its own. */
  async #roots(): Promise<SessionNode[]> {
    const folders = workspacePlaces().map(({ folder, label }) => ({ kind: 'folder', folder, label }) as const);
    const outside = { kind: 'folder', folder: noFolder, label: vscode.l10n.t('Files outside every folder') } as const;
    const outsideSessions = await this.#sessions.list(noFolder);
    const roots = folders.length === 0 || outsideSessions.length > 0 ? [...folders, outside] : folders;
    const lists = await Promise.all(roots.map(({ folder }) => this.#sessionsOf(folder)));
    const any = lists.some((list) => list.length > 0);
    await vscode.commands.executeCommand('setContext', contextKeys.hasSession, any);
    if (!any) return [];
    return roots.length === 1 ? (lists[0] ?? []) : roots.filter((_, index) => (lists[index] ?? []).length > 0);
  }

  /** The active session first, then the others of the folder. */
  async #sessionsOf(folder: string): Promise<SessionNode[]> {
    const active = this.#sessions.activeKey(folder);
    const isActive = (key: typeof active) => key.profile === active.profile && key.name === active.name;
    const stored = await this.#sessions.list(folder);
    if (stored.length === 0) return [];
    const others = stored.filter((key) => !isActive(key));
    return [active, ...others].map((key) => ({
      kind: 'session',
      key,
      active: isActive(key),
      session: this.#sessions.opened(key),
    }));
  }

  #item(node: SessionNode, now: number): vscode.TreeItem {
    switch (node.kind) {
      case 'folder':
        return row(node.label, 'root-folder', vscode.TreeItemCollapsibleState.Expanded);
      case 'session':
        return sessionRow(node);
      case 'cookies':
        return group(vscode.l10n.t('Cookies'), node.session.jar.all(now).length, 'cookies', 'archive');
      case 'domain':
        return row(node.domain, 'globe', vscode.TreeItemCollapsibleState.Expanded);
      case 'cookie':
        return this.#cookieRow(node, now);
      case 'variables':
        return group(vscode.l10n.t('Variables'), node.session.variables().length, 'variables', 'symbol-variable');
      case 'variable':
        return this.#variableRow(node, now);
      case 'responses':
        return group(vscode.l10n.t('Last responses'), node.session.allRecorded().length, 'responses', 'reply');
      case 'response':
        return responseRow(node, now);
      case 'connections':
        return group(vscode.l10n.t('Connections'), node.session.connections().length, 'connections', 'plug');
      case 'connection':
        return connectionRow(node);
      case 'defaults':
        return group(vscode.l10n.t('Defaults in force'), node.defaults.length, 'defaults', 'settings');
      case 'default':
        return defaultRow(node);
    }
  }

  #cookieRow(node: SessionNode & { kind: 'cookie' }, now: number): vscode.TreeItem {
    const { cookie } = node;
    const isShown = this.#shown.has(nodeId(node));
    const flags = [cookie.path, cookie.hostOnly ? 'host only' : `.${cookie.domain}`];
    if (cookie.httpOnly) flags.push('HttpOnly');
    if (cookie.secure) flags.push('Secure');
    if (cookie.sameSite) flags.push(`SameSite ${cookie.sameSite}`);
    const item = row(cookie.name, 'circle-small');
    item.description = `${isShown ? cookie.value : dots} · ${flags.join(' · ')} · ${expiryWords(cookie.expires, now)}`;
    const { source } = cookie;
    const setBy = source
      ? `${source.kind === 'response' ? `set by ${source.requestName ?? source.url ?? 'a response'}` : `set by ${source.kind}`}${source.hop === undefined ? '' : `, hop ${String(source.hop)}`}, ${momentWords(source.at, now)}`
      : 'not known who set it';
    item.tooltip = `${cookie.name}\n${item.description}\n${setBy}`;
    item.contextValue = `cookie.${isShown ? 'shown' : 'masked'}${source?.requestName === undefined ? '' : '.source'}`;
    return item;
  }

  #variableRow(node: SessionNode & { kind: 'variable' }, now: number): vscode.TreeItem {
    const { name, value, origin, secret, at } = node.variable;
    const isShown = !secret || this.#shown.has(nodeId(node));
    const item = row(name, 'symbol-string');
    item.description = `${isShown ? value : dots} · ${origin}`;
    item.tooltip = `${name}\n${origin}, ${momentWords(at, now)}`;
    item.contextValue = `variable.${secret ? (isShown ? 'shown' : 'masked') : 'plain'}`;
    return item;
  }
}

function row(
  label: string,
  icon: string,
  state: vscode.TreeItemCollapsibleState = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

/** Name, value and who said it; what is not heard because of it stands in the tooltip. */
function defaultRow({ provenance }: SessionNode & { kind: 'default' }): vscode.TreeItem {
  const { label, value, origin, replaces } = defaultText(provenance);
  const item = described(row(label, 'dash'), `${value} · ${origin}`);
  item.tooltip = `${label}: ${value}\n${origin}${replaces === '' ? '' : `\n${vscode.l10n.t('instead of {0}', replaces)}`}`;
  item.contextValue = 'default';
  return item;
}

function described(item: vscode.TreeItem, description: string): vscode.TreeItem {
  item.description = description;
  return item;
}

function group(label: string, count: number, contextValue: string, icon: string): vscode.TreeItem {
  const open = contextValue === 'cookies' || contextValue === 'variables';
  const state = open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = row(label, icon, count === 0 ? vscode.TreeItemCollapsibleState.None : state);
  item.description = String(count);
  item.contextValue = count === 0 ? `empty.${contextValue}` : contextValue;
  return item;
}

function sessionRow(node: SessionNode & { kind: 'session' }): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = row(node.key.name, node.active ? 'check' : 'account', node.active ? Expanded : Collapsed);
  const profile = node.key.profile === '-' ? vscode.l10n.t('no environment') : node.key.profile;
  item.description = node.active ? vscode.l10n.t('{0} · active', profile) : profile;
  item.contextValue = node.active ? 'session.active' : 'session.other';
  return item;
}

function responseRow(node: SessionNode & { kind: 'response' }, now: number): vscode.TreeItem {
  const { id, file, hops, at } = node.recorded;
  const item = row(id, 'symbol-event');
  item.description = `${String(hops.at(-1)?.status ?? '')} · ${file} · ${momentWords(at, now)}`;
  return item;
}

function connectionRow(node: SessionNode & { kind: 'connection' }): vscode.TreeItem {
  const { origin, id, remoteAddress, remotePort } = node.connection;
  const item = row(origin, 'plug');
  item.description = `#${String(id)}${remoteAddress === undefined ? '' : ` · ${remoteAddress}:${String(remotePort)}`}`;
  return item;
}
