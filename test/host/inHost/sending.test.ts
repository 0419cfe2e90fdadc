import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';
import { startRecorder, type Recorder } from './recorder.ts';

describe('sending', () => {
  let recorder: Recorder;
  before(async () => {
    recorder = await startRecorder();
  });
  after(() => recorder.close());
  afterEach(closeEditors);

  it('sends the request at the cursor of an untitled document, as it stands in the editor', async () => {
    const { editor } = await openRequests(
      `### A\nGET ${recorder.origin}/a\n\n### B\nPOST ${recorder.origin}/b\n\nhello\n`,
    );
    putCursor(editor, 4);
    await vscode.commands.executeCommand('crumbtrail.send');
    const [last] = recorder.received.slice(-1);
    assert.deepEqual([last?.method, last?.url, last?.body.trim()], ['POST', '/b', 'hello']);
  });

  it('sends the request at the cursor when a menu of the editor gives the URI of the document', async () => {
    const { document, editor } = await openRequests(`GET ${recorder.origin}/menu\n`);
    putCursor(editor, 0);
    await vscode.commands.executeCommand('crumbtrail.send', document.uri, { groupId: 0 });
    assert.equal(recorder.received.at(-1)?.url, '/menu');
  });

  it('takes the cookies of the session along', async () => {
    const { editor } = await openRequests(`GET ${recorder.origin}/again\n`);
    putCursor(editor, 0);
    await vscode.commands.executeCommand('crumbtrail.send');
    assert.equal(recorder.received.at(-1)?.headers.cookie, 'seen=1');
  });

  it('follows edits made since the lens was drawn', async () => {
    const { document, editor } = await openRequests(
      `GET ${recorder.origin}/first\n\n###\nGET ${recorder.origin}/second\n`,
    );
    const [, second] = await lensesCalled(document, 'Send');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# one more line\n\n'));
    await run(second);
    assert.equal(recorder.received.at(-1)?.url, '/second');
  });

  it('sends nothing when the block of a lens is gone', async () => {
    const { document, editor } = await openRequests(`GET ${recorder.origin}/gone\n`);
    const [lens] = await lensesCalled(document, 'Send');
    const before = recorder.received.length;
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, document.lineCount, 0)));
    await run(lens);
    assert.equal(recorder.received.length, before);
  });

  it('sends nothing when a variable is unknown, and marks its place', async () => {
    const { document, editor } = await openRequests(`GET ${recorder.origin}/{{nowhere}}\n`);
    const before = recorder.received.length;
    putCursor(editor, 0);
    await vscode.commands.executeCommand('crumbtrail.send');
    assert.equal(recorder.received.length, before);
    const found = await diagnosticsOf(document);
    assert.equal(found[0]?.severity, vscode.DiagnosticSeverity.Error);
    assert.match(document.getText(found[0]?.range), /nowhere/);
  });

  it('sends nothing to an environment that no file has, and marks the block that names it', async () => {
    const { document, editor } = await openRequests(`# @env nowhere\nGET ${recorder.origin}/gone\n`);
    const before = recorder.received.length;
    putCursor(editor, 1);
    await vscode.commands.executeCommand('crumbtrail.send');
    assert.equal(recorder.received.length, before);
    const problems = await diagnosticsOf(document);
    const named = problems.filter(({ message }) => message.startsWith('No environment is called "nowhere".'));
    assert.deepEqual(
      named.map(({ range, severity }) => [document.getText(range), severity]),
      [['nowhere', vscode.DiagnosticSeverity.Error]],
    );
  });

  it('says that a side of a comparison is not kept any more', async () => {
    const uri = vscode.Uri.from({ scheme: 'crumbtrail-compare', path: '/unknown/GET 12:00:00', query: 'no-folder' });
    assert.match((await vscode.workspace.openTextDocument(uri)).getText(), /^This response is not kept any more\./);
  });

  it('sends every request of the file in order', async () => {
    const { editor } = await openRequests(
      ['one', 'two', 'three'].map((path) => `###\nGET ${recorder.origin}/${path}\n`).join('\n'),
    );
    putCursor(editor, 0);
    await vscode.commands.executeCommand('crumbtrail.sendAll');
    assert.deepEqual(
      recorder.received.slice(-3).map(({ url }) => url),
      ['/one', '/two', '/three'],
    );
  });

  it('sends nothing for an empty file, without an error', async () => {
    await openRequests('');
    const before = recorder.received.length;
    await vscode.commands.executeCommand('crumbtrail.send');
    assert.equal(recorder.received.length, before);
  });
});

describe('lenses', () => {
  it('stand above requests only', async () => {
    const { document } = await openRequests('# only words\n\n###\n# a comment\n\n### R\nGET http://127.0.0.1/\n');
    const lenses = await lensesCalled(document, 'Send');
    assert.deepEqual(
      lenses.map(({ range }) => range.start.line),
      [6],
    );
  });

  it('offer Send All only where there is more than one request', async () => {
    const { document } = await openRequests('GET http://127.0.0.1/\n');
    assert.equal((await lensesCalled(document, 'Send All')).length, 0);
    const { document: two } = await openRequests('GET http://127.0.0.1/\n\n###\nGET http://127.0.0.1/\n');
    assert.equal((await lensesCalled(two, 'Send All')).length, 1);
  });
});

async function openRequests(
  content: string,
): Promise<{ readonly document: vscode.TextDocument; readonly editor: vscode.TextEditor }> {
  const document = await openUntitled(content);
  return { document, editor: await vscode.window.showTextDocument(document) };
}

function putCursor(editor: vscode.TextEditor, line: number): void {
  editor.selection = new vscode.Selection(line, 0, line, 0);
}

async function lensesCalled(document: vscode.TextDocument, title: string): Promise<vscode.CodeLens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return all.filter(({ command }) => command?.title === title);
}

async function run(lens: vscode.CodeLens | undefined): Promise<void> {
  assert.ok(lens?.command);
  await vscode.commands.executeCommand(lens.command.command, ...((lens.command.arguments ?? []) as unknown[]));
}

/** Problems come a moment after the text: waits for the event that brings them. */
async function diagnosticsOf(document: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
  for (;;) {
    const found = vscode.languages.getDiagnostics(document.uri);
    if (found.length > 0) return found;
    await new Promise<void>((resolve) => {
      const listening = vscode.languages.onDidChangeDiagnostics(() => {
        listening.dispose();
        resolve();
      });
    });
  }
}
