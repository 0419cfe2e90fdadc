import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readNetrc } from '../../src/node/netrc.ts';

for (const [title, files, named, expected] of [
  ['~/.netrc', ['.netrc', '_netrc'], undefined, '.netrc'],
  ['~/_netrc where that is not there', ['_netrc'], undefined, '_netrc'],
  ['the file that NETRC names', ['.netrc', 'other'], 'other', 'other'],
  ['no other file when that is not there', ['.netrc'], 'other', undefined],
  ['nothing where there is none', [], undefined, undefined],
] as const) {
  test(title, async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'netrc-'));
    t.after(() => rm(home, { recursive: true }));
    for (const file of files) await writeFile(join(home, file), `# ${file}`);
    const environment = named === undefined ? {} : { NETRC: join(home, named) };
    const found = await readNetrc(environment, home);
    assert.deepEqual(found, expected && { path: join(home, expected), text: `# ${expected}` });
  });
}
