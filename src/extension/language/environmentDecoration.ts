import * as vscode from 'vscode';
import { requestBlocks } from '../../core/syntax/query.ts';
import { languageId } from '../contributions.ts';
import { profileColor } from '../profileColor.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';

/** A pause in typing after which requests are looked for again, in milliseconds. */
const quietFor = 300;

/** A bar in the colour of the environment beside each request line: a lens has no colour of its own, and nobody should send to production by mistake. */
export function registerEnvironmentDecoration(host: LanguageHost, registration: Registration): void {
  const types = new Map<string, vscode.TextEditorDecorationType>();
  registration.own({ dispose: () => types.forEach((type) => type.dispose()) });
  const draw = async (editor: vscode.TextEditor): Promise<void> => {
    const { document } = editor;
    if (document.languageId !== languageId) return;
    const { profiles, environment } = await host.surroundings(document);
    const color = profileColor(profiles.profiles, environment);
    const key = color === undefined ? '' : typeof color === 'string' ? color : color.id;
    for (const [other, type] of types) if (other !== key) editor.setDecorations(type, []);
    if (color === undefined) return;
    const type = types.get(key) ?? vscode.window.createTextEditorDecorationType(bar(color));
    types.set(key, type);
    editor.setDecorations(
      type,
      requestBlocks(host.parse(document)).map(({ request }) => lineRange(document, request.line.start)),
    );
  };
  const all = (): void => vscode.window.visibleTextEditors.forEach((editor) => void draw(editor));
  registration.own(host.onDidChange(all));
  registration.own(vscode.window.onDidChangeVisibleTextEditors(all));
  // Bars move with their lines by themselves: only requests that are new wait for this.
  let pause: ReturnType<typeof setTimeout> | undefined;
  registration.own(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId !== languageId) return;
      clearTimeout(pause);
      pause = setTimeout(all, quietFor);
    }),
  );
  registration.own({ dispose: () => clearTimeout(pause) });
  all();
}

function bar(color: vscode.ThemeColor | string): vscode.DecorationRenderOptions {
  return {
    isWholeLine: true,
    borderColor: color,
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    overviewRulerColor: color,
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  };
}

function lineRange(document: vscode.TextDocument, offset: number): vscode.Range {
  return document.lineAt(document.positionAt(offset).line).range;
}
