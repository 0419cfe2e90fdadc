import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';
import { startRecorder, type Recorder } from './recorder.ts';

describe('a session in the editor', () => {
  let recorder: Recorder;
  before(async () => {
    recorder = await startRecorder();
  });
  after(() => recorder.close());
  afterEach(closeEditors);

  it('takes a cookie and a variable that are written in a document, and sends them', async () => {
    await openRequest('/first');
    // From here on its cookie is known, and a send changes nothing more.
    await vscode.commands.executeCommand('crumbtrail.send');
    const { hostname } = new URL(recorder.origin);
    await save('addCookie', `{ "name": "mine", "value": "1", "domain": "${hostname}", "expires": "in 2 hours" }`);
    await save('addVariable', '{ "name": "own", "value": "two words" }');
    await openRequest('/second', 'X-Own: {{own}}');
    await vscode.commands.executeCommand('crumbtrail.send');
    const last = recorder.received.at(-1);
    assert.match(last?.headers.cookie ?? '', /(?:^|; )mine=1(?:;|$)/);
    assert.equal(last?.headers['x-own'], 'two words');
    await vscode.commands.executeCommand('crumbtrail.undoSessionChange');
    await vscode.commands.executeCommand('crumbtrail.undoSessionChange');
    await openRequest('/third');
    await vscode.commands.executeCommand('crumbtrail.send');
    assert.doesNotMatch(recorder.received.at(-1)?.headers.cookie ?? '', /mine/);
  });

  it('leaves a document unsaved that is wrong, and says why at its place', async () => {
    await openRequest('/wrong');
    for (const [command, text, expected] of [
      ['addCookie', '{ "name": "a", "value": "1", "domain": "com", "hostOnly": false }', /public suffix/],
      ['addCookie', 'Set-Cookie: a=1', /names no host/],
      ['addVariable', '{ "name": "two words", "value": "1" }', /without blanks/],
    ] as const) {
      const document = await write(command, text);
      assert.equal(await document.save(), false, text);
      const [problem] = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'crumbtrail');
      assert.match(problem?.message ?? '', expected);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  it('says for each cookie why it would go to the request at the cursor', async () => {
    await openRequest('/why', 'Cookie: own=1');
    await vscode.commands.executeCommand('crumbtrail.whyNotSent');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^Cookies for GET http.*\/why$/m);
    assert.match(text, /^ {2}own {2}from the Cookie line of the request$/m);
    assert.match(text, /^Not sent: \d+ cookies?$/m);
  });

  async function openRequest(path: string, ...lines: string[]): Promise<void> {
    const content = [`GET ${recorder.origin}${path}`, ...lines, ''].join('\n');
    await vscode.window.showTextDocument(await openUntitled(content));
  }
});

describe('secrets in files that git tracks', () => {
  const token = 'abcdef0123456789';
  let folder = '';
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'crumbtrail-tracked-')));
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
    writeFileSync(join(folder, 'tracked.http'), `GET http://a.test/\nAuthorization: Bearer ${token}\n`);
    writeFileSync(join(folder, 'own.http'), `GET http://a.test/\nAuthorization: Bearer ${token}\n`);
    writeFileSync(
      join(folder, 'http-client.env.json'),
      `{\n  "dev": {\n    "apiKey": "${token}",\n    "a": "1"\n  }\n}\n`,
    );
    git('init', '-q');
    git('add', 'tracked.http', 'http-client.env.json');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(closeEditors);

  it('are marked, and only there', async () => {
    const tracked = await open('tracked.http');
    const found = await problemsOf(tracked.uri, 'secret-in-file');
    assert.equal(tracked.getText(found[0]?.range), token);
    const own = await open('own.http');
    // The one that is tracked shows when a look is over.
    await problemsOf(tracked.uri, 'secret-in-file');
    assert.deepEqual(codesOf(own.uri), []);
  });

  it('go to a private environment file with a quick fix', async () => {
    await open('tracked.http');
    const uri = vscode.Uri.file(join(folder, 'http-client.env.json'));
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'jsonc');
    const [problem] = await problemsOf(uri, 'secret-in-public-file');
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem.range,
    );
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes('Move it to a secret'), titles.join());
    const fix = actions.find(({ title }) => title === 'Move it to the private file')?.command;
    assert.ok(fix);
    await vscode.commands.executeCommand(fix.command, ...(fix.arguments as unknown[]));
    assert.deepEqual(JSON.parse(document.getText()), { dev: { a: '1' } });
    const moved: unknown = JSON.parse(readFileSync(join(folder, 'http-client.private.env.json'), 'utf8'));
    assert.deepEqual(moved, { dev: { apiKey: token } });
  });

  it('environment files complete what an environment may say, and so does the document of a cookie', async () => {
    const content = '{\n  "dev": {\n    "$p"\n  }\n}\n';
    const uri = vscode.Uri.file(join(folder, 'rest-client.env.json'));
    writeFileSync(uri.fsPath, content);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await completes(uri, new vscode.Position(2, 6), '$protected');
    await vscode.commands.executeCommand('crumbtrail.addCookie');
    const cookie = vscode.window.activeTextEditor?.document;
    assert.ok(cookie);
    const line = cookie
      .getText()
      .split('\n')
      .findIndex((each) => each.includes('"sameSite"'));
    await completes(cookie.uri, new vscode.Position(line, '  "sameSite": '.length), '"strict"');
  });

  async function open(name: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, name)));
    await vscode.window.showTextDocument(document);
    return document;
  }
});

function codesOf(uri: vscode.Uri): readonly string[] {
  return vscode.languages.getDiagnostics(uri).flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
}

/** Waits until a file has problems of this code. */
async function problemsOf(uri: vscode.Uri, code: string): Promise<readonly vscode.Diagnostic[]> {
  for (;;) {
    const found = vscode.languages.getDiagnostics(uri).filter((each) => each.code === code);
    if (found.length > 0) return found;
    await new Promise<void>((resolve) => {
      const listening = vscode.languages.onDidChangeDiagnostics(() => {
        listening.dispose();
        resolve();
      });
    });
  }
}

/** The JSON language is a program of its own that may still be starting. */
async function completes(uri: vscode.Uri, position: vscode.Position, label: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      position,
    );
    const labels = items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
    if (labels.includes(label)) return;
    if (Date.now() > deadline) assert.fail(`${label} is not among ${labels.join(', ')}`);
  }
}

/** Opens the document of a command and replaces its text. */
async function write(command: string, text: string): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand(`crumbtrail.${command}`);
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.scheme, 'crumbtrail');
  const { document } = editor;
  const isWritten = await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
  assert.ok(isWritten);
  assert.equal(document.getText(), text);
  return document;
}

async function save(command: string, text: string): Promise<void> {
  const document = await write(command, text);
  assert.equal(await document.save(), true, text);
}
