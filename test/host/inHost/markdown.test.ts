import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';
import { startRecorder } from './recorder.ts';

describe('Markdown', () => {
  afterEach(closeEditors);

  it('sends a request of a fence as it stands there', async () => {
    const recorder = await startRecorder();
    try {
      const content = `Words\n\n- item\n  \`\`\`http\n  POST ${recorder.origin}/fenced\n  X-From: markdown\n\n  hello\n  \`\`\`\nmore words\n`;
      const document = await openUntitled(content, 'markdown');
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        50,
      );
      const send = lenses.find(({ command }) => command?.title === 'Send')?.command;
      assert.ok(send);
      await vscode.commands.executeCommand(send.command, ...((send.arguments ?? []) as unknown[]));
      const last = recorder.received.at(-1);
      assert.deepEqual(
        [last?.method, last?.url, last?.headers['x-from'], last?.body.trim()],
        ['POST', '/fenced', 'markdown', 'hello'],
      );
    } finally {
      await recorder.close();
    }
  });

  it('has a lens above each request of its http fences, unless the setting says no', async () => {
    const content = '# Words\n\n```http\nGET http://127.0.0.1/\n```\n\n```js\nGET http://127.0.0.1/\n```\n';
    const document = await openUntitled(content, 'markdown');
    const sends = async () =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 50))
        .filter(({ command }) => command?.title === 'Send')
        .map(({ range }) => range.start.line);
    assert.deepEqual(await sends(), [3]);
    await vscode.window.showTextDocument(document);
    const settings = vscode.workspace.getConfiguration('crumbtrail');
    await settings.update('markdown', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await sends(), []);
    } finally {
      await settings.update('markdown', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
