/* `npm run soak`: the proofs of the session store in full, 500 kills and twice 2,000 sends, which take minutes. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const files = ['sessionCrash.test.ts', 'sessionSharing.test.ts'].map((name) => join('test', 'node', name));
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], {
  cwd: join(import.meta.dirname, '..', '..'),
  env: { ...process.env, CRUMBTRAIL_SOAK: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
