import type { Cookie } from '../../core/cookies/cookie.ts';
import type { Provenance } from '../../core/session/provenance.ts';
import type { Session, SessionKey } from '../../core/session/session.ts';
import { sessionId } from '../../core/session/sessionKey.ts';
import type { DoneChange } from '../workspace/sessionChanges.ts';
import { nodeId, type NodeOf, type SessionNode } from './sessionNodes.ts';
import { rowOf, type Row } from './sessionRow.ts';

/** What the view asks of its surroundings. */
export interface ModelParts {
  /** Epoch milliseconds. */
  now(): number;
  /** Folders with sessions, each once, with a name for people. */
  folders(): Promise<readonly { readonly folder: string; readonly label: string }[]>;
  /** The sessions of a folder, the active one first; none when it has no stored session. */
  sessions(folder: string): Promise<readonly { readonly key: SessionKey; readonly active: boolean }[]>;
  open(key: SessionKey): Promise<Session>;
  opened(key: SessionKey): Session | undefined;
  defaults(session: Session): Promise<readonly Provenance[]>;
  snapshots(key: SessionKey): Promise<readonly string[]>;
  lastChange(session: Session): DoneChange | undefined;
}

/** Our choice: with more domains than this a session opens with them folded. */
const unfolded = 12;

/** What was last told of an open session: the next change is compared with it. */
interface Told {
  readonly cookies: ReadonlyMap<string, Cookie>;
  readonly byDomain: ReadonlyMap<string, readonly Cookie[]>;
  readonly variables: readonly unknown[];
  readonly recorded: readonly unknown[];
  readonly connections: number;
  readonly defaults: unknown;
  readonly change: DoneChange | undefined;
}

/**
 * The rows of the session view and what of them has changed. An element that was handed out stays the same object for as long as its
 * row lives, because the editor knows rows by their elements.
 */
export class SessionModel {
  readonly #parts: ModelParts;
  readonly #elements = new Map<string, SessionNode>();
  readonly #told = new Map<string, Told>();
  /** What rows whose words depend on the time said last. */
  readonly #said = new Map<string, string>();
  readonly #shown = new Set<string>();
  #filter = '';

  constructor(parts: ModelParts) {
    this.#parts = parts;
  }

  get filter(): string {
    return this.#filter;
  }

  setFilter(text: string): void {
    this.#filter = text.trim().toLowerCase();
  }

  setShown(node: SessionNode, shown: boolean): void {
    if (shown) this.#shown.add(nodeId(node));
    else this.#shown.delete(nodeId(node));
  }

  row(node: SessionNode): Row {
    const row = rowOf(node, { now: this.#parts.now(), isShown: this.#shown.has(nodeId(node)) });
    this.#said.set(nodeId(node), row.description ?? '');
    return row;
  }

  async children(node?: SessionNode): Promise<SessionNode[]> {
    const children = await (node ? this.#below(node) : this.#roots());
    return children.map((child) => this.#element(child));
  }

  /** Rows above a row, for the editor to open on the way to it. */
  parent(node: SessionNode): SessionNode | undefined {
    const find = (id: string) => this.#elements.get(id);
    if (node.kind === 'folder') return undefined;
    if (node.kind === 'session') return find(`folder:${node.key.folder}`);
    const { key } = node.session;
    const group = groupsOfRows[node.kind];
    if (node.kind === 'cookie') return find(`${sessionId(key)}/domain/${node.cookie.domain}`);
    return find(group === undefined ? `session:${sessionId(key)}` : `${sessionId(key)}/${group}`);
  }

  /** The element of a cookie that the view has drawn, to select it. */
  cookieElement(session: Session, cookie: Cookie): SessionNode {
    return this.#element({ kind: 'cookie', session, cookie });
  }

  /** How many rows of the open sessions the filter lets through, and how many there are. */
  counts(sessions: readonly Session[]): { readonly matching: number; readonly all: number } {
    let matching = 0;
    let all = 0;
    for (const session of sessions) {
      const rows = [
        ...session.jar.all(this.#parts.now()).map((cookie) => this.#matchesCookie(cookie)),
        ...session.variables().map(({ name }) => this.#matches(name)),
        ...session.allRecorded().map(({ id, file }) => this.#matches(id, file)),
      ];
      all += rows.length;
      matching += rows.filter(Boolean).length;
    }
    return { matching, all };
  }

  /** The fewest elements to draw anew after something in `session` changed; `undefined` for the whole view. */
  changedBy(session: Session): readonly SessionNode[] | undefined {
    const id = sessionId(session.key);
    const root = this.#elements.get(`session:${id}`);
    const before = this.#told.get(id);
    if (!root) return undefined;
    // Folded, and never opened: its row says nothing of what is in it.
    if (!before) return [];
    const now = this.#tell(session);
    // A group that was empty had no children to open, and a last change may come or go: both change the groups.
    if (isEmptied(before, now) || (before.change === undefined) !== (now.change === undefined)) return [root];
    const find = (name: string) => this.#elements.get(`${id}/${name}`);
    const changed = [
      ...(before.change === now.change ? [] : [this.#renewed({ kind: 'change', session, done: now.change })]),
      ...this.#changedCookies(session, before.cookies, now.cookies),
      ...(sameItems(before.variables, now.variables) ? [] : [this.#regrouped(find('variables'), session)]),
      ...(sameItems(before.recorded, now.recorded) ? [] : [this.#regrouped(find('responses'), session)]),
      ...(before.connections === now.connections ? [] : [this.#regrouped(find('connections'), session)]),
    ];
    if (before.defaults !== now.defaults) return [root];
    return changed.filter((element) => element !== undefined);
  }

  /** Whether the session has a row. */
  draws(session: Session): boolean {
    return this.#elements.has(`session:${sessionId(session.key)}`);
  }

  /** Drawn rows whose words are not true any more because time has passed. */
  outdated(): readonly SessionNode[] {
    return [...this.#elements.values()].filter((element) => {
      const said = this.#said.get(nodeId(element));
      if (said === undefined || !timed.has(element.kind)) return false;
      const scene = { now: this.#parts.now(), isShown: this.#shown.has(nodeId(element)) };
      return rowOf(element, scene).description !== said;
    });
  }

  async #roots(): Promise<SessionNode[]> {
    this.#elements.clear();
    const folders = await this.#parts.folders();
    const lists = await Promise.all(folders.map(({ folder }) => this.#sessionsOf(folder)));
    const present = folders.filter((_, index) => (lists[index] ?? []).length > 0);
    // A single folder needs no row of its own.
    if (folders.length === 1) return lists[0] ?? [];
    return present.map(({ folder, label }) => ({ kind: 'folder', folder, label }));
  }

  async #sessionsOf(folder: string): Promise<SessionNode[]> {
    const sessions = await this.#parts.sessions(folder);
    return sessions.map(({ key, active }) => ({ kind: 'session', key, active, session: this.#parts.opened(key) }));
  }

  async #below(node: SessionNode): Promise<SessionNode[]> {
    switch (node.kind) {
      case 'folder':
        return this.#sessionsOf(node.folder);
      case 'session':
        return this.#groupsOf(await this.#parts.open(node.key));
      case 'cookies':
        return this.#domainsOf(node.session);
      case 'domain':
        return this.#ofDomain(node.session, node.domain).map((cookie) => ({
          kind: 'cookie',
          session: node.session,
          cookie,
        }));
      case 'variables':
        return this.#variables(node.session).map((variable) => ({ kind: 'variable', session: node.session, variable }));
      case 'responses':
        return this.#responses(node.session).map((recorded) => ({ kind: 'response', session: node.session, recorded }));
      case 'connections':
        return node.session
          .connections()
          .map((connection) => ({ kind: 'connection', session: node.session, connection }));
      case 'defaults':
        return node.defaults.map((provenance) => ({ kind: 'default', session: node.session, provenance }));
      case 'snapshots':
        return node.names.map((name) => ({ kind: 'snapshot', session: node.session, name }));
      case 'change':
      case 'cookie':
      case 'variable':
      case 'response':
      case 'connection':
      case 'default':
      case 'snapshot':
        return [];
    }
  }

  /** Groups without content are left out, but cookies and variables always tell their number. A filter leaves those that match. */
  async #groupsOf(session: Session): Promise<SessionNode[]> {
    const defaults = await this.#parts.defaults(session);
    const names = await this.#parts.snapshots(session.key);
    const { change } = this.#tell(session);
    const cookies = { kind: 'cookies', session, count: this.#cookies(session).length } as const;
    const variables = { kind: 'variables', session, count: this.#variables(session).length } as const;
    const responses = { kind: 'responses', session, count: this.#responses(session).length } as const;
    if (this.#filter !== '') return [cookies, variables, responses].filter(({ count }) => count > 0);
    return [
      ...(change ? [{ kind: 'change', session, done: change } as const] : []),
      cookies,
      variables,
      ...(responses.count > 0 ? [responses] : []),
      { kind: 'connections', session, count: session.connections().length },
      { kind: 'defaults', session, defaults },
      ...(names.length > 0 ? [{ kind: 'snapshots', session, names } as const] : []),
    ];
  }

  #domainsOf(session: Session): NodeOf<'domain'>[] {
    const domains = Map.groupBy(this.#cookies(session), ({ domain }) => domain);
    const open = domains.size <= unfolded || this.#filter !== '';
    return [...domains].map(([domain, all]) => ({ kind: 'domain', session, domain, count: all.length, open }));
  }

  #cookies(session: Session): readonly Cookie[] {
    const all = session.jar.all(this.#parts.now());
    return this.#filter === '' ? all : all.filter((cookie) => this.#matchesCookie(cookie));
  }

  /** As last told: with hundreds of domains unfolded, sorting the jar for each would take a second. */
  #ofDomain(session: Session, domain: string): readonly Cookie[] {
    const told = this.#told.get(sessionId(session.key)) ?? this.#tell(session);
    const all = told.byDomain.get(domain) ?? [];
    return this.#filter === '' ? all : all.filter((cookie) => this.#matchesCookie(cookie));
  }

  #variables(session: Session) {
    return session.variables().filter(({ name }) => this.#matches(name));
  }

  #responses(session: Session) {
    return session.allRecorded().filter(({ id, file }) => this.#matches(id, file));
  }

  #matchesCookie({ name, domain, path }: Cookie): boolean {
    return this.#matches(name, `${domain}${path}`);
  }

  /** Values are not searched: a filter must not tell what is masked. */
  #matches(...texts: readonly string[]): boolean {
    return this.#filter === '' || texts.some((text) => text.toLowerCase().includes(this.#filter));
  }

  #tell(session: Session): Told {
    const all = session.jar.all(this.#parts.now());
    const told: Told = {
      cookies: new Map(all.map((cookie) => [cookieMark(cookie), cookie])),
      byDomain: Map.groupBy(all, ({ domain }) => domain),
      variables: session.variables(),
      recorded: session.allRecorded(),
      connections: session.connections().length,
      defaults: session.defaults,
      change: this.#parts.lastChange(session),
    };
    this.#told.set(sessionId(session.key), told);
    return told;
  }

  #changedCookies(
    session: Session,
    before: ReadonlyMap<string, Cookie>,
    now: ReadonlyMap<string, Cookie>,
  ): readonly (SessionNode | undefined)[] {
    const isSameSet = before.size === now.size && [...now.keys()].every((mark) => before.has(mark));
    if (!isSameSet) return [this.#regrouped(this.#elements.get(`${sessionId(session.key)}/cookies`), session)];
    return [...now]
      .filter(([mark, cookie]) => before.get(mark) !== cookie)
      .map(([, cookie]) => this.#renewed({ kind: 'cookie', session, cookie }));
  }

  /** A group with its number as it is now; its children are asked for anew. */
  #regrouped(group: SessionNode | undefined, session: Session): SessionNode | undefined {
    if (!group) return undefined;
    const count = {
      cookies: () => this.#cookies(session).length,
      variables: () => this.#variables(session).length,
      responses: () => this.#responses(session).length,
      connections: () => session.connections().length,
    }[group.kind as 'cookies'];
    return Object.assign(group, { count: count() });
  }

  /** An element that is drawn already, with what it stands for now; nothing when its row was never asked for. */
  #renewed(node: SessionNode | { kind: 'change'; session: Session; done: undefined }): SessionNode | undefined {
    if (node.kind === 'change' && node.done === undefined) return undefined;
    const known = this.#elements.get(nodeId(node));
    return known && Object.assign(known, node);
  }

  #element(node: SessionNode): SessionNode {
    const id = nodeId(node);
    const known = this.#elements.get(id);
    if (known) return Object.assign(known, node);
    this.#elements.set(id, node);
    return node;
  }
}

/** Kinds of rows whose words count from now. */
const timed: ReadonlySet<string> = new Set(['cookie', 'response', 'change']);

const groupsOfRows: Partial<Record<SessionNode['kind'], string>> = {
  domain: 'cookies',
  variable: 'variables',
  response: 'responses',
  connection: 'connections',
  default: 'defaults',
  snapshot: 'snapshots',
};

function cookieMark({ domain, hostOnly, path, name }: Cookie): string {
  return `${domain}\n${hostOnly ? 'host' : 'domain'}\n${path}\n${name}`;
}

function isEmptied(before: Told, now: Told): boolean {
  return (
    (before.cookies.size === 0) !== (now.cookies.size === 0) ||
    (before.variables.length === 0) !== (now.variables.length === 0) ||
    (before.recorded.length === 0) !== (now.recorded.length === 0) ||
    (before.connections === 0) !== (now.connections === 0)
  );
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
