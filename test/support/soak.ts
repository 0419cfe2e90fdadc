/*
 * `npm run soak [-- --share 0.1] [--only store|load|TITLE]`: the proofs of the session store in full (500 kills, twice 2,000 sends) and the load on the extension
 * host (10,000 sends, 500 at once, 200 chains, 24 documents), which take minutes. A share of the load is for a look, a part of a title for one of its tests.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runInHost } from '../host/runInHost.ts';

const { values } = parseArgs({ options: { share: { type: 'string', default: '1' }, only: { type: 'string' } } });
if (!(Number(values.share) > 0)) {
  console.error('--share takes a number above 0.');
  process.exit(2);
}
// The extension host is a child of a child of this process, and so has the variable too.
process.env['CRUMBTRAIL_SOAK'] = values.share;
process.env['CRUMBTRAIL_TESTS'] = values.only ?? '';

const good = [
  values.only === undefined || values.only === 'store' ? store() : true,
  values.only !== 'store' ? await load() : true,
];
process.exitCode = good.includes(false) ? 1 : 0;

function store(): boolean {
  const files = ['sessionCrash.test.ts', 'sessionSharing.test.ts'].map((name) => join('test', 'node', name));
  const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], {
    cwd: join(import.meta.dirname, '..', '..'),
    stdio: 'inherit',
  });
  return status === 0;
}

async function load(): Promise<boolean> {
  return (await runInHost('newest')).failed === 0;
}
