import * as vscode from 'vscode';
import { commandIds } from './contributions.ts';
import { createBrowserHost } from './language/browserHost.ts';
import { registerLanguageFeatures } from './language/languageFeatures.ts';
import { Registration } from './registration.ts';
import { Documents } from './workspace/documents.ts';

/**
 * The composition root in VS Code for the Web: language features and nothing else. A browser may neither open sockets nor see what a
 * server's cookies and redirects were, so that nothing is sent from there.
 */
export function activate(context: vscode.ExtensionContext): void {
  const registration = new Registration(context);
  const host = createBrowserHost(new Documents(registration), registration);
  const features = registerLanguageFeatures(host, registration);
  for (const id of commandIds) {
    if (id === 'showValue') registration.command(id, (uri: string, name: string) => features.showValue(uri, name));
    else registration.command(id, sayWhere);
  }
}

async function sayWhere(): Promise<void> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Crumbtrail cannot send from a browser. Open the folder in VS Code on a computer, or in a remote window.',
    ),
  );
}
