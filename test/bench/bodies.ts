import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Frame } from 'playwright-core';
import { reasonOf } from '../../src/core/text/reasonOf.ts';
import { root } from '../host/paths.ts';
import { openStage, writeRequests, type Window } from '../host/stage.ts';
import { median, type Figure } from './figure.ts';
import { probeHost, type HostProbe } from './hostProbe.ts';

/** Sizes in MB, and what they may cost. */
const sizes = [
  { mb: 10, firstMs: 250, rss: 40e6 },
  { mb: 100, firstMs: 400, rss: 40e6 },
  { mb: 1000, firstMs: 400, rss: 60e6 },
] as const;

interface Bench {
  readonly window: Window;
  readonly server: Server;
  readonly folder: string;
  readonly probe: HostProbe;
}

/** In a process of its own. */
interface Server {
  readonly origin: string;
  /** When the last byte of the latest answer was handed to the system (epoch milliseconds), and how long the answer took to leave. */
  last(): Promise<{ readonly at: number; readonly tookMs: number }>;
  close(): void;
}

async function startServer(): Promise<Server> {
  const child = fork(join(import.meta.dirname, 'serveLarge.ts'));
  const [origin] = (await once(child, 'message')) as [string];
  return {
    origin,
    last: async () => {
      child.send('last');
      const [last] = (await once(child, 'message')) as [{ at: number; tookMs: number }];
      return last;
    },
    close: () => child.disconnect(),
  };
}

/** What bodies of 10 MB, 100 MB and 1 GB cost in a real VS Code, beside what curl needs for them in the same run. */
export async function bodyFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crumbtrail-bench-'));
  const figures: Figure[] = [];
  try {
    await measure(folder, figures);
  } catch (error) {
    figures.push({ name: 'bodies', unit: 'ms', target: 0, trouble: reasonOf(error).split('\n', 1)[0] ?? '' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

async function measure(folder: string, figures: Figure[]): Promise<void> {
  const server = await startServer();
  const mark = `CRUMBTRAIL_BENCH_${process.pid}`;
  const stage = await openStage({ extension: root, env: { [mark]: '1' } });
  try {
    const workspace = stage.examples();
    const all = [5, ...sizes.map(({ mb }) => mb)];
    const lines = all.flatMap((mb) => [`### Size ${mb}`, `GET ${server.origin}/json?mb=${mb}`, '']);
    await stage.window({ workspace, file: writeRequests(workspace, 'bench.http', lines) }, async (window) => {
      // Engine, thread and viewer are loaded once, before anything is measured.
      await shown(window, 5);
      const probe = await probeHost(mark);
      for (const size of sizes) figures.push(...(await sizeFigures({ window, server, folder, probe }, size)));
      probe.close();
    });
  } finally {
    await stage.close();
    server.close();
  }
}

async function sizeFigures(bench: Bench, { mb, firstMs, rss }: (typeof sizes)[number]): Promise<Figure[]> {
  const { server, window, probe } = bench;
  const name = mb < 1000 ? `${mb} MB` : '1 GB';
  const curlMs = await curl(bench, mb);
  const idle = await idleDelay(probe);
  const before = (await probe.read()).rss;
  await probe.reset();
  const heapBefore = await heapOf(window);
  const { begun, finished, words } = await drawn(window, mb);
  const ownMs = msOf(words);
  const { at, tookMs } = await server.last();
  const allMs = await allKnown(window, at);
  const after = await probe.read();
  const { frames, searchMs, heap } = await used(bench);
  return [
    { name: `${name}: first lines after the request came`, unit: 'ms', value: begun - (at - tookMs) },
    {
      name: `${name}: first screen after the last byte`,
      unit: 'ms',
      target: firstMs,
      value: Math.max(0, finished - at),
    },
    { name: `${name}: all of it indented and scrollable`, unit: 'ms', value: allMs },
    { name: `${name}: searched, every byte`, unit: 'ms', ...(mb === 100 && { target: 2000 }), value: searchMs },
    {
      name: `${name}: download, times curl -o`,
      unit: 'x',
      target: 1 / 0.7,
      value: ownMs / curlMs,
      spread: `${ownMs.toFixed(0)} and ${curlMs.toFixed(0)} ms`,
    },
    {
      name: `${name}: memory of the extension host grown by`,
      unit: 'bytes',
      target: rss,
      value: Math.max(0, after.rss - before),
      spread: `at most ${((after.most - before) / 1e6).toFixed(0)} MB on the way`,
    },
    {
      name: `${name}: longest task of the extension host`,
      unit: 'ms',
      target: 16,
      value: Math.max(0, after.delayMs - idle),
      spread: `${after.delayMs.toFixed(1)} ms, idle ${idle.toFixed(1)} ms`,
    },
    { name: `${name}: frame while scrolling, p95`, unit: 'ms', target: 33, value: frames },
    { name: `${name}: heap of the page grown by`, unit: 'bytes', target: 150e6, value: Math.max(0, heap - heapBefore) },
  ];
}

/** The longest wait of an extension host that has nothing to do, as long as a send of a large body takes. */
async function idleDelay(probe: HostProbe): Promise<number> {
  await probe.reset();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return (await probe.read()).delayMs;
}

/**
 * Milliseconds from the request to the end of the file, as curl itself counts them; the time of a send is counted alike. The server cannot
 * tell it: of 10 MB it has handed half to the system before the other side reads.
 */
async function curl({ server, folder }: Bench, mb: number): Promise<number> {
  const target = join(folder, 'curl.json');
  const child = spawn('curl', ['-s', '-o', target, '-w', '%{time_total}', `${server.origin}/json?mb=${mb}`]);
  const told = text(child.stdout);
  const [code] = (await once(child, 'exit')) as [number | null];
  rmSync(target, { force: true });
  if (code !== 0) throw new Error(`curl ended with ${code}.`);
  return Number(await told) * 1000;
}

/** The time of a send in the words of the view: `31 ms`, `1.25 s`. */
function msOf(words: string): number {
  const [, count = '', unit] = /^([\d.]+) (ms|s)$/.exec(words) ?? [];
  if (unit === undefined) throw new Error(`"${words}" is no time.`);
  return Number(count) * (unit === 's' ? 1000 : 1);
}

/** Sends it and waits until its first lines are drawn. */
async function shown(window: Window, mb: number): Promise<void> {
  await window.send(`Size ${mb}`);
  await window.view.shows(`Size ${mb}`, '200 OK');
  await window.workbench.webview
    .locator('.line, .large-line')
    .filter({ hasText: '"id": "00000000"' })
    .first()
    .waitFor();
}

interface Drawn {
  /** Epoch milliseconds: when the page drew the first lines, and when it drew them as those of a finished response. */
  readonly begun: number;
  readonly finished: number;
  /** How long the send took. */
  readonly words: string;
}

/** The same, watched by the page. */
async function drawn(window: Window, mb: number): Promise<Drawn> {
  const frame = await frameOf(window);
  const at = frame.evaluate<Drawn>(drawnAt(`Size ${mb}`));
  await window.send(`Size ${mb}`);
  return at;
}

/** Runs in the page, and asks nothing of it before it changes: when lines of this response stood there first, and when they did at its end. */
function drawnAt(title: string): string {
  return `new Promise((resolve) => {
    let begun;
    const observer = new MutationObserver(() => {
      const hasLines = document.querySelector('.meta .title')?.textContent === ${JSON.stringify(title)}
        && [...document.querySelectorAll('.line, .large-line')].some((line) => line.textContent.includes('"id": "00000000"'));
      if (!hasLines) return;
      begun ??= Date.now();
      if (!document.querySelector('.status')?.textContent.includes('200')) return;
      observer.disconnect();
      const words = document.querySelector('.elapsed').textContent;
      requestAnimationFrame(() => resolve({ begun, finished: Date.now(), words }));
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  })`;
}

/** Milliseconds from `since` until all of the text is known. */
async function allKnown({ workbench }: Window, since: number): Promise<number> {
  const status = workbench.webview.locator('.large-status');
  await status.filter({ hasText: /^Lines [\d,]+ to [\d,]+ of [\d,]+$/ }).waitFor({ timeout: 300_000 });
  return Date.now() - since;
}

async function used({ window }: Bench): Promise<{ frames: number; searchMs: number; heap: number }> {
  const { webview } = window.workbench;
  const body = webview.getByRole('document', { name: 'Response body' });
  await body.press('Control+End');
  await webview.locator('.large-line').filter({ hasText: 'the very last needle' }).waitFor({ timeout: 60_000 });
  await body.press('Control+Home');
  const frame = await frameOf(window);
  const frames = await frame.evaluate<number[]>(scrollSome);
  const begun = Date.now();
  await body.press('Control+f');
  await webview.getByRole('searchbox').fill('VERY last needle');
  await webview.locator('.large-count').getByText('1 of 1', { exact: true }).waitFor({ timeout: 300_000 });
  const searchMs = Date.now() - begun;
  await webview.getByRole('searchbox').press('Escape');
  const heap = await heapOf(window);
  const sorted = frames.toSorted((a, b) => a - b);
  return { frames: sorted[Math.floor(sorted.length * 0.95)] ?? median(frames), searchMs, heap };
}

/** The workbench lives in the same process: only what it grows by tells something. */
async function heapOf(window: Window): Promise<number> {
  return (await frameOf(window)).evaluate<number>('performance.memory.usedJSHeapSize');
}

async function frameOf({ view }: Window): Promise<Frame> {
  const frame = await (await view.status.elementHandle())?.ownerFrame();
  if (!frame) throw new Error('The response view is not on the screen.');
  return frame;
}

/** Runs in the page: scrolls for two seconds and gives the time between frames. */
const scrollSome = `new Promise((resolve) => {
  const node = document.querySelector('.large-scroller');
  const times = [];
  let last = performance.now();
  const step = (now) => {
    times.push(now - last);
    last = now;
    node.scrollTop += 400;
    if (times.length < 120) requestAnimationFrame(step);
    else resolve(times.slice(1));
  };
  requestAnimationFrame(step);
})`;
