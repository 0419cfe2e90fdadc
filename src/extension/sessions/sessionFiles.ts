import * as vscode from 'vscode';
import { reasonOf } from '../../core/text/reasonOf.ts';
import type { Session } from '../../core/session/session.ts';
import { sessionId } from '../../core/session/sessionKey.ts';
import { sessionScheme as scheme } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';

/** A part of a session as a small document. */
export interface SessionFile {
  /** The tab's title, ending in what the editor knows the language and the schema by: `sid.cookie.jsonc`. */
  readonly title: string;
  read(session: Session): string | Promise<string>;
  /** Puts the text into the session; throws an Error with what to correct, and the document stays unsaved. Absent: only to read. */
  readonly write?: (session: Session, text: string) => Promise<void>;
}

interface OpenFile {
  readonly session: Session;
  readonly file: SessionFile;
  text: string | undefined;
  version: number;
}

/** Documents that are made from a session when they are opened, checked when they are saved, and follow what others change in it. */
export class SessionFiles implements vscode.FileSystemProvider {
  readonly #sessions: SessionHost;
  readonly #open = new Map<string, OpenFile>();
  readonly #folders = new Map<string, string>();
  readonly #problems: vscode.DiagnosticCollection;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(sessions: SessionHost, registration: Registration) {
    this.#sessions = sessions;
    this.#problems = registration.own(vscode.languages.createDiagnosticCollection('crumbtrail-session'));
    registration.own(this.#changed);
    registration.own(vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }));
    registration.own(sessions.onDidChangeSession((session) => void this.#follow(session)));
    registration.own(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#problems.delete(uri)));
  }

  /** Opens a part of a session in an editor; the tab shows its title, the path above it the session. */
  async show(session: Session, file: SessionFile, options: vscode.TextDocumentShowOptions = {}): Promise<void> {
    const uri = this.uriOf(session, file);
    await this.#renew(uri, await file.read(session));
    await vscode.window.showTextDocument(uri, options);
  }

  uriOf(session: Session, file: SessionFile): vscode.Uri {
    const { folder, profile, name } = session.key;
    // The tab shows the last part as it is, so only what would end it is replaced.
    const parts = [this.#folderName(folder), profile, name, file.title].map((part) => part.replaceAll('/', '∕'));
    const path = `/${parts.join('/')}`;
    const uri = vscode.Uri.from({ scheme, authority: 'session', path });
    const version = this.#open.get(uri.toString())?.version ?? 1;
    this.#open.set(uri.toString(), { session, file, text: undefined, version });
    return uri;
  }

  /** The editor keeps a document for a while after its tab was closed: it is renewed before anybody can type into it. */
  async #renew(uri: vscode.Uri, text: string): Promise<void> {
    const document = documentOf(uri);
    const open = this.#open.get(uri.toString());
    if (!document || !open || document.isDirty || document.getText() === text) return;
    const isRenewed = new Promise<void>((resolve) => {
      const listening = [
        vscode.workspace.onDidChangeTextDocument((change) => change.document === document && end()),
        vscode.workspace.onDidCloseTextDocument((closed) => closed === document && end()),
      ];
      // Whatever happens, the document opens.
      const patience = setTimeout(() => end(), 2000);
      const end = (): void => {
        clearTimeout(patience);
        for (const each of listening) each.dispose();
        resolve();
      };
    });
    this.#touch(uri, open);
    await isRenewed;
  }

  /** Short, because the editor shows it above the text, and another for each folder. */
  #folderName(folder: string): string {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const base = decodeURIComponent(folder.slice(folder.lastIndexOf('/') + 1));
    const taken = new Set(this.#folders.values());
    const name = taken.has(base) ? `${base} ${taken.size + 1}` : base;
    this.#folders.set(folder, name);
    return name;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const open = this.#find(uri);
    const session = await this.#live(open);
    open.text = await open.file.read(session);
    return new TextEncoder().encode(open.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const open = this.#find(uri);
    if (!open.file.write) throw vscode.FileSystemError.NoPermissions(uri);
    const session = await this.#live(open);
    const text = new TextDecoder().decode(content);
    // What is written here is no news for the document itself.
    open.text = undefined;
    try {
      await open.file.write(session, text);
    } catch (error) {
      this.#problems.set(uri, [fault(text, error)]);
      throw error;
    }
    this.#problems.delete(uri);
    await this.#sessions.flush();
    open.text = await open.file.read(session);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { version, file } = this.#find(uri);
    // The size counts only with the time: both say together whether the document is another one.
    const facts = { type: vscode.FileType.File, ctime: 0, mtime: version, size: version };
    return file.write ? facts : { ...facts, permissions: vscode.FilePermission.Readonly };
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

  /** A clean document shows what somebody else changed; one with edits is told of the conflict when it is saved. */
  async #follow(session: Session): Promise<void> {
    for (const [key, open] of this.#open) {
      if (open.text === undefined || sessionId(open.session.key) !== sessionId(session.key)) continue;
      const uri = vscode.Uri.parse(key);
      // What was closed stays known: the editor also "closes" a document whose language it finds out later.
      if (!documentOf(uri)) continue;
      const text = await open.file.read(session);
      if (text === open.text || this.#open.get(key) !== open) continue;
      open.text = text;
      this.#touch(uri, open);
    }
  }

  #touch(uri: vscode.Uri, open: OpenFile): void {
    open.version += 1;
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** A session that was closed meanwhile, as by renaming it, is opened again under its key. */
  #live({ session }: OpenFile): Promise<Session> {
    return this.#sessions.open(session.key);
  }

  #find(uri: vscode.Uri): OpenFile {
    const open = this.#open.get(uri.toString());
    if (!open) throw vscode.FileSystemError.FileNotFound(uri);
    return open;
  }
}

function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Why the text could not be saved, at its beginning: the editor's own message is gone soon. */
function fault(text: string, error: unknown): vscode.Diagnostic {
  const lines = text.split('\n');
  const first = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== '' && !line.trimStart().startsWith('//')),
  );
  const range = new vscode.Range(first, 0, first, lines[first]?.length ?? 0);
  const problem = new vscode.Diagnostic(range, reasonOf(error));
  problem.source = 'crumbtrail';
  return problem;
}
