import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBodyFolder, type BodyFolder } from '../../src/node/bodyFolder.ts';
import { readBody, writeChunks } from '../../src/node/readBody.ts';
import { median, type Figure } from './figure.ts';

const bytes = 1_000_000_000;
const rounds = 3;

/** What saving a stored body of 1 GB costs beside a copy of its file, and what it holds in memory meanwhile. */
export async function savingFigures(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'crumbtrail-saving-'));
  try {
    const folder = openBodyFolder({ directory, secret: new Uint8Array(32), now: Date.now });
    const { path, key } = folder.place(await stored(folder));
    const runs: { copyMs: number; saveMs: number; grown: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const copyMs = await timed(async () => copyFileSync(path, join(directory, 'copy')));
      const memory = watched();
      const saveMs = await timed(() => writeChunks(join(directory, 'saved'), readBody({ path, key })));
      runs.push({ copyMs, saveMs, grown: memory.end() });
    }
    return figures(runs);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function figures(runs: readonly { copyMs: number; saveMs: number; grown: number }[]): Figure[] {
  const spread = runs.map(({ copyMs, saveMs }) => `${saveMs.toFixed(0)} and ${copyMs.toFixed(0)} ms`).join(', ');
  const grown = Math.max(0, ...runs.map((run) => run.grown));
  return [
    { name: '1 GB: saved, times cp', unit: 'x', value: median(runs.map((run) => run.saveMs / run.copyMs)), spread },
    { name: '1 GB: memory grown while it is saved', unit: 'bytes', target: 60e6, value: grown },
  ];
}

/** Id of a body in the folder. */
async function stored(folder: BodyFolder): Promise<string> {
  let drained: (() => void) | undefined;
  const writer = folder.open({ onDrain: () => drained?.(), onTrouble: () => undefined });
  for (let sent = 0; sent < bytes; sent += 1_000_000) {
    const waits = new Promise<void>((resolve) => (drained = resolve));
    if (!writer.write(new Uint8Array(1_000_000))) await waits;
  }
  return (await writer.end()).id;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

function watched(): { end(): number } {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 10);
  return {
    end: () => {
      clearInterval(timer);
      return most - before;
    },
  };
}
