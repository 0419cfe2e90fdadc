import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { GitIndexes } from '../../src/node/gitIndex.ts';

let folder = '';
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    cwd: join(folder, 'main'),
    stdio: 'pipe',
  });

before(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'crumbtrail-git-')));
  for (const name of ['main/a.http', 'main/deep/a.http', 'main/ü.http', 'main/deep/new.http', 'outside.http']) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), 'GET http://a.test/\n');
  }
  git('init', '-q');
  git('add', 'deep/a.http', 'ü.http');
  git('commit', '-qm', 'first');
  git('worktree', 'add', '-q', join(folder, 'other'));
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('what git tracks, in a repository and in a worktree of it', async () => {
  const indexes = new GitIndexes();
  for (const [name, expected] of [
    ['main/deep/a.http', true],
    ['main/ü.http', true],
    ['main/a.http', false],
    ['main/deep/new.http', false],
    ['main/nowhere.http', false],
    ['other/deep/a.http', true],
    ['other/a.http', false],
    ['outside.http', false],
  ] as const) {
    assert.equal(await indexes.tracks(join(folder, name)), expected, name);
  }
  git('add', 'a.http');
  assert.equal(await indexes.tracks(join(folder, 'main/a.http')), true, 'after it was added');
});
