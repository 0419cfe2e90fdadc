import * as vscode from 'vscode';
import { htmlPreviewType } from '../contributions.ts';
import { loadPresent } from '../loadEngine.ts';

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly html: string;
  readonly url: string;
}

let shown: Shown | undefined;

/**
 * A page that a server sent, drawn in a panel of its own without scripts. Nothing is loaded from the network until the user
 * asks for it with the button in the title.
 */
export function showHtmlPreview(html: string, { title, url }: { readonly title: string; readonly url: string }): void {
  const panel = shown?.panel ?? create();
  panel.title = vscode.l10n.t('Preview: {0}', title === '' ? url : title);
  shown = { panel, html, url };
  draw(shown, false);
  panel.reveal(undefined, true);
}

export function loadPreviewContent(): void {
  if (shown) draw(shown, true);
}

function create(): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(
    htmlPreviewType,
    '',
    { viewColumn: vscode.ViewColumn.Active, preserveFocus: true },
    { enableScripts: false, enableForms: false, localResourceRoots: [], enableFindWidget: true },
  );
  panel.onDidDispose(() => (shown = undefined));
  return panel;
}

function draw({ panel, html, url }: Shown, network: boolean): void {
  panel.webview.html = loadPresent().htmlPreviewPage(html, { url, network });
}
