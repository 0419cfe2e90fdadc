import * as vscode from 'vscode';
import type * as demoBundle from '../../demo/server.ts';
import type { Registration } from '../registration.ts';

/** The embedded demo API and its example files, started on demand and stopped with the window. */
export class Demo {
  readonly #extensionUri: vscode.Uri;
  readonly #storage: vscode.Uri;
  #server: demoBundle.Demo | undefined;

  constructor(extensionUri: vscode.Uri, storage: vscode.Uri, registration: Registration) {
    this.#extensionUri = extensionUri;
    this.#storage = storage;
    registration.own({ dispose: () => void this.#server?.close() });
  }

  /** Starts the server unless it runs, and opens the example: the workspace's own when it has one, else a copy the user may edit. */
  async open(): Promise<void> {
    await this.#start();
    const [own] = await vscode.workspace.findFiles('demo.http', undefined, 1);
    const file = own ?? (await this.#copy());
    await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One });
  }

  async #start(): Promise<void> {
    // oxlint-disable-next-line typescript/no-require-imports -- a bundle beside this one, external to esbuild
    const { createDemo } = require('./demo.cjs') as typeof demoBundle;
    this.#server ??= await createDemo();
  }

  /** Files that the user edited are never overwritten. */
  async #copy(): Promise<vscode.Uri> {
    const folder = vscode.Uri.joinPath(this.#storage, 'demo');
    const examples = vscode.Uri.joinPath(this.#extensionUri, 'media', 'examples');
    await vscode.workspace.fs.createDirectory(folder);
    for (const [name] of await vscode.workspace.fs.readDirectory(examples)) {
      const target = vscode.Uri.joinPath(folder, name);
      const isThere = await vscode.workspace.fs.stat(target).then(
        () => true,
        () => false,
      );
      if (!isThere) await vscode.workspace.fs.copy(vscode.Uri.joinPath(examples, name), target);
    }
    return vscode.Uri.joinPath(folder, 'demo.http');
  }
}
