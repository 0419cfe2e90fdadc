import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';

/** Waits until a condition holds that an event of VS Code may bring about. */
function until(holds: () => boolean, event: vscode.Event<unknown>): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => {
    const listening = event(() => {
      if (!holds()) return;
      listening.dispose();
      resolve();
    });
  });
}

describe('other tools for request files', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/nowhere');
  const settings = vscode.Uri.joinPath(root, '.vscode', 'settings.json');
  let before: Uint8Array | undefined;

  const followredirect = () => vscode.workspace.getConfiguration('rest-client').get<boolean>('followredirect');
  const write = (text: Uint8Array) => vscode.workspace.fs.writeFile(settings, text);

  beforeEach(async () => {
    before = await vscode.workspace.fs.readFile(settings).then(
      (bytes) => bytes,
      () => undefined,
    );
  });
  afterEach(async () => {
    if (before) await write(before);
    else await vscode.workspace.fs.delete(settings);
    await until(() => followredirect() === undefined, vscode.workspace.onDidChangeConfiguration);
    await closeEditors();
  });

  it('shows what becomes of their settings', async () => {
    await write(new TextEncoder().encode('{ "rest-client.followredirect": false, "rest-client.someday": [1] }'));
    await until(() => followredirect() === false, vscode.workspace.onDidChangeConfiguration);
    // The command ends with the answer to its question, which nobody gives here.
    void vscode.commands.executeCommand('crumbtrail.takeOverSettings');
    const text = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    await until(() => text().includes('rest-client'), vscode.window.onDidChangeActiveTextEditor);
    assert.match(text(), /\| `rest-client\.followredirect` \| `false` \| crumbtrail\.followRedirects\. \|/);
    assert.match(text(), /\| `rest-client\.someday` \| `\[1\]` \| There is no counterpart\. \|/);
  });

  it('may own the lenses', async () => {
    const document = await openUntitled('GET http://127.0.0.1:9/\n');
    const lenses = async () =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri)).length;
    assert.ok((await lenses()) > 0);
    await write(new TextEncoder().encode('{ "crumbtrail.lenses": false, "rest-client.followredirect": true }'));
    await until(() => followredirect() === true, vscode.workspace.onDidChangeConfiguration);
    assert.equal(await lenses(), 0);
  });
});
