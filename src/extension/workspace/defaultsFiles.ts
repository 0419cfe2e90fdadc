import { parse, type ParseError } from 'jsonc-parser';
import * as vscode from 'vscode';
import { defaultsJson } from '../../core/session/defaultsJson.ts';
import { readDefaults } from '../../core/session/readDefaults.ts';
import type { Session, SessionKey } from '../../core/session/session.ts';
import type { Registration } from '../registration.ts';
import type { SessionHost } from './sessionHost.ts';

const scheme = 'crumbtrail-defaults';

/** The defaults of a running session as a small JSON document: it is checked when it is saved, and holds from the next send on. */
export class DefaultsFiles implements vscode.FileSystemProvider {
  readonly #sessions: SessionHost;
  readonly #keys = new Map<string, SessionKey>();
  readonly #written = new Map<string, number>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(sessions: SessionHost, registration: Registration) {
    this.#sessions = sessions;
    registration.own(this.#changed);
    registration.own(vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }));
  }

  /** The document of a session; the tab shows the session's name. */
  uriOf({ key }: Session): vscode.Uri {
    const path = `/${encodeURIComponent(key.folder)}/${key.profile}/${key.name} defaults.jsonc`;
    const uri = vscode.Uri.from({ scheme, path });
    this.#keys.set(uri.toString(), key);
    // The document is made anew from the session whenever it is opened.
    this.#touch(uri);
    return uri;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { defaults } = await this.#session(uri);
    const text = `// ${vscode.l10n.t('Merged into every request of this session; saving applies it. The same as "$session" in an environment file.')}\n${JSON.stringify(defaultsJson(defaults), undefined, 2)}\n`;
    return new TextEncoder().encode(text);
  }

  /** Throws when the document cannot be used, so that it stays unsaved and says why. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const errors: ParseError[] = [];
    const json: unknown = parse(new TextDecoder().decode(content), errors, { allowTrailingComma: true });
    if (errors.length > 0) throw new Error(vscode.l10n.t('This is not valid JSON. Correct it, then save again.'));
    const { defaults, faults } = readDefaults(json);
    const [fault] = faults;
    if (fault) throw new Error(fault.message);
    const session = await this.#session(uri);
    session.setDefaults({ ...defaults, headers: defaults.headers ?? [], params: defaults.params ?? [] });
    await this.#sessions.flush();
    this.#touch(uri);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (!this.#keys.has(uri.toString())) throw vscode.FileSystemError.FileNotFound(uri);
    const mtime = this.#written.get(uri.toString()) ?? 0;
    // The size counts only with the time: both say together whether the document is another one.
    return { type: vscode.FileType.File, ctime: 0, mtime, size: mtime };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  #touch(uri: vscode.Uri): void {
    this.#written.set(uri.toString(), (this.#written.get(uri.toString()) ?? 0) + 1);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async #session(uri: vscode.Uri): Promise<Session> {
    const key = this.#keys.get(uri.toString());
    if (!key) throw vscode.FileSystemError.FileNotFound(uri);
    return this.#sessions.open(key);
  }
}
