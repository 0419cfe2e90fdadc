import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';

/** Of `npm run soak`: minutes, so not of `npm test`. */
const amounts = { sends: 10_000, atOnce: 500, documents: 24, requests: 5000, chains: 200 };

/** Bundled tests stand in `.vscode-test/in-host`. */
const serverFile = join(__dirname, '..', '..', 'test', 'bench', 'echoServer.mjs');

describe('load', function () {
  this.timeout(900_000);
  let server: ChildProcess;
  let origin = '';
  before(async () => {
    server = fork(serverFile, { execArgv: [] });
    const [port] = (await once(server, 'message')) as [number];
    origin = `http://127.0.0.1:${port}`;
  });
  after(async () => {
    await closeEditors();
    server.kill();
  });

  it('many sends, one after the other, leave nothing behind but the cookie', async () => {
    const document = await open(`GET ${origin}/set/1\n`);
    const send = () => vscode.commands.executeCommand('crumbtrail.send', address(document, 0));
    for (let count = 0; count < amounts.sends / 10; count += 1) await send();
    const before = inUse();
    for (let count = 0; count < amounts.sends; count += 1) await send();
    const after = inUse();
    report('sends', amounts.sends, before, after);
    // What a send leaves is bounded: more of them do not leave more. 4 kB each would be a leak of one response.
    assert.ok(after.heap - before.heap < 20e6 + amounts.sends * 400, `${after.heap - before.heap} bytes of heap`);
    assert.ok(after.sockets <= before.sockets + 2, `${before.sockets} sockets before, ${after.sockets} after`);
  });

  it('many at once are all answered, in one session', async () => {
    const text = Array.from({ length: amounts.atOnce }, (_, n) => `### ${n}\nGET ${origin}/set/${n}\n`).join('\n');
    const document = await open(text);
    const before = inUse();
    await Promise.all(
      Array.from({ length: amounts.atOnce }, (_, n) =>
        vscode.commands.executeCommand('crumbtrail.send', address(document, n * 3 + 1)),
      ),
    );
    report('at once', amounts.atOnce, before, inUse());
    assert.deepEqual(await results(document, amounts.atOnce), amounts.atOnce);
  });

  it('many redirect chains at once keep their own hops', async () => {
    const text = Array.from({ length: amounts.chains }, (_, n) => `### ${n}\nGET ${origin}/hop/4\n`).join('\n');
    const document = await open(text);
    await Promise.all(
      Array.from({ length: amounts.chains }, (_, n) =>
        vscode.commands.executeCommand('crumbtrail.send', address(document, n * 3 + 1)),
      ),
    );
    const lenses = await lensesOf(document, amounts.chains);
    const chains = lenses.filter(({ command }) => command?.title.startsWith('302 → 302 → 302 → 302 → 200'));
    assert.equal(chains.length, amounts.chains);
  });

  it('many documents with many requests leave the editor awake', async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const idle = await medianOfLongest(delay, () => new Promise((resolve) => setTimeout(resolve, 500)));
    const text = Array.from({ length: amounts.requests }, (_, n) => `### ${n}\nGET ${origin}/${n}?{{x${n}}}\n`);
    for (let count = 0; count < amounts.documents; count += 1) await open(text.join('\n'));
    const editor = await vscode.window.showTextDocument(vscode.workspace.textDocuments.at(-1) ?? (await open('')));
    const typing = await medianOfLongest(delay, () =>
      editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount - 1, 0), 'x')),
    );
    console.log(`event loop: longest block ${idle.toFixed(1)} ms idle, ${typing.toFixed(1)} ms at a keystroke`);
    assert.ok(editor.document.getText().includes('x'));
  });
});

function address(document: vscode.TextDocument, line: number): object {
  const offset = document.offsetAt(new vscode.Position(line, 0));
  return { uri: document.uri.toString(), version: document.version, offset };
}

async function open(content: string): Promise<vscode.TextDocument> {
  const document = await openUntitled(content);
  await vscode.window.showTextDocument(document);
  return document;
}

/** How many requests of a document have `200` beside their lens. */
async function results(document: vscode.TextDocument, most: number): Promise<number> {
  const lenses = await lensesOf(document, most);
  return lenses.filter(({ command }) => command?.title.startsWith('200')).length;
}

function lensesOf(document: vscode.TextDocument, blocks: number): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, blocks * 6);
}

interface InUse {
  readonly heap: number;
  readonly rss: number;
  readonly sockets: number;
  readonly timers: number;
}

/** After a full collection. */
function inUse(): InUse {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, rss } = process.memoryUsage();
  const active = process.getActiveResourcesInfo();
  const count = (name: string) => active.filter((each) => each === name).length;
  return { heap: heapUsed, rss, sockets: count('TCPSocketWrap'), timers: count('Timeout') };
}

function report(what: string, count: number, before: InUse, after: InUse): void {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `${count} ${what}: heap ${mb(before.heap)} → ${mb(after.heap)}, rss ${mb(before.rss)} → ${mb(after.rss)}, ` +
      `sockets ${before.sockets} → ${after.sockets}, timers ${before.timers} → ${after.timers}`,
  );
}

/** Runs something seven times and gives the median of the longest time, in milliseconds, that each kept the event loop. */
async function medianOfLongest(
  delay: ReturnType<typeof monitorEventLoopDelay>,
  run: () => PromiseLike<unknown>,
): Promise<number> {
  const longest: number[] = [];
  for (let count = 0; count < 7; count += 1) {
    delay.enable();
    delay.reset();
    await run();
    await new Promise((resolve) => setTimeout(resolve, 100));
    delay.disable();
    longest.push(delay.max / 1e6);
  }
  return longest.toSorted((left, right) => left - right)[3] ?? NaN;
}
