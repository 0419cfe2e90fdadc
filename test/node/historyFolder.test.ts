import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openHistoryFolder, type HistoryFolder, type HistoryLimits } from '../../src/node/historyFolder.ts';

let directory = '';
const key = { id: 'k', secret: new Uint8Array(32).fill(7) };

beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'crumbtrail-history-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function open(limits: Partial<HistoryLimits> = {}): HistoryFolder {
  return openHistoryFolder(directory, key, 'file:///w', () => ({ entries: 100, bytes: 1e9, ...limits }));
}

async function add(folder: HistoryFolder, ...numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    await folder.add({
      id: `id-${number}`,
      at: number,
      head: `head ${number}`,
      body: `body ${number} ${'x'.repeat(1000)}`,
    });
  }
}

async function check(folder: HistoryFolder, expected: readonly number[]): Promise<void> {
  assert.deepEqual(
    (await folder.list()).map(({ head }) => head),
    expected.map((number) => `head ${number}`),
  );
}

test('the newest comes first, also after a new start', async () => {
  await check(open(), []);
  await add(open(), 1_700_000_000_000, 5, 1_800_000_000_000);
  await check(open(), [1_800_000_000_000, 1_700_000_000_000, 5]);
  const [newest] = await open().list();
  assert.match((await open().read(newest?.key ?? '')) ?? '', /^body 1800000000000 x/);
});

test('nothing can be read from the disk, and another key reads nothing', async () => {
  await add(open(), 1);
  for (const name of readdirSync(directory)) {
    assert.doesNotMatch(readFileSync(join(directory, name), 'latin1'), /head|body|xxx|file:/);
  }
  const other = openHistoryFolder(directory, { id: 'o', secret: new Uint8Array(32) }, 'file:///w', () => ({
    entries: 9,
    bytes: 1e9,
  }));
  await check(other, []);
});

test('the oldest go when there are too many, or when they are too large', async () => {
  await add(open({ entries: 3 }), 1, 2, 3, 4, 5);
  await check(open(), [5, 4, 3]);
  await add(open({ bytes: 2500 }), 6);
  await check(open(), [6, 5]);
  await add(open({ bytes: 10, entries: 0 }), 7);
  await check(open(), [7]);
});

test('a folder of many is not looked through with every entry', async () => {
  const folder = open({ entries: 50 });
  await add(folder, ...Array.from({ length: 60 }, (_, index) => index));
  const { length } = await folder.list();
  assert.ok(length >= 50 && length <= 56, String(length));
});

test('one or all can be deleted, and what another window deleted is no error', async () => {
  const folder = open();
  await add(folder, 1, 2, 3);
  const keys = (await folder.list()).map((line) => line.key);
  await open().remove([keys[1] ?? '']);
  await check(folder, [3, 1]);
  assert.equal(await folder.read(keys[1] ?? ''), undefined);
  await folder.remove(keys);
  assert.deepEqual(readdirSync(directory), []);
});

test('two windows write at the same time, and nothing of either is lost', async () => {
  const [one, other] = [open(), open()];
  const [odd, even] = [1, 0].map((rest) => Array.from({ length: 20 }, (_, index) => index * 2 + rest));
  await Promise.all([add(one, ...odd!), add(other, ...even!)]);
  await check(
    open(),
    Array.from({ length: 40 }, (_, index) => 39 - index),
  );
});

test('an entry that was half written is not listed, and goes with the oldest', async () => {
  await add(open(), 1);
  const half = readdirSync(directory).find((name) => name.includes('-head'))!;
  rmSync(join(directory, half));
  writeFileSync(join(directory, '000000002-broken-head.sealed'), 'no cipher text');
  await check(open(), []);
  await add(open({ entries: 1 }), 3);
  await check(open(), [3]);
  assert.equal(readdirSync(directory).filter((name) => name !== 'owner.sealed').length, 2);
});
