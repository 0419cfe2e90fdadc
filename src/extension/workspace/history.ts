import * as vscode from 'vscode';
import { reasonOf } from '../../core/text/reasonOf.ts';
import type { HistoryFolder } from '../../node/historyFolder.ts';
import type { HistoryHead } from '../../present/historyEntry.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import { loadPresent, type Engine } from '../loadEngine.ts';
import { readHistorySettings } from '../settings.ts';
import { Backlog } from './backlog.ts';
import { storeKey } from './storeKey.ts';

export interface HistoryParts {
  readonly engine: () => Engine;
  readonly secrets: vscode.SecretStorage;
  /** `globalStorageUri`: windows share it. */
  readonly storage: vscode.Uri;
}

/** An exchange that has ended, and where it came from. */
export interface MadeExchange {
  readonly view: ExchangeView;
  /** All texts that must not be in the history. */
  readonly secrets: readonly string[];
  readonly uri: vscode.Uri;
  /** The block in its document, across edits. */
  readonly block: string;
  /** URI of the workspace folder, or `no-folder`. */
  readonly folder: string;
}

export interface HistoryItem {
  readonly key: string;
  readonly head: HistoryHead;
}

/** Our choice: some hundred bodies, and little beside what an editor keeps anyway. */
const bytesOfFolder = 64 * 1024 * 1024;

/** The exchanges of each workspace folder, kept over restarts. Writing waits until nobody waits for the response. */
export class History {
  readonly #parts: HistoryParts;
  readonly #folders = new Map<string, Promise<HistoryFolder>>();
  readonly #backlogs = new Map<string, Backlog<MadeExchange>>();
  #told = false;
  #isTidy = false;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
  }

  /** Returns at once; a disk that takes nothing is told once. What waits for a slow disk is no more than the folder would keep. */
  add(made: MadeExchange): void {
    const { enabled, maxEntries } = readHistorySettings(made.uri);
    if (made.view.hops.length === 0 || !enabled) return;
    const backlog = this.#backlogs.get(made.folder) ?? new Backlog((each) => this.#write(each));
    this.#backlogs.set(made.folder, backlog);
    backlog.add(made, maxEntries);
  }

  /** Newest first. */
  async list(folder: string): Promise<readonly HistoryItem[]> {
    await this.#backlogs.get(folder)?.idle();
    const lines = await (await this.#folder(folder)).list();
    return lines.map(({ key, head }) => ({ key, head: JSON.parse(head) as HistoryHead }));
  }

  /** `undefined` when it was deleted meanwhile. */
  async read(folder: string, key: string): Promise<ExchangeView | undefined> {
    const text = await (await this.#folder(folder)).read(key);
    return text === undefined ? undefined : (JSON.parse(text) as ExchangeView);
  }

  async remove(folder: string, keys: readonly string[]): Promise<void> {
    await (await this.#folder(folder)).remove(keys);
  }

  /** Resolves when what was added is on the disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.#backlogs.values()].map((each) => each.idle()));
  }

  async #write({ view, secrets, uri, block, folder }: MadeExchange): Promise<void> {
    try {
      const entry = loadPresent().historyEntry(view, { secrets, uri: uri.toString(), block });
      const [head, body] = [JSON.stringify(entry.head), JSON.stringify(entry.view)];
      await (await this.#folder(folder)).add({ id: view.id, at: view.startedAt, head, body });
    } catch (error) {
      this.#tell(error);
    }
    // What could not be deleted now is for the next window.
    await this.#tidy().catch(() => undefined);
  }

  #folder(folder: string): Promise<HistoryFolder> {
    const known = this.#folders.get(folder) ?? this.#open(folder);
    this.#folders.set(folder, known);
    return known;
  }

  async #open(folder: string): Promise<HistoryFolder> {
    const { engine, secrets } = this.#parts;
    const directory = engine().sessionFolder(this.#base(), folder);
    const uri = folder.includes(':') ? vscode.Uri.parse(folder) : undefined;
    return engine().openHistoryFolder(directory, await storeKey(secrets), folder, () => ({
      entries: readHistorySettings(uri).maxEntries,
      bytes: bytesOfFolder,
    }));
  }

  #base(): string {
    return vscode.Uri.joinPath(this.#parts.storage, 'history').fsPath;
  }

  /** Once a window, when a send is over: what lies there for nobody. */
  async #tidy(): Promise<void> {
    if (this.#isTidy) return;
    this.#isTidy = true;
    const { engine, secrets } = this.#parts;
    const key = await storeKey(secrets);
    await engine().removeGoneHistories({ base: this.#base(), key, now: Date.now(), isGone });
  }

  #tell(error: unknown): void {
    if (this.#told) return;
    this.#told = true;
    const reason = reasonOf(error);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The history cannot be written: {0} Responses are shown all the same.', reason),
    );
  }
}

/** Only where its file system says so: a remote one that does not answer has everything still. */
async function isGone(folder: string): Promise<boolean> {
  if (!folder.includes(':')) return false;
  try {
    await vscode.workspace.fs.stat(vscode.Uri.parse(folder));
    return false;
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  }
}
