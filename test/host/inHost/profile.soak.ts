import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';
import { startRecorder, type Recorder } from './recorder.ts';

const folder = join(__dirname, '..', 'profiles');

/** `npm run soak -- --only profile`: what the extension host computes in activation and in sends, as `.cpuprofile` and in a few lines. */
describe('profile', function () {
  this.timeout(120_000);
  let recorder: Recorder;
  before(async () => {
    mkdirSync(folder, { recursive: true });
    recorder = await startRecorder();
  });
  after(() => recorder.close());
  afterEach(closeEditors);

  it('activation', async function () {
    const extension = vscode.extensions.getExtension('crumbtrail.crumbtrail');
    if (extension?.isActive !== false) return this.skip();
    await profiled('activation', () => extension.activate());
  });

  it('the first send, and a thousand more', async () => {
    const document = await openUntitled(`GET ${recorder.origin}/x\n`);
    await vscode.window.showTextDocument(document);
    const send = () => vscode.commands.executeCommand('crumbtrail.send');
    await profiled('first-send', send);
    await profiled('sends', async () => {
      for (let count = 0; count < 1000; count += 1) await send();
    });
  });

  it('five hundred at once', async () => {
    const text = Array.from({ length: 500 }, (_, n) => `### ${n}\nGET ${recorder.origin}/${n}\n`).join('\n');
    const document = await openUntitled(text);
    await vscode.window.showTextDocument(document);
    const send = (_: unknown, index: number) =>
      vscode.commands.executeCommand('crumbtrail.send', {
        uri: document.uri.toString(),
        version: document.version,
        offset: document.offsetAt(new vscode.Position(index * 3 + 1, 0)),
      });
    await profiled('at-once', () => Promise.all(Array.from({ length: 500 }, send)));
  });
});

async function profiled(name: string, work: () => PromiseLike<unknown>): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
  appendFileSync(join(__dirname, 'figures.txt'), `profile of ${name}: ${topOf(profile)}\n`);
}

/** Where the time went: of files and of what is Node's own, the largest first. */
function topOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): string {
  const places = new Map(
    nodes.map(({ id, callFrame: { url, functionName } }) => [id, url === '' ? functionName : basename(url)]),
  );
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const place = places.get(id) ?? '';
    times.set(place, (times.get(place) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  }
  times.delete('(idle)');
  const largest = [...times].toSorted(([, left], [, right]) => right - left).slice(0, 8);
  return largest.map(([place, ms]) => `${place} ${ms.toFixed(1)} ms`).join(', ');
}
