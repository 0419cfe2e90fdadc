import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Cookie } from '../../core/cookies/cookie.ts';
import type { Session, SessionKey } from '../../core/session/session.ts';
import { environmentOfKey, sessionId, sessionKey } from '../../core/session/sessionKey.ts';
import type { Sessions } from '../../core/session/sessions.ts';
import type { SessionStore } from '../../core/session/store.ts';
import type { Engine } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';
import { readSettings } from '../settings.ts';
import type { FrontDocument } from './frontDocument.ts';
import { noFolder, placeOf, workspacePlaces } from './place.ts';
import type { Environments } from './environments.ts';
import { SessionChanges } from './sessionChanges.ts';
import { storeKey, type StoreKey } from './storeKey.ts';

export interface SessionHostParts {
  readonly engine: () => Engine;
  readonly environments: Environments;
  readonly front: FrontDocument;
  /** Workspace state: which session name is active in each folder. */
  readonly memory: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  /** `globalStorageUri`: shared by all windows, so that two windows on one folder share its sessions. */
  readonly storage: vscode.Uri;
}

/** The window's sessions: which is active where, opened from the encrypted store, written back after each change. */
export class SessionHost {
  readonly #parts: SessionHostParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listChanged = new vscode.EventEmitter<void>();
  readonly #sessionChanged = new vscode.EventEmitter<Session>();
  readonly #watched = new Map<Session, () => void>();
  /** Every cookie a session was seen with in this window, so that a 401 can name the request that set a lost one. */
  readonly #seen = new Map<string, Map<string, Cookie>>();
  readonly #known = new WeakSet<Cookie>();
  #sessions: Promise<Sessions> | undefined;
  #open: Sessions | undefined;
  /** Which sessions there are, which is active, or something in one of them. */
  readonly onDidChange = this.#changed.event;
  /** Which sessions there are, and which is active. */
  readonly onDidChangeList = this.#listChanged.event;
  /** Something in a session that is open. */
  readonly onDidChangeSession = this.#sessionChanged.event;
  /** What was done in this window and can be taken back. */
  readonly changes: SessionChanges;

  constructor(parts: SessionHostParts, registration: Registration) {
    this.#parts = parts;
    this.changes = registration.own(new SessionChanges());
    registration.own(this.#changed);
    registration.own(this.#listChanged);
    registration.own(this.#sessionChanged);
    registration.own(parts.environments.onDidChange(() => this.announce()));
  }

  keyOf(folder: string, environment: readonly string[], name?: string): SessionKey {
    return sessionKey(folder, environment, name ?? this.activeName(folder));
  }

  /** Folder of the request file in front, else the first one of the workspace. */
  currentFolder(): string {
    const document = this.#parts.front.get();
    return document ? placeOf(document).folder : (workspacePlaces()[0]?.folder ?? noFolder);
  }

  activeKey(folder: string): SessionKey {
    return this.keyOf(folder, this.#parts.environments.selected(folder));
  }

  activeName(folder: string): string {
    return this.#parts.memory.get<string>(`session:${folder}`, 'default');
  }

  /** Makes a stored session the active one, its environment included. */
  async use(key: SessionKey): Promise<void> {
    await this.#parts.environments.select(key.folder, environmentOfKey(key));
    await this.activate(key.folder, key.name);
  }

  async activate(folder: string, name: string): Promise<void> {
    await this.#parts.memory.update(`session:${folder}`, name);
    this.announce();
  }

  /** For views: what is open stays as it is. */
  async open(key: SessionKey): Promise<Session> {
    return this.opened(key) ?? (await this.openFresh(key));
  }

  /** For a send: what another window or the CLI wrote since is taken over. */
  async openFresh(key: SessionKey): Promise<Session> {
    const session = await (await this.registry()).open(key);
    this.#watch(session);
    return session;
  }

  opened(key: SessionKey): Session | undefined {
    const id = sessionId(key);
    return this.#open?.opened().find((session) => sessionId(session.key) === id);
  }

  async list(folder: string): Promise<readonly SessionKey[]> {
    return (await this.registry()).list(folder);
  }

  /** Every session of this window, to rename, copy, remove, and keep snapshots of; whoever does so announces it. */
  registry(): Promise<Sessions> {
    this.#sessions ??= this.#create();
    return this.#sessions;
  }

  /** Sessions were renamed, copied or removed, or another one is active. */
  announce(): void {
    this.#listChanged.fire();
    this.#changed.fire();
  }

  openSessions(): readonly Session[] {
    return this.#open?.opened() ?? [];
  }

  /** Takes over what other windows and the CLI wrote to the open sessions; nothing is loaded for it. */
  async refresh(): Promise<void> {
    await this.#open?.refresh();
  }

  /** Writes all changes; what cannot be written is told once, with the reason, and stays in memory. */
  async flush(): Promise<void> {
    const troubles = (await this.#open?.flush()) ?? [];
    const [first] = troubles;
    if (first) void vscode.window.showWarningMessage(first.message);
  }

  /** Cookies that `session` had in this window and has no more. */
  lostCookies(session: Session): readonly Cookie[] {
    const present = new Set(session.jar.all(Date.now()).map(identity));
    const seen = this.#seen.get(sessionId(session.key)) ?? new Map<string, Cookie>();
    return [...seen.values()].filter((cookie) => !present.has(identity(cookie)));
  }

  async close(): Promise<void> {
    await this.#open?.close();
  }

  async #create(): Promise<Sessions> {
    const { engine: load, secrets } = this.#parts;
    const engine = load();
    const key = await storeKey(secrets);
    this.#open = engine.nodeSessions({
      openStore: (folder) => this.#openStore(folder, key),
      keepsSessionCookies: (folder) => readSettings(resourceOf(folder)).keepSessionCookies,
      onReport: ({ message }) => void vscode.window.showWarningMessage(message),
    });
    return this.#open;
  }

  /** `crumbtrail.store` with `CRUMBTRAIL_KEY` is the CLI's store: its folder name and its key. */
  #openStore(folder: string, key: StoreKey): SessionStore {
    const engine = this.#parts.engine();
    const shared = readSettings(resourceOf(folder)).store;
    if (shared !== '') {
      return engine.openStore({ directory: path.resolve(shared), ...engine.storeKeyFromEnvironment(process.env) });
    }
    const base = vscode.Uri.joinPath(this.#parts.storage, 'sessions').fsPath;
    return engine.openStore({ directory: engine.sessionFolder(base, folder), key });
  }

  #watch(session: Session): void {
    this.#remember(session);
    if (this.#watched.has(session)) return;
    this.#watched.set(
      session,
      session.onChange(() => {
        this.#remember(session);
        this.#sessionChanged.fire(session);
        this.#changed.fire();
      }),
    );
  }

  #remember(session: Session): void {
    const id = sessionId(session.key);
    const seen = this.#seen.get(id) ?? new Map<string, Cookie>();
    for (const cookie of session.jar.all(Date.now())) {
      // A send changes few of many cookies: the others are the same objects as before.
      if (this.#known.has(cookie)) continue;
      this.#known.add(cookie);
      seen.set(identity(cookie), cookie);
    }
    this.#seen.set(id, seen);
  }
}

function identity({ name, domain, path: cookiePath, hostOnly }: Cookie): string {
  return JSON.stringify([name, domain, cookiePath, hostOnly]);
}

/** The folder that settings are read for; of what stands in no folder, those of the window. */
function resourceOf(folder: string): vscode.Uri | undefined {
  return folder.includes(':') ? vscode.Uri.parse(folder) : undefined;
}
