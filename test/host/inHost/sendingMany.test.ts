import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { startRecorder, type Recorder } from './recorder.ts';

describe('sending what belongs together', () => {
  let recorder: Recorder;
  let folder: vscode.Uri;
  before(async () => {
    recorder = await startRecorder();
    folder = vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/nowhere'), 'many');
  });
  after(async () => {
    await recorder.close();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });
  afterEach(async () => {
    await setting('runDependencies', undefined);
    await setting('sendAll.onFailure', undefined);
    await closeEditors();
  });

  it('sends first what a request of an imported file answers, and keeps the answer', async () => {
    await setting('runDependencies', 'always');
    await write('deep/login.http', `### login\nPOST ${recorder.origin}/login\n`);
    const text = `import deep/login.http\n\n###\nGET ${recorder.origin}/me?{{login.response.body.ok}}\n`;
    await show(await write('me.http', text), [3]);
    assert.deepEqual(await arriving('crumbtrail.send'), ['/login', '/me?true']);
    assert.deepEqual(await arriving('crumbtrail.send'), ['/me?true']);
  });

  it('takes an imported file as it stands in the editor', async () => {
    const imported = await write('vars.http', '@path = /saved\n');
    const document = await vscode.workspace.openTextDocument(imported);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(imported, new vscode.Range(0, 8, 0, 14), '/edited');
    await vscode.workspace.applyEdit(edit);
    await show(await write('uses.http', `import vars.http\n\n###\nGET ${recorder.origin}{{path}}\n`), [3]);
    assert.deepEqual(await arriving('crumbtrail.send'), ['/edited']);
    await document.save();
  });

  it('sends the requests that the selections touch', async () => {
    const text = ['a', 'b', 'c', 'd', 'e'].map((path) => `### ${path}\nGET ${recorder.origin}/${path}\n`).join('\n');
    const editor = await show(await write('letters.http', text), []);
    editor.selections = [new vscode.Selection(1, 0, 4, 3), new vscode.Selection(13, 0, 13, 0)];
    assert.deepEqual(await arriving('crumbtrail.sendSelected'), ['/a', '/b', '/e']);
  });

  it('sends the files of a folder in the order of their paths, without what is disabled', async () => {
    await write('folder/b.http', `GET ${recorder.origin}/b\n\n### off\n# @disabled\nGET ${recorder.origin}/off\n`);
    await write('folder/a.http', `GET ${recorder.origin}/a\n`);
    await write('folder/sub/c.http', `GET ${recorder.origin}/c\n`);
    const uri = vscode.Uri.joinPath(folder, 'folder');
    assert.deepEqual(await arriving('crumbtrail.sendFolder', uri), ['/a', '/b', '/c']);
  });

  it('goes on after a failure, or stops there when the settings say so', async () => {
    const text = `GET ${recorder.origin}/first\n\n###\nGET ${recorder.origin}/{{nope}}\n\n###\nGET ${recorder.origin}/last\n`;
    await show(await write('stop.http', text), [0]);
    assert.deepEqual(await arriving('crumbtrail.sendAll'), ['/first', '/last']);
    await setting('sendAll.onFailure', 'stop');
    assert.deepEqual(await arriving('crumbtrail.sendAll'), ['/first']);
  });

  it('sends what run lines name, with their values, alone and in a run of all', async () => {
    await write('other.http', `### a\nGET ${recorder.origin}/a\n\n### off\n# @disabled\nGET ${recorder.origin}/off\n`);
    const text = `@v = own\n\n### both\nrun ./other.http\nrun #b (@v = given)\n\n### b\nGET ${recorder.origin}/b?{{v}}\n`;
    await show(await write('runs.http', text), [3]);
    assert.deepEqual(await arriving('crumbtrail.send'), ['/a', '/b?given']);
    assert.deepEqual(await arriving('crumbtrail.sendAll'), ['/a', '/b?given', '/b?own']);
    await show(await write('nowhere.http', `run #nobody\n\n### b\nGET ${recorder.origin}/b\n`), [0]);
    assert.deepEqual(await arriving('crumbtrail.send'), []);
    assert.deepEqual(await arriving('crumbtrail.sendAll'), []);
  });

  async function write(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  /** Paths that arrive while the command runs. */
  async function arriving(command: string, ...rest: unknown[]): Promise<readonly string[]> {
    const before = recorder.received.length;
    await vscode.commands.executeCommand(command, ...rest);
    return recorder.received.slice(before).map(({ url }) => url);
  }
});

async function show(uri: vscode.Uri, lines: readonly number[]): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri);
  const [line] = lines;
  if (line !== undefined) editor.selection = new vscode.Selection(line, 0, line, 0);
  return editor;
}

async function setting(id: string, value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('crumbtrail').update(id, value, vscode.ConfigurationTarget.Global);
}
