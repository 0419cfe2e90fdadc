import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostReport, HostTest } from './report.ts';

/** Called by the extension host: runs every test file beside this bundle and leaves `report.json` there. Throws when a test failed. */
export async function run(): Promise<void> {
  // `import()` and not `require`: what `require` gives for an ES module differs between Node 22 and 24.
  const { default: Mocha } = await import('mocha');
  // `npm run soak` runs the tests of load alone, which take minutes.
  const isSoak = process.env['CRUMBTRAIL_SOAK'] !== undefined;
  const wanted = isSoak ? '.soak.cjs' : '.test.cjs';
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, retries: isSoak ? 0 : 2 });
  // A part of their titles chooses tests.
  mocha.grep(new RegExp(process.env['CRUMBTRAIL_TESTS'] ?? ''));
  for (const file of readdirSync(__dirname).toSorted()) {
    if (file.endsWith(wanted)) mocha.addFile(join(__dirname, file));
  }
  const tests: HostTest[] = [];
  const unstable: string[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => tests.push({ title: test.fullTitle(), durationMs: test.duration ?? 0 }));
    // What passes when it runs again is unstable, not broken: it is named, because that is a defect too.
    runner.on('retry', (test, error: Error) => unstable.push(`${test.fullTitle()}: ${error.message}`));
    runner.on('fail', (test, error: Error) =>
      tests.push({ title: test.fullTitle(), durationMs: test.duration ?? 0, error: error.stack ?? error.message }),
    );
  });
  const report: HostReport = { node: process.version, tests, unstable };
  writeFileSync(join(__dirname, 'report.json'), JSON.stringify(report));
  if (tests.some((test) => test.error !== undefined)) throw new Error('Tests failed in the extension host.');
}
