import * as vscode from 'vscode';
import type { BodyAnswer, BodyAsk } from '../../core/body/bodyAsk.ts';
import type { BodyFolder } from '../../node/bodyFolder.ts';
import type { LargeBodies } from '../../node/large/largeBodies.ts';
import type { LargeBodyHandle } from '../../node/large/largeBody.ts';
import type { Engine } from '../loadEngine.ts';
import { storeKey } from './storeKey.ts';

export interface BodiesParts {
  readonly engine: () => Engine;
  readonly secrets: vscode.SecretStorage;
  /** `globalStorageUri`: windows share the folder, and what it may hold. */
  readonly storage: vscode.Uri;
  /** dist/largeWorker.cjs. */
  readonly workerPath: string;
}

/** A stored body, and how it is read as text. */
export type BodyAbout = Pick<LargeBodyHandle, 'id' | 'format' | 'encoding'>;

/** The bodies that are too large for memory: encrypted files, with keys made of the store's key, so that they survive a reload. */
export class Bodies {
  readonly #parts: BodiesParts;
  readonly #found = new Set<string>();
  #folder: Promise<BodyFolder> | undefined;
  #thread: LargeBodies | undefined;

  constructor(parts: BodiesParts) {
    this.#parts = parts;
  }

  folder(): Promise<BodyFolder> {
    return (this.#folder ??= this.#open());
  }

  /** Asks the thread that reads bodies. One that was cleaned away is said in the answer. */
  async ask(about: BodyAbout, question: BodyAsk): Promise<BodyAnswer> {
    const folder = await this.folder();
    const { id } = about;
    if (!this.#found.has(id) && (await folder.find(id)) === undefined) return { kind: 'trouble', message: goneWords() };
    this.#found.add(id);
    this.#thread ??= this.#parts.engine().createLargeBodies({ workerPath: this.#parts.workerPath });
    const handle = {
      ...about,
      place: folder.place(id),
      pretty: folder.place(`${id}.pretty`),
      recoded: folder.place(`${id}.utf8`),
    };
    return this.#thread.ask(handle, question);
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }

  /** Writes the body as an ordinary file, with progress and cancel. False when it was cleaned away: that is told here. */
  async save(id: string, target: vscode.Uri, mode?: number): Promise<boolean> {
    const folder = await this.folder();
    const size = await folder.find(id);
    if (size === undefined) {
      await vscode.window.showWarningMessage(goneWords());
      return false;
    }
    const chunks = this.#parts.engine().readBody(folder.place(id));
    const title = vscode.l10n.t('Saving the body');
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, cancel) => {
      const told = toldChunks(chunks, (bytes) => progress.report({ increment: (bytes / size) * 100 }));
      return this.#parts.engine().writeChunks(target.fsPath, told, {
        isCancelled: () => cancel.isCancellationRequested,
        ...(mode !== undefined && { mode }),
      });
    });
  }

  /** All of it; `undefined` when it was cleaned away: that is told here. */
  async read(id: string): Promise<Uint8Array | undefined> {
    const folder = await this.folder();
    if ((await folder.find(id)) === undefined) {
      await vscode.window.showWarningMessage(goneWords());
      return undefined;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#parts.engine().readBody(folder.place(id))) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Where an editor finds a copy of the body under a name that says what it is. */
  async copyUri(id: string, name: string): Promise<vscode.Uri> {
    return vscode.Uri.file((await this.folder()).copyPath(id, name));
  }

  async #open(): Promise<BodyFolder> {
    const { engine, secrets, storage } = this.#parts;
    const { secret } = await storeKey(secrets);
    return engine().openBodyFolder({
      directory: vscode.Uri.joinPath(storage, 'bodies').fsPath,
      secret,
      now: Date.now,
    });
  }
}

export function goneWords(): string {
  return vscode.l10n.t(
    'This body is no longer kept: large bodies are deleted after a day, or when they need too much room. Send the request again to see it.',
  );
}

async function* toldChunks(
  chunks: AsyncIterable<Uint8Array>,
  tell: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    tell(chunk.length);
    yield chunk;
  }
}
