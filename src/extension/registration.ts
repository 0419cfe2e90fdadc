import * as vscode from 'vscode';
import type { CommandId } from './contributions.ts';
import { reasonOf } from '../core/text/reasonOf.ts';

/** What a part of the extension needs in order to register: everything is disposed with the extension. */
export class Registration {
  readonly #subscriptions: vscode.Disposable[];

  constructor(context: vscode.ExtensionContext) {
    this.#subscriptions = context.subscriptions;
  }

  own<T extends vscode.Disposable>(disposable: T): T {
    this.#subscriptions.push(disposable);
    return disposable;
  }

  /** Registers a command whose failures are shown once, here, at the command's edge. */
  command(id: CommandId, run: (...args: never[]) => unknown): void {
    this.own(
      vscode.commands.registerCommand(`crumbtrail.${id}`, async (...args: never[]) => {
        try {
          return await run(...args);
        } catch (error) {
          await vscode.window.showErrorMessage(reasonOf(error));
          return undefined;
        }
      }),
    );
  }
}
