import * as vscode from 'vscode';
import type { Registration } from '../registration.ts';
import { spanOf } from './ranges.ts';

const environmentFiles: vscode.DocumentSelector = { pattern: '**/{http-client,rest-client}.env.json' };

/** Quick fixes in environment files: a secret goes to the private file beside it, or to secret storage. */
export function registerEnvironmentActions(registration: Registration): void {
  registration.own(
    vscode.languages.registerCodeActionsProvider(
      environmentFiles,
      {
        provideCodeActions: (document, _range, { diagnostics }) =>
          diagnostics
            .filter(({ code }) => code === 'secret-in-public-file')
            .flatMap((diagnostic) => fixesOf(document, diagnostic)),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function fixesOf(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const uri = document.uri.toString();
  const { start, end } = spanOf(document, diagnostic.range);
  const name = /^"([^"]+)"/.exec(diagnostic.message)?.[1] ?? 'secret';
  const fix = (title: string, command: string, args: unknown[]): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { command, title, arguments: args };
    action.diagnostics = [diagnostic];
    return action;
  };
  return [
    fix(vscode.l10n.t('Move it to the private file'), 'crumbtrail.moveToPrivate', [uri, start]),
    // The quotes stay where they are.
    fix(vscode.l10n.t('Move it to a secret'), 'crumbtrail.moveToSecret', [uri, start + 1, end - 1, name]),
  ];
}
