import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { goneAfterMs, removeGoneHistories } from '../../src/node/goneHistories.ts';
import { openHistoryFolder } from '../../src/node/historyFolder.ts';

let base = '';
const key = { id: 'k', secret: new Uint8Array(32).fill(7) };
const now = Date.UTC(2026, 5, 1);

beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'crumbtrail-histories-'))));
afterEach(() => rmSync(base, { recursive: true, force: true }));

interface Written {
  readonly folder: string;
  readonly daysAgo: number;
  readonly secret?: Uint8Array;
}

/** Histories by the name of their folder on the disk; what is left after the look, when only `there` exists. */
async function check(written: Readonly<Record<string, Written>>, expected: readonly string[]): Promise<void> {
  for (const [name, { folder, daysAgo, secret }] of Object.entries(written)) {
    const directory = join(base, name);
    const sealedWith = secret ? { id: 'o', secret } : key;
    const history = openHistoryFolder(directory, sealedWith, folder, () => ({ entries: 9, bytes: 1e9 }));
    await history.add({ id: 'a', at: 1, head: 'head', body: 'body' });
    const at = new Date(now - daysAgo * 24 * 60 * 60 * 1000);
    utimesSync(directory, at, at);
  }
  const removed = await removeGoneHistories({ base, key, now, isGone: async (folder) => folder !== 'file:///there' });
  assert.deepEqual(
    Object.keys(written).filter((name) => existsSync(join(base, name))),
    expected,
  );
  assert.equal(removed.length, Object.keys(written).length - expected.length);
}

test('the history of a folder that is gone goes after a month, and no other', () =>
  check(
    {
      old: { folder: 'file:///gone', daysAgo: 31 },
      new: { folder: 'file:///gone-lately', daysAgo: 29 },
      there: { folder: 'file:///there', daysAgo: 400 },
      foreign: { folder: 'file:///gone', daysAgo: 400, secret: new Uint8Array(32) },
    },
    ['new', 'there', 'foreign'],
  ));

test('what does not say whose it is stays; where nothing was kept, nothing is done', async () => {
  mkdirSync(join(base, 'unknown'));
  writeFileSync(join(base, 'unknown', 'x'), 'x');
  writeFileSync(join(base, 'file'), 'x');
  const long = now + 10 * goneAfterMs;
  assert.deepEqual(await removeGoneHistories({ base, key, now: long, isGone: async () => true }), []);
  assert.deepEqual(
    await removeGoneHistories({ base: join(base, 'nowhere'), key, now: long, isGone: async () => true }),
    [],
  );
  assert.ok(existsSync(join(base, 'unknown', 'x')));
});
