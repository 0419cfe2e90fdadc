import * as vscode from 'vscode';
import type { LanguageFeatures } from '../language/languageFeatures.ts';
import type { Registration } from '../registration.ts';
import type { BlockAddress } from '../workspace/documents.ts';

/** Commands behind language features: sending a request that is picked by its name, and telling a masked value. */
export function registerLanguageCommands(language: () => LanguageFeatures, registration: Registration): void {
  registration.command('sendRequest', async () => {
    const chosen = await language().pickRequest();
    if (!chosen) return;
    const { version } = await vscode.workspace.openTextDocument(chosen.uri);
    const address: BlockAddress = { uri: chosen.uri.toString(), version, offset: chosen.offset };
    await vscode.commands.executeCommand('crumbtrail.send', address);
  });
  registration.command('showValue', (uri: string, name: string) => language().showValue(uri, name));
}
