import * as vscode from 'vscode';
import { unsentLines } from '../../core/features/unsentLines.ts';
import { languageId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { rangeOf } from './ranges.ts';

/** Fades the comment lines of bodies, which are not sent (C1), and says so when the mouse rests on one. */
export function registerUnsentDecoration(host: LanguageHost, registration: Registration): void {
  const faded = registration.own(vscode.window.createTextEditorDecorationType({ opacity: '0.55' }));
  const hoverMessage = vscode.l10n.t(
    'A comment: this line is not sent. Write # @raw-body above the request to send it.',
  );
  const draw = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    if (document.languageId !== languageId) return;
    const ranges = unsentLines(host.parse(document)).map((span) => ({ range: rangeOf(document, span), hoverMessage }));
    editor.setDecorations(faded, ranges);
  };
  const all = (): void => vscode.window.visibleTextEditors.forEach(draw);
  registration.own(vscode.window.onDidChangeVisibleTextEditors(all));
  registration.own(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) draw(editor);
    }),
  );
  all();
}
