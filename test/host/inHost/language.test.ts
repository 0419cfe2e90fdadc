import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';

describe('language features', () => {
  afterEach(closeEditors);

  it('complete variables, functions and headers', async () => {
    const { document, position } = await open('@token = 1\nGET http://h/{{|}}\nAcc');
    const inBraces = await complete(document, position);
    assert.ok(inBraces.includes('token') && inBraces.includes('$guid'), inBraces.join(', '));
    assert.ok((await complete(document, new vscode.Position(2, 3))).includes('Accept'));
  });

  it('complete files of the folder', async () => {
    await write('payload.json', '{}');
    const { document, position } = await openFile('files.http', 'POST http://h/\n\n< ./|');
    assert.ok((await complete(document, position)).includes('payload.json'));
  });

  it('hover: a variable tells its value, a request what it would be', async () => {
    const { document, position } = await open('@host = http://h.test\nGET {{ho|st}}/a\nAccept: x');
    assert.match(await hover(document, position), /@host, line 1[^]*http:\/\/h\.test/);
    assert.match(await hover(document, new vscode.Position(1, 1)), /GET http:\/\/h\.test\/a[^]*Accept: x/);
    assert.match(await hover(document, new vscode.Position(2, 2)), /Media types/);
  });

  it('hover: a secret is masked until it is asked for', async () => {
    await write('http-client.private.env.json', '{"$shared": {"apiKey": "very-hidden"}}');
    const { document, position } = await openFile('secret.http', 'GET http://h/\nX-Api-Key: {{api|Key}}');
    await until(async () => (await hover(document, position)).includes('***'));
    const masked = await hover(document, position);
    assert.ok(!masked.includes('very-hidden'), masked);
    await vscode.commands.executeCommand('crumbtrail.showValue', document.uri.toString(), 'apiKey');
    assert.match(await hover(document, position), /very-hidden/);
  });

  it('go to the definition and find references', async () => {
    const { document, position } = await open('@v = 1\nGET http://h/{{|v}}\n\n###\n@v = 2\nGET http://h/{{v}}');
    const [definition] = await run<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, position);
    assert.equal(definition?.range.start.line, 0);
    const references = await run<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, position);
    assert.equal(references.length, 4);
  });

  it('rename in the file, in what imports it and in the environment', async () => {
    await write('http-client.env.json', '{"dev": {"origin": "http://h"}}');
    await write('importer.http', 'import ./shared.http\n###\nGET http://h/{{in.response.body.x}}');
    const { document, position } = await openFile('shared.http', '# @name |in\nGET {{origin}}/\n');
    const renamed = await run<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      position,
      'login',
    );
    assert.deepEqual(filesOf(renamed), ['importer.http', 'shared.http']);
    const inUse = new vscode.Position(1, 8);
    const names = await run<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, inUse, 'host');
    assert.deepEqual(filesOf(names), ['http-client.env.json', 'shared.http']);
  });

  it('offer a quick fix that mends the text', async () => {
    const { document } = await open('GET http://h/a\n\n{}\n\nGET http://h/b\n');
    const problem = await problemWith(document, 'request-line-in-body');
    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, problem.range);
    const fix = actions.find(({ title }) => title === 'Insert ### above');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), 'GET http://h/a\n\n{}\n\n###\nGET http://h/b\n');
  });

  it('make a body file that is missing', async () => {
    const { document } = await openFile(
      'making.http',
      'POST http://h/a\nContent-Type: text/plain\n\n< ./made/new.txt\n',
    );
    const problem = await problemWith(document, 'file-not-found');
    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, problem.range);
    const fix = actions.find(({ title }) => title === 'Create ./made/new.txt');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(fix.edit);
    const made = await vscode.workspace.fs.stat(vscode.Uri.joinPath(document.uri, '..', 'made', 'new.txt'));
    assert.equal(made.size, 0);
    await until(async () => !codesOf(document).includes('file-not-found'));
  });

  it('extract a value to a variable', async () => {
    const { document } = await open('GET http://h/a\nAuthorization: Bearer abc');
    const range = new vscode.Range(1, 22, 1, 25);
    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    const extract = actions.find(({ title }) => title.startsWith('Extract'));
    assert.ok(extract?.edit);
    await vscode.workspace.applyEdit(extract.edit);
    assert.equal(document.getText(), '@token = abc\nGET http://h/a\nAuthorization: Bearer {{token}}');
  });

  it('insert ### between requests where the cursor stands', async () => {
    const { document } = await open('GET http://h/a\n');
    const end = new vscode.Range(0, 0, 0, 0);
    const actions = await run<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, end);
    const insert = actions.find(({ title }) => title.startsWith('Insert ###'));
    assert.ok(insert?.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(insert.edit);
    assert.match(document.getText(), /^GET http:\/\/h\/a\n[^]*###\n/);
  });

  it('fold blocks and bodies', async () => {
    const { document } = await open('### A\nPOST http://h/a\n\n{\n}\n\n### B\nGET http://h/b\n');
    const folds = await run<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 4],
        [3, 4],
        [6, 7],
      ],
    );
  });

  it('mark an unused variable and a mistake in an environment file at its place', async () => {
    const env = await write('http-client.env.json', '{"lost": "x", "dev": {"a": "b"}}');
    const { document } = await openFile('unused.http', '@nobody = 1\nGET http://h/\n');
    const unused = await problemWith(document, 'unused-variable');
    assert.deepEqual(unused.tags, [vscode.DiagnosticTag.Unnecessary]);
    const place = await problemWith({ uri: env }, 'environment-level-missing');
    assert.deepEqual([place.range.start.character, place.range.end.character], [1, 7]);
  });

  it('format without changing what is sent', async () => {
    const { document } = await open('###A\nget  http://h/a\nX-A :b\n\n\n\n  body  \n\n\n');
    const edits = await run<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', document.uri, {
      tabSize: 2,
      insertSpaces: true,
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), '### A\nGET http://h/a\nX-A: b\n\n  body  \n');
  });

  it('show values beside names when the setting says so', async () => {
    const { document } = await open('@v = 42\nGET http://h/{{v}}');
    const whole = new vscode.Range(0, 0, 2, 0);
    const hints = () => run<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
    assert.equal((await hints()).length, 0);
    const settings = vscode.workspace.getConfiguration('crumbtrail');
    await settings.update('inlayHints', true, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(
        (await hints()).map(({ label }) => label),
        ['= 42'],
      );
    } finally {
      await settings.update('inlayHints', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('keep problems of names at their place while one types', async () => {
    const { document } = await open('### A\nGET http://h/{{nope}}\n');
    await problemWith(document, 'unknown-variable');
    const seen: (number | undefined)[] = [];
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      const found = vscode.languages.getDiagnostics(document.uri).find(({ code }) => code === 'unknown-variable');
      seen.push(found?.range.start.line);
    });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# a line more\n');
    await vscode.workspace.applyEdit(edit);
    await until(async () => seen.includes(2));
    listening.dispose();
    assert.ok(!seen.includes(undefined), String(seen));
  });

  it('follow every keystroke', async () => {
    const { document } = await open('### A\nGET http://h/a\n\n### B\nGET http://h/b\n');
    const names = async () =>
      (await run<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri)).map(
        ({ name }) => name,
      );
    assert.deepEqual(await names(), ['A', 'B']);
    for (const [line, text] of [
      [0, '### Z\nGET http://h/z\n\n'],
      [4, '# one more line\n'],
    ] as const) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(line, 0), text);
      await vscode.workspace.applyEdit(edit);
    }
    assert.deepEqual(await names(), ['Z', 'A', 'B']);
    const lenses = await run<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 50);
    assert.deepEqual(
      lenses.filter(({ command }) => command?.title === 'Send').map(({ range }) => range.start.line),
      [1, 5, 8],
    );
  });

  it('colour by meaning, grow selections, link files, list symbols', async () => {
    await write('linked.json', '{}');
    const { document } = await openFile('all.http', '### One\n# @name one\nPOST http://h/{{x}}\n\n< ./linked.json\n');
    const tokens = await run<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    assert.ok(tokens.data.length >= 4 * 5);
    const [selection] = await run<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [
      new vscode.Position(2, 17),
    ]);
    assert.equal(document.getText(selection?.range), 'x');
    assert.equal(document.getText(selection?.parent?.range), '{{x}}');
    const links = await run<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    assert.ok(links.some(({ target }) => target?.path.endsWith('/linked.json')));
    const symbols = await run<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'one');
    assert.ok(symbols.some(({ name }) => name === 'one'));
    const outline = await run<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    assert.equal(outline[0]?.name, 'one');
  });
});

describe('documents that are no files', () => {
  afterEach(closeEditors);

  it('of another scheme have every feature that needs no folder', async () => {
    const content =
      '@v = 1\n### One\n# @name one\nPOST http://h.test/{{v}}\nContent-Type: application/json\n\n{\n  "a": {{nope}}\n}\n### Two\nGET http://h.test/{{one.response.body.x}}\n';
    const provider = vscode.workspace.registerTextDocumentContentProvider('readonly-requests', {
      provideTextDocumentContent: () => content,
    });
    try {
      const uri = vscode.Uri.parse('readonly-requests:/somewhere/virtual.http');
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(document.languageId, 'http');
      await vscode.window.showTextDocument(document);
      const at = (line: number, character: number) => new vscode.Position(line, character);
      assert.ok((await complete(document, at(3, 22))).includes('v'));
      assert.match(await hover(document, at(3, 22)), /@v, line 1/);
      assert.ok((await run<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', uri)).data.length > 0);
      assert.equal((await run<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri)).length, 3);
      assert.ok((await run<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri)).length >= 3);
      assert.equal((await run<vscode.Location[]>('vscode.executeReferenceProvider', uri, at(0, 1))).length, 2);
      const [definition] = await run<vscode.Location[]>('vscode.executeDefinitionProvider', uri, at(10, 20));
      assert.equal(definition?.range.start.line, 2);
      const [grown] = await run<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', uri, [at(3, 22)]);
      assert.equal(document.getText(grown?.parent?.range), '{{v}}');
      const lenses = await run<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
      assert.equal(lenses.filter(({ command }) => command?.title === 'Send').length, 2);
      await problemWith(document, 'unknown-variable');
    } finally {
      provider.dispose();
    }
  });
});

describe('what depends on other files and on what is in sight', () => {
  afterEach(closeEditors);

  it('an edit of an imported file shows in the files that import it, also by way of others', async () => {
    await write('lib.http', '@other = 1\n');
    await write('between.http', 'import ./lib.http\n');
    const { document } = await openFile('importing.http', 'import ./between.http\n###\nGET http://h/{{shared}}');
    await problemWith(document, 'unknown-variable');
    const { document: library } = await openFile('lib.http', '@other = 1\n');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(library.uri, new vscode.Position(1, 0), '@shared = 2\n');
    await vscode.workspace.applyEdit(edit);
    await until(async () => !codesOf(document).includes('unknown-variable'));
  });

  it('of a long file the requests in sight are looked at, wherever one scrolls', async () => {
    const blocks = Array.from({ length: 400 }, (_, index) => `### ${index}\nGET http://h/{{nope${index}}}\n`);
    const { document } = await open(blocks.join('\n'));
    const lines = () => vscode.languages.getDiagnostics(document.uri).map(({ range }) => range.start.line);
    await until(async () => lines().includes(1));
    assert.ok(!lines().includes(document.lineCount - 2));
    const last = new vscode.Position(document.lineCount - 1, 0);
    vscode.window.activeTextEditor?.revealRange(new vscode.Range(last, last));
    await until(async () => lines().includes(document.lineCount - 2));
    const lensesOf = (most?: number) => run<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, most);
    const unseen = await lensesOf();
    // Send and the environment for each, Send All for the first, and what goes along where somebody has looked.
    assert.ok(unseen.length > 400 * 2 + 1 && unseen.length < 400 * 2 + 100, String(unseen.length));
    assert.ok(unseen.every(({ command }) => command === undefined));
    assert.deepEqual(
      (await lensesOf(2)).map(({ command }) => command?.title),
      ['Send', 'Send All'],
    );
    // What never was in sight costs nothing; what is again has its problems, also when something else has changed meanwhile.
    assert.ok(!lines().includes(601));
    vscode.window.activeTextEditor?.revealRange(new vscode.Range(0, 0, 0, 0));
    await until(async () => lines().includes(1));
  });
});

/** Opens an untitled request file; `|` is the place of the cursor and taken out. */
async function open(marked: string): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const content = marked.replace('|', '');
  const document = await openUntitled(content);
  await vscode.window.showTextDocument(document);
  return { document, position: document.positionAt(Math.max(0, marked.indexOf('|'))) };
}

async function openFile(name: string, marked: string) {
  const uri = await write(name, marked.replace('|', ''));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return { document, position: document.positionAt(Math.max(0, marked.indexOf('|'))) };
}

async function write(name: string, text: string): Promise<vscode.Uri> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(root, 'the tests run in a folder');
  const uri = vscode.Uri.joinPath(root, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function run<T>(command: string, ...args: readonly unknown[]): Promise<T> {
  return vscode.commands.executeCommand<T>(command, ...args);
}

async function complete(document: vscode.TextDocument, position: vscode.Position): Promise<readonly string[]> {
  const list = await run<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await run<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)))
    .join('\n');
}

function filesOf(edit: vscode.WorkspaceEdit): readonly string[] {
  return edit
    .entries()
    .filter(([, edits]) => edits.length > 0)
    .map(([uri]) => uri.path.split('/').at(-1) ?? '')
    .toSorted();
}

/** Environment files are read anew a moment after they were written: asks again until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

function codesOf({ uri }: vscode.TextDocument): readonly unknown[] {
  return vscode.languages.getDiagnostics(uri).map(({ code }) => code);
}

/** Problems come a moment after the text: waits for the event that brings the one with `code`. */
async function problemWith({ uri }: { readonly uri: vscode.Uri }, code: string): Promise<vscode.Diagnostic> {
  for (;;) {
    const found = vscode.languages.getDiagnostics(uri).find((each) => each.code === code);
    if (found) return found;
    await new Promise<void>((resolve) => {
      const listening = vscode.languages.onDidChangeDiagnostics(() => {
        listening.dispose();
        resolve();
      });
    });
  }
}
