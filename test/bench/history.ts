import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHistoryFolder } from '../../src/node/historyFolder.ts';
import { historyEntry } from '../../src/present/historyEntry.ts';
import type { ExchangeView } from '../../src/protocol/exchangeView.ts';
import { body } from '../webview/views.ts';
import { median, type Figure } from './figure.ts';

/** What a send pays for the history: the time in which nothing else runs, after the response is on the screen. */
export async function historyFigures(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'crumbtrail-history-'));
  const key = { id: 'bench', secret: new Uint8Array(32) };
  const folder = openHistoryFolder(directory, key, 'file:///bench', () => ({ entries: 500, bytes: 64 * 1024 * 1024 }));
  try {
    const small = makingTimes(responseOf(1000), 200);
    const large = makingTimes(responseOf(900_000), 9);
    for (let at = 0; at < 500; at++) await folder.add({ id: `e${at}`, at, head: '{"id":"x"}', body: 'x'.repeat(3000) });
    return [
      { name: 'history: an entry of a 1 kB response', unit: 'ms', value: median(small), target: 2 },
      { name: 'history: an entry of a 0.9 MB response', unit: 'ms', value: median(large), target: 100 },
      { name: 'history: a list of 500 entries', unit: 'ms', value: await listTime(folder), target: 500 },
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function responseOf(bytes: number): ExchangeView {
  const row = '{"id":12345,"name":"name of the item","tags":["a","b"],"price":12.5}';
  return body('application/json', `[${Array.from({ length: Math.ceil(bytes / row.length) }, () => row).join(',')}]`);
}

function makingTimes(view: ExchangeView, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const before = performance.now();
    const entry = historyEntry(view, { secrets: [`a-secret-${index}`, 'another'], uri: 'file:///x', block: 'b' });
    JSON.stringify(entry.head);
    JSON.stringify(entry.view);
    return performance.now() - before;
  });
}

async function listTime(folder: ReturnType<typeof openHistoryFolder>): Promise<number> {
  const before = performance.now();
  await folder.list();
  return performance.now() - before;
}
