import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test, type TestContext } from 'node:test';
import { emptySnapshot, type SessionSnapshot } from '../../src/core/session/snapshot.ts';
import { safeFileName, sessionFile, sessionFolder } from '../../src/node/sessionPath.ts';
import { openStore } from '../../src/node/sessionStore.ts';
import { inWords } from '../../src/node/storeTrouble.ts';
import { cookieAt, key, recordedAt, variableAt } from '../core/session/snapshotParts.ts';

const snapshot: SessionSnapshot = {
  ...emptySnapshot(key),
  cookies: [cookieAt(5, { value: 'COOKIE-SECRET' })],
  variables: [variableAt(6, { value: 'VARIABLE-SECRET' })],
  recorded: [recordedAt(7)],
};
const now = () => 1000;
const storeKey = { id: 'k1', secret: randomBytes(32) };

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'crumbtrail-store-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

async function filesOf(directory: string): Promise<string[]> {
  return (await readdir(join(directory, safeFileName(key.profile)))).toSorted();
}

describe('what is saved is read again by another store', () => {
  for (const options of [{}, { key: storeKey }]) {
    test('key' in options ? 'encrypted' : 'plain', async (t) => {
      const directory = await folder(t);
      const saved = await openStore({ directory, now, ...options }).save(snapshot);
      assert.deepEqual(saved.snapshot, snapshot);
      const loaded = await openStore({ directory, now, ...options }).load(key);
      assert.deepEqual(loaded, { snapshot, warnings: [], stamp: saved.stamp });
      assert.deepEqual(await openStore({ directory }).list(), [key]);
      const text = await readFile(sessionFile(directory, key), 'utf8');
      assert.equal(text.includes('COOKIE-SECRET') || text.includes('VARIABLE-SECRET'), !('key' in options));
    });
  }
});

test(
  'only the user can read the file and its folder',
  { skip: process.platform === 'win32' && 'no modes' },
  async (t) => {
    const directory = await folder(t);
    await openStore({ directory, now }).save(snapshot);
    const path = sessionFile(directory, key);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await stat(dirname(path))).mode & 0o777, 0o700);
    assert.deepEqual(await filesOf(directory), ['default.json']);
  },
);

describe('a file that cannot be used is kept aside and never lost', () => {
  const damaged: readonly (readonly [string, (text: string) => string, object, RegExp])[] = [
    ['no key', (text) => text, {}, /is encrypted with the key k1, which is not at hand/],
    [
      'another key',
      (text) => text,
      { key: { id: 'k2', secret: randomBytes(32) } },
      /with the key k1, and the key at hand is k2/,
    ],
    [
      'the same name for another key',
      (text) => text,
      { key: { id: 'k1', secret: randomBytes(32) } },
      /is damaged or was encrypted/,
    ],
    [
      'a changed header',
      (text) => text.replace('"default"', '"other"'),
      { key: storeKey },
      /is damaged or was encrypted/,
    ],
    ['a cut file', (text) => text.slice(0, -40), { key: storeKey }, /is damaged/],
    ['an empty file', () => '', { key: storeKey }, /is damaged/],
  ];
  for (const [name, change, options, why] of damaged) {
    test(name, async (t) => {
      const directory = await folder(t);
      const path = sessionFile(directory, key);
      await openStore({ directory, now, key: storeKey }).save(snapshot);
      const text = change(await readFile(path, 'latin1'));
      await writeFile(path, text, 'latin1');
      const store = openStore({ directory, now, ...options });
      const loaded = await store.load(key);
      assert.equal(loaded.snapshot, undefined);
      assert.match(loaded.keptAside ?? '', why);
      assert.equal(await readFile(`${path}.kept-aside-1`, 'latin1'), text);
      await store.save(snapshot);
      assert.deepEqual((await openStore({ directory, now, ...options }).load(key)).snapshot, snapshot);
    });
  }

  test('each gets a name of its own, also when a save meets it', async (t) => {
    const directory = await folder(t);
    const path = sessionFile(directory, key);
    const store = openStore({ directory, now });
    await store.save(snapshot);
    await writeFile(path, 'one');
    assert.match((await store.save(snapshot)).keptAside ?? '', /kept as default.json.kept-aside-1/);
    await writeFile(path, 'two');
    assert.match((await store.load(key)).keptAside ?? '', /kept as default.json.kept-aside-2/);
    assert.deepEqual([await readFile(`${path}.kept-aside-1`, 'utf8'), await readFile(`${path}.kept-aside-2`, 'utf8')], ['one', 'two']); // prettier-ignore
  });
});

test('a plain file is read and encrypted from then on when a key has come', async (t) => {
  const directory = await folder(t);
  await openStore({ directory, now }).save(snapshot);
  const store = openStore({ directory, now, key: storeKey });
  assert.deepEqual((await store.load(key)).snapshot, snapshot);
  await store.save(snapshot);
  assert.ok(!(await readFile(sessionFile(directory, key), 'utf8')).includes('COOKIE-SECRET'));
});

test('the stamp tells of another process, and only then', async (t) => {
  const directory = await folder(t);
  const [one, two] = [openStore({ directory, now }), openStore({ directory, now })];
  assert.equal(await one.stamp(key), undefined);
  const { stamp } = await one.save(snapshot);
  assert.equal(await one.stamp(key), stamp);
  await two.save({ ...emptySnapshot(key), variables: [variableAt(8, { name: 'theirs' })] });
  assert.notEqual(await one.stamp(key), stamp);
  const names = (await one.load(key)).snapshot?.variables.map(({ name }) => name);
  assert.deepEqual(names, ['token', 'theirs']);
});

test('a removed session is gone, and its neighbour stays', async (t) => {
  const store = openStore({ directory: await folder(t), now });
  await store.save(snapshot);
  await store.save({ ...snapshot, key: { ...key, name: 'other' } });
  await store.remove(key);
  await store.remove(key);
  assert.deepEqual(await store.list(), [{ ...key, name: 'other' }]);
  assert.equal((await store.load(key)).snapshot, undefined);
});

function writer(t: TestContext, directory: string, name: string, count: number) {
  const program = join(import.meta.dirname, 'sessionWriter.ts');
  const child = spawn(process.execPath, [program, directory, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

test('two processes that write at the same time lose nothing of each other', async (t) => {
  const directory = await folder(t);
  const count = 40;
  const writers = ['a', 'b'].map((name) => writer(t, directory, name, count));
  const ends = await Promise.all(writers.map((child) => once(child, 'exit')));
  assert.deepEqual(ends.map(([code]) => code as number), [0, 0]); // prettier-ignore
  const { snapshot: merged } = await openStore({ directory, now }).load(key);
  const expected = ['a', 'b']
    .flatMap((name) => Array.from({ length: count }, (_, index) => `${name}${index}`))
    .toSorted();
  assert.deepEqual(merged?.cookies.map(({ name }) => name).toSorted(), expected);
  assert.deepEqual(merged?.variables.map(({ name }) => name).toSorted(), expected);
  assert.deepEqual(await filesOf(directory), ['default.json']);
});

test('a process killed while it writes leaves a whole file, and its lock and leftovers do not stay in the way', async (t) => {
  const directory = await folder(t);
  const child = writer(t, directory, 'a', 100_000);
  let durable = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    durable = Number(line);
    if (durable === 10) child.kill('SIGKILL');
  }
  const leftover = join(directory, safeFileName(key.profile), 'default.json.x.tmp');
  await writeFile(leftover, 'COOKIE-SECRET');
  await utimes(leftover, 0, 0);
  const store = openStore({ directory });
  const { snapshot: found, keptAside } = await store.load(key);
  assert.equal(keptAside, undefined);
  assert.ok((found?.variables.length ?? 0) >= durable, `${found?.variables.length} of ${durable}`);
  await store.save({ ...emptySnapshot(key), variables: [variableAt(1, { name: 'after' })] });
  assert.ok(!(await filesOf(directory)).some((name) => name.endsWith('.lock') || name === 'default.json.x.tmp'));
});

describe('a lock that nobody works under is broken', () => {
  const locks: readonly (readonly [string, string, number])[] = [
    ['of a process that is gone', `999999999 ${hostname()} x`, Date.now()],
    ['too old', `${process.pid} ${hostname()} x`, 0],
    ['too old and without a name', '', 0],
  ];
  for (const [name, owner, at] of locks) {
    test(name, async (t) => {
      const directory = await folder(t);
      const store = openStore({ directory, now });
      await store.save(snapshot);
      const lock = `${sessionFile(directory, key)}.lock`;
      await writeFile(lock, owner);
      await utimes(lock, at / 1000, at / 1000);
      await store.save(snapshot);
      assert.deepEqual(await filesOf(directory), ['default.json']);
    });
  }
});

describe('file names are safe on every system and different for different sessions', () => {
  const table: readonly (readonly [string, string])[] = [
    ['default', 'default'],
    ['dev,local', 'dev%2clocal'],
    ['../../etc', '%2e%2e%2f%2e%2e%2fetc'],
    ['Dev', '%44ev'],
    ['con', '%63on'],
    ['com1', '%63om1'],
    ['', '%00'],
    ['\u00fc', '%c3%bc'],
    ['a%2e', 'a%252e'],
  ];
  for (const [text, name] of table) test(JSON.stringify(text), () => assert.equal(safeFileName(text), name));
  test('long ones', () => {
    const names = ['x', 'y'].map((end) => safeFileName('a'.repeat(300) + end));
    assert.equal(new Set(names).size, 2);
    assert.ok(names.every((name) => name.length <= 100));
  });
});

test('a long or odd name is listed as it is', async (t) => {
  const odd = { ...key, name: `\u00c4 ${'/'.repeat(200)}`, profile: 'A,b' };
  const store = openStore({ directory: await folder(t), now });
  await store.save({ ...snapshot, key: odd });
  assert.deepEqual(await store.list(), [odd]);
});

test('the folder of a workspace folder is its hash', () => {
  assert.equal(sessionFolder('/base', 'abc'), join('/base', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')); // prettier-ignore
});

describe('trouble is told in words with the next step', () => {
  test('a file where the folder should be', async (t) => {
    const directory = join(await folder(t), 'file');
    await writeFile(directory, '');
    await assert.rejects(
      openStore({ directory, now }).save(snapshot),
      /^Error: Cannot save the session default: .* is not a folder\. Remove/,
    );
  });
  test('a key of the wrong length', () => {
    const short = { id: 'k', secret: randomBytes(16) };
    assert.throws(() => openStore({ directory: '/x', key: short }), /must be 32 bytes long; it has 16/);
  });
  const table: readonly (readonly [string, RegExp])[] = [
    ['ENOSPC', /the disk of \/s is full\. Free some space/],
    ['EACCES', /there is no permission for \/s\. Change its permissions/],
    ['EROFS', /\/s cannot be written to\. Choose another folder/],
    ['EIO', /Cannot save it: EIO: low level$/],
  ];
  for (const [code, words] of table) {
    const error = Object.assign(new Error(`${code}: low level`), { code });
    test(code, () => assert.match(inWords(error, 'save it', '/s').message, words));
  }
});
