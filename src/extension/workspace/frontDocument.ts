import * as vscode from 'vscode';
import { languageId, sessionScheme } from '../contributions.ts';
import type { Registration } from '../registration.ts';

/**
 * The request file that commands and the status bar speak of: the one in front, or, while a webview or another view has the focus, the one that was in front
 * before, as long as it can be seen. Whoever edits a cookie or asks why one is not sent still speaks of that file.
 */
export class FrontDocument {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #last: vscode.TextDocument | undefined;

  constructor(registration: Registration) {
    registration.own(this.#changed);
    const look = () => {
      const active = vscode.window.activeTextEditor?.document;
      if (active && !isOfSession(active)) this.#last = active.languageId === languageId ? active : undefined;
      // After a reload a webview may have the focus: then the request file beside it is the one in front.
      else
        this.#last ??= vscode.window.visibleTextEditors.find(
          ({ document }) => document.languageId === languageId,
        )?.document;
      this.#changed.fire();
    };
    registration.own(vscode.window.onDidChangeActiveTextEditor(look));
    registration.own(vscode.window.onDidChangeVisibleTextEditors(look));
    look();
  }

  get(): vscode.TextDocument | undefined {
    const active = vscode.window.activeTextEditor?.document;
    if (active?.languageId === languageId) return active;
    if (active && isOfSession(active)) return this.#last;
    const isVisible = vscode.window.visibleTextEditors.some(({ document }) => document === this.#last);
    return isVisible ? this.#last : undefined;
  }
}

function isOfSession({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === sessionScheme;
}
