import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { inUse, inUseText } from './inUse.ts';
import { latencyDuring, latencyText, type Latency } from './latency.ts';
import { openUntitled } from './openUntitled.ts';

/** Of `npm run soak`: minutes, so not of `npm test`. The variable is a share of all of it, for a look. */
const share = Number(process.env['CRUMBTRAIL_SOAK']);
const amounts = { sends: 10_000 * share, atOnce: 500 * share, documents: 24, requests: 5000, chains: 200 * share };

/** A domain has no more than 180 cookies in a jar: so many different ones are set. */
const [ownCookies, hopCookies] = [100, 50];

/** Bundled tests stand in `.vscode-test/in-host`. */
const serverFile = join(__dirname, '..', '..', 'test', 'support', 'cookieServer.mjs');

describe('load', function () {
  this.timeout(900_000);
  let server: ChildProcess;
  let origin = '';
  before(async () => {
    server = fork(serverFile, { execArgv: [] });
    const [port] = (await once(server, 'message')) as [number];
    origin = `http://127.0.0.1:${port}`;
  });
  after(() => void server.kill());
  afterEach(closeEditors);

  it('an editor where nothing happens', async () => {
    const document = await open(`GET ${origin}/count`);
    const latency = await latencyDuring(document, () => new Promise((resolve) => setTimeout(resolve, 10_000)));
    tell('idle', latencyText(latency));
  });

  it('many sends, one after the other, leave nothing behind but the cookie', async () => {
    const document = await open(`GET ${origin}/count`);
    const send = (count: number) => times(count, () => sendAt(document, 0));
    const warm = amounts.sends / 10;
    await send(warm);
    const before = await inUse();
    const begun = performance.now();
    const latency = await latencyDuring(document, () => send(amounts.sends));
    const perSecond = (amounts.sends / (performance.now() - begun)) * 1000;
    const after = await inUse();
    tell(`${amounts.sends} sends`, `${perSecond.toFixed(0)} a second; ${inUseText(before, after)}`);
    tell('meanwhile', latencyText(latency));
    await expectCookies(`count=${amounts.sends + warm}`, 1);
    // What a send leaves is bounded: more of them do not leave more. 2 kB each would be a leak of one response.
    assert.ok(after.heap - before.heap < 10e6 + amounts.sends * 200, 'heap');
    assert.ok(after.buffers - before.buffers < 10e6, 'buffers');
    // The heap is smaller afterwards; what the process keeps is pages that it has once had.
    assert.ok(after.rss - before.rss < 150e6, 'resident memory');
    assert.ok(after.sockets <= before.sockets + 2 && (after.handles ?? 0) <= (before.handles ?? 0) + 10, 'sockets');
    assert.ok(after.timers <= before.timers + 5 && after.tabs === before.tabs, 'timers and tabs');
    if (before.page && after.page) {
      assert.ok(after.page.heap - before.page.heap < 30e6, 'heap of the page');
      assert.ok(after.page.nodes - before.page.nodes < 5000 && after.page.frames <= before.page.frames + 2, 'the view');
    }
    staysAwake(latency);
  });

  it('many at once are all answered, in one session', async () => {
    const document = await open(blocks(amounts.atOnce, (n) => `GET ${origin}/own/${n % ownCookies}`));
    const before = await inUse();
    const begun = performance.now();
    const latency = await latencyDuring(document, () => sendAll(document, amounts.atOnce));
    tell(`${amounts.atOnce} at once`, `${((performance.now() - begun) / 1000).toFixed(1)} s`);
    tell('meanwhile', latencyText(latency));
    assert.equal(await answered(document, amounts.atOnce, '200'), amounts.atOnce);
    await expectCookies('own', Math.min(ownCookies, amounts.atOnce));
    await closeEditors();
    tell('and after closing it', inUseText(before, await inUse()));
    // Missed, and held where it is.
    staysAwake(latency, 250);
  });

  it('many redirect chains at once keep their own hops', async () => {
    const document = await open(blocks(amounts.chains, (n) => `GET ${origin}/hop/4/${n % hopCookies}`));
    const begun = performance.now();
    const latency = await latencyDuring(document, () => sendAll(document, amounts.chains));
    tell(`${amounts.chains} chains at once`, `${((performance.now() - begun) / 1000).toFixed(1)} s`);
    tell('meanwhile', latencyText(latency));
    assert.equal(await answered(document, amounts.chains, '302 → 302 → 302 → 302 → 200'), amounts.chains);
    await expectCookies('hop', Math.min(hopCookies, amounts.chains));
    // Missed, and held where it is.
    staysAwake(latency, 250);
  });

  it('many documents with many requests leave the editor awake while requests are sent', async () => {
    const text = blocks(amounts.requests, (n) => `GET ${origin}/${n}?{{x${n}}}`);
    // What a first round leaves is remembered once; a leak is what more documents leave.
    for (let count = 0; count < 4; count += 1) await open(text);
    await closeDocuments();
    const before = await inUse();
    for (let count = 1; count < amounts.documents; count += 1) await open(text);
    const document = await open(text.replace('{{x0}}', ''));
    const latency = await latencyDuring(document, () => times(100 * share, () => sendAt(document, 1)));
    tell(`${amounts.documents} documents`, `${amounts.requests} requests each; ${latencyText(latency)}`);
    await closeDocuments();
    const after = await inUse();
    tell('and after closing them', inUseText(before, after));
    // Missed, and held where it is: 1.7 MB stay of each document, and a file of 5,000 requests has 15,000 lenses to renew.
    assert.ok(after.heap - before.heap < amounts.documents * 2.5e6, 'heap');
    staysAwake(latency, 250);
  });

  /** The session has so many cookies whose pairs begin so: none was lost. */
  async function expectCookies(beginning: string, count: number): Promise<void> {
    const document = await open(`GET ${origin}/expect/${beginning}/${count}`);
    await sendAt(document, 0);
    assert.equal(await answered(document, 1, '200'), 1, `${count} cookies ${beginning}`);
  }
});

function tell(what: string, figure: string): void {
  appendFileSync(join(__dirname, 'figures.txt'), `${what}: ${figure}\n`);
}

/** Our limit for what a person notices. It is the extension's own part of it: the rest is what else the machine does. */
function staysAwake({ computed }: Latency, limit = 50): void {
  assert.ok(computed.p99 < limit, `the extension host computed for ${computed.p99.toFixed(1)} ms at a time (p99)`);
}

/** Requests on every third line, from the second on. */
function blocks(count: number, request: (number: number) => string): string {
  return Array.from({ length: count }, (_, n) => `### ${n}\n${request(n)}\n`).join('\n');
}

async function times(count: number, work: () => PromiseLike<unknown>): Promise<void> {
  for (let done = 0; done < count; done += 1) await work();
}

function sendAt(document: vscode.TextDocument, line: number): Thenable<unknown> {
  const offset = document.offsetAt(new vscode.Position(line, 0));
  return vscode.commands.executeCommand('crumbtrail.send', {
    uri: document.uri.toString(),
    version: document.version,
    offset,
  });
}

function sendAll(document: vscode.TextDocument, count: number): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, (_, n) => sendAt(document, n * 3 + 1)));
}

/** Shown, and with an empty last block to type into: nobody sends it. */
async function open(content: string): Promise<vscode.TextDocument> {
  const document = await openUntitled(`${content}\n\n###\n`);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

async function closeDocuments(): Promise<void> {
  await closeEditors();
  while (vscode.workspace.textDocuments.some(({ isUntitled }) => isUntitled)) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** How many requests have lenses that begin so. */
async function answered(document: vscode.TextDocument, requests: number, beginning: string): Promise<number> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    requests * 6,
  );
  return lenses.filter(({ command }) => command?.title.startsWith(beginning)).length;
}
