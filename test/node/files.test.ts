import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nodeFiles } from '../../src/node/files.ts';

const files = nodeFiles();
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'crumbtrail-files-'));
  mkdirSync(join(folder, 'root', 'sub'), { recursive: true });
  writeFileSync(join(folder, 'root', 'a.txt'), 'inside');
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  symlinkSync(join(folder, 'outside.txt'), join(folder, 'root', 'link.txt'));
  symlinkSync(join(folder, 'root'), join(folder, 'alias'));
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('reads, measures and streams', async () => {
  const path = join(folder, 'root', 'a.txt');
  assert.equal(new TextDecoder().decode(await files.read(path)), 'inside');
  assert.equal(await files.size(path), 6);
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.stream(path)) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).toString(), 'inside');
});

test('writes with the folders above, and over what is there only when it may', async () => {
  const path = join(folder, 'root', 'new', 'b.txt');
  const bytes = (text: string) => new TextEncoder().encode(text);
  assert.equal(await files.write(path, bytes('one'), { overwrite: false }), true);
  assert.equal(await files.write(path, bytes('two'), { overwrite: false }), false);
  assert.equal(new TextDecoder().decode(await files.read(path)), 'one');
  assert.equal(await files.write(path, bytes('three'), { overwrite: true }), true);
  assert.equal(new TextDecoder().decode(await files.read(path)), 'three');
});

test('what cannot be written is told in words', async () => {
  const write = (...path: readonly string[]) =>
    files.write(join(folder, ...path), new Uint8Array(), { overwrite: false });
  await assert.rejects(write('root'), /cannot be written: something else is in its place/);
  await assert.rejects(write('outside.txt', 'below'), /cannot be written: something else is in its place/);
});

test('a new file behind a link that leads out is outside', async () => {
  symlinkSync(folder, join(folder, 'root', 'out'));
  assert.equal(await files.isInside(join(folder, 'root', 'sub', 'new.txt'), join(folder, 'root')), true);
  assert.equal(await files.isInside(join(folder, 'root', 'out', 'new.txt'), join(folder, 'root')), false);
  assert.equal(await files.isInside(join(folder, 'root', 'out', 'no', 'new.txt'), join(folder, 'root')), false);
});

test('what is not there has no content and no size, and neither has a folder', async () => {
  assert.equal(await files.read(join(folder, 'nope')), undefined);
  assert.equal(await files.read(join(folder, 'outside.txt', 'below')), undefined);
  assert.equal(await files.size(join(folder, 'nope')), undefined);
  assert.equal(await files.size(join(folder, 'root')), undefined);
});

test('other trouble is told in words', async () => {
  await assert.rejects(files.read(join(folder, 'root')), /cannot be read: it is a folder/);
  await assert.rejects(async () => {
    for await (const _chunk of files.stream(join(folder, 'nope')));
  }, /cannot be read: it is not there any more/);
});

test(
  'a file that may not be read says so',
  { skip: process.getuid?.() === 0 && 'root may read everything' },
  async () => {
    const path = join(folder, 'closed.txt');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    await assert.rejects(files.read(path), /you may not read it/);
  },
);

describe('references', { skip: process.platform === 'win32' && 'the paths below are those of POSIX' }, () => {
  for (const [reference, expected] of [
    ['./a.txt', '/work/api/a.txt'],
    ['a.txt', '/work/api/a.txt'],
    ['../a.txt', '/work/a.txt'],
    ['/a.txt', '/a.txt'],
    ['.\\data\\a.txt', '/work/api/data/a.txt'],
    ['~/a.txt', join(homedir(), 'a.txt')],
  ] as const) {
    test(reference, () => assert.equal(files.resolve('/work/api/file.http', reference), expected));
  }
});

describe('inside a root, links followed', () => {
  for (const [path, root, expected] of [
    ['root/a.txt', 'root', true],
    ['root/sub/../a.txt', 'root', true],
    ['root/nope.txt', 'root', true],
    ['root', 'root', true],
    ['outside.txt', 'root', false],
    ['root/../outside.txt', 'root', false],
    ['root/link.txt', 'root', false],
    ['alias/a.txt', 'root', true],
    ['root/a.txt', 'alias', true],
    ['rootless.txt', 'root', false],
  ] as const) {
    test(`${path} in ${root}: ${expected}`, async () => {
      assert.equal(await files.isInside(join(folder, path), join(folder, root)), expected);
    });
  }

  test('nothing is inside no root', async () => assert.equal(await files.isInside(folder, ''), false));
});
