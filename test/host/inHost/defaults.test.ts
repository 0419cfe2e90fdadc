import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';
import { startRecorder, type Recorder } from './recorder.ts';

describe('session defaults', () => {
  let recorder: Recorder;
  before(async () => {
    recorder = await startRecorder();
  });
  after(() => recorder.close());
  afterEach(async () => {
    await vscode.workspace.getConfiguration('crumbtrail').update('sessionDefaults', undefined, true);
    await openDefaults();
    await writeAll('{}');
    await closeEditors();
  });

  it('are edited in a document that holds from the next send on', async () => {
    await openRequest('/one');
    const document = await openDefaults();
    assert.equal(document.languageId, 'jsonc');
    assert.equal(await writeAll('{ "headers": { "X-Own": "{{$randomInt 7 8}}" }, "params": { "k": "1" } }'), true);
    await send('/one');
    assert.equal(recorder.received.at(-1)?.url, '/one?k=1');
    assert.equal(recorder.received.at(-1)?.headers['x-own'], '7');
  });

  it('stay as they were when the document is wrong, which stays unsaved', async () => {
    await openRequest('/two');
    const document = await openDefaults();
    const before = recorder.received.length;
    for (const wrong of ['{ "color": 1 }', '{ "headers": ', '{ "timeout": -1 }']) {
      assert.equal(await writeAll(wrong), false, wrong);
      assert.equal(document.isDirty, true);
    }
    await send('/two');
    assert.equal(recorder.received.length, before + 1);
    assert.equal(recorder.received.at(-1)?.headers['x-own'], undefined);
  });

  it('come from the settings too', async () => {
    const defaults = { headers: { 'X-Set': '1' }, mount: { [`${recorder.origin}/in`]: { headers: { 'X-Set': '2' } } } };
    await vscode.workspace.getConfiguration('crumbtrail').update('sessionDefaults', defaults, true);
    await send('/in/side');
    assert.equal(recorder.received.at(-1)?.headers['x-set'], '2');
    await send('/outside');
    assert.equal(recorder.received.at(-1)?.headers['x-set'], '1');
  });

  async function openRequest(path: string): Promise<void> {
    const content = `GET ${recorder.origin}${path}\n`;
    await vscode.window.showTextDocument(await openUntitled(content));
  }

  async function send(path: string): Promise<void> {
    await openRequest(path);
    await vscode.commands.executeCommand('crumbtrail.send');
  }
});

async function openDefaults(): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('crumbtrail.editSessionDefaults');
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'crumbtrail');
  return document;
}

/** Replaces the text of the active document and saves it; false when it could not be saved. */
async function writeAll(text: string): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const { document } = editor;
  await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
  return document.save();
}
