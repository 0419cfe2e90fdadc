/*
 * `npm run soak`: the proofs of the session store in full (500 kills, twice 2,000 sends) and the load on the extension host (10,000 sends, 500 at once,
 * 200 chains, 24 documents), which take minutes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runInHost } from '../host/runInHost.ts';

const files = ['sessionCrash.test.ts', 'sessionSharing.test.ts'].map((name) => join('test', 'node', name));
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], {
  cwd: join(import.meta.dirname, '..', '..'),
  env: { ...process.env, CRUMBTRAIL_SOAK: '1' },
  stdio: 'inherit',
});
process.env['CRUMBTRAIL_SOAK'] = '1';
const { failed } = await runInHost('newest');
process.exitCode = status === 0 && failed === 0 ? 0 : 1;
