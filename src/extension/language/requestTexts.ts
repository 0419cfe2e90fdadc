import * as vscode from 'vscode';
import { parse } from '../../core/syntax/parse.ts';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import { decodeText } from '../../core/text/decode.ts';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';

/** A request file of the workspace. */
export interface RequestFile {
  readonly uri: vscode.Uri;
  readonly tree: HttpDocument;
}

/** Our choice: a workspace with more request files is searched this far. */
const mostFiles = 1000;

/** The request files of the workspace, as editors have them, else as they are on disk; read again when they change there. */
export class RequestTexts {
  readonly #host: LanguageHost;
  readonly #read = new Map<string, HttpDocument>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** A request file was made, changed or removed on disk. */
  readonly onDidChange = this.#changed.event;
  #found: Promise<readonly vscode.Uri[]> | undefined;

  constructor(host: LanguageHost, registration: Registration) {
    this.#host = host;
    const watcher = registration.own(vscode.workspace.createFileSystemWatcher('**/*.{http,rest}'));
    registration.own(this.#changed);
    const forget = (uri: vscode.Uri) => {
      this.#read.delete(uri.toString());
      this.#found = undefined;
      this.#changed.fire(uri);
    };
    registration.own(watcher.onDidChange(forget));
    registration.own(watcher.onDidCreate(forget));
    registration.own(watcher.onDidDelete(forget));
  }

  /** As `all`, looked up anew: a rename must not miss a file that nobody told of yet. */
  async fresh(): Promise<readonly RequestFile[]> {
    this.#found = undefined;
    this.#read.clear();
    return this.all();
  }

  async all(): Promise<readonly RequestFile[]> {
    const open = vscode.workspace.textDocuments.filter((document) => document.languageId === languageId);
    const known = new Set(open.map(({ uri }) => uri.toString()));
    this.#found ??= Promise.resolve(vscode.workspace.findFiles('**/*.{http,rest}', '**/node_modules/**', mostFiles));
    const files = (await this.#found).filter((uri) => !known.has(uri.toString()));
    const read = await Promise.all(files.map((uri) => this.#file(uri)));
    return [
      ...open.map((document) => ({ uri: document.uri, tree: this.#host.parse(document) })),
      ...read.filter((file) => file !== undefined),
    ];
  }

  async #file(uri: vscode.Uri): Promise<RequestFile | undefined> {
    const known = this.#read.get(uri.toString());
    if (known) return { uri, tree: known };
    try {
      const tree = parse(decodeText(await vscode.workspace.fs.readFile(uri)).text);
      this.#read.set(uri.toString(), tree);
      return { uri, tree };
    } catch {
      // A file that went away meanwhile, or that may not be read, has no names to offer.
      return undefined;
    }
  }
}
