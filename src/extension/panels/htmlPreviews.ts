import * as vscode from 'vscode';
import { htmlPreviewType } from '../contributions.ts';
import { loadPresent } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly html: string;
  readonly url: string;
}

/**
 * Pages that a server sent, drawn in a panel of their own without scripts. Nothing is loaded from the network until the user
 * asks for it with the button in the title.
 */
export class HtmlPreviews {
  #shown: Shown | undefined;

  constructor(registration: Registration) {
    registration.own({ dispose: () => this.#shown?.panel.dispose() });
    registration.command('loadPreviewContent', () => this.#draw(true));
  }

  show(html: string, { title, url }: { readonly title: string; readonly url: string }): void {
    const panel = this.#shown?.panel ?? this.#create();
    panel.title = vscode.l10n.t('Preview: {0}', title === '' ? url : title);
    this.#shown = { panel, html, url };
    this.#draw(false);
    panel.reveal(undefined, true);
  }

  #create(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      htmlPreviewType,
      '',
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: true },
      { enableScripts: false, enableForms: false, localResourceRoots: [], enableFindWidget: true },
    );
    panel.onDidDispose(() => (this.#shown = undefined));
    return panel;
  }

  #draw(network: boolean): void {
    if (!this.#shown) return;
    const { panel, html, url } = this.#shown;
    panel.webview.html = loadPresent().htmlPreviewPage(html, { url, network });
  }
}
