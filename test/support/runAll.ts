/* `npm test`: every check and test of the project, one stage after the other. Names of stages as arguments run only those. */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run, type EventData } from 'node:test';
import { dot, spec } from 'node:test/reporters';
import { screenshotFolder } from '../host/paths.ts';
import type { HostVersion } from '../host/install.ts';
import { runInHost } from '../host/runInHost.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  run(): Promise<Counts> | Counts;
}

const root = join(import.meta.dirname, '..', '..');

/** Test files that failed and then passed. */
const unstable: string[] = [];

const stages: readonly Stage[] = [
  { name: 'build', run: () => npmScript('build') },
  { name: 'typecheck', run: () => npmScript('typecheck') },
  { name: 'lint', run: () => npmScript('lint') },
  { name: 'format', run: () => npmScript('format:check') },
  { name: 'knip', run: () => npmScript('knip') },
  { name: 'unit', run: () => testFiles(unitTests(), { parallel: true }) },
  { name: 'in-host', run: () => inHost('newest') },
  { name: 'in-host-oldest', run: () => inHost('oldest') },
  { name: 'e2e', run: () => endToEnd() },
  { name: 'vsix', run: () => testFiles(['test/host/vsix.test.ts'], { parallel: false }) },
];

process.exitCode = await runAll(process.argv.slice(2));

async function runAll(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(
      `No stage is called ${unknown.join(', ')}. There are ${stages.map((stage) => stage.name).join(', ')}.`,
    );
    return 2;
  }
  const totals = { passed: 0, failed: 0 };
  const times: string[] = [];
  for (const stage of stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    console.log(`\n── ${stage.name} ──`);
    const started = performance.now();
    const counts = await countsOf(stage);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    times.push(`${stage.name}: ${seconds} s, ${counts.passed} passed, ${counts.failed} failed`);
    totals.passed += counts.passed;
    totals.failed += counts.failed;
  }
  for (const file of unstable) console.log(`\nunstable: ${file} failed, and passed when it ran again alone`);
  console.log(`\n${times.join('\n')}\n\n${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

/** A stage that breaks counts as one failure, and the next ones still run: one look at the output shows all there is to mend. */
async function countsOf(stage: Stage): Promise<Counts> {
  try {
    return await stage.run();
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
}

function npmScript(name: string): Counts {
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function unitTests(): string[] {
  return globSync('test/**/*.test.{ts,tsx}', {
    cwd: root,
    exclude: (path) => path.replaceAll('\\', '/') === 'test/host',
  });
}

/** The tests in an extension host, with a second chance as test files have. */
async function inHost(version: HostVersion): Promise<Counts> {
  const first = await runInHost(version).catch((error: unknown) => console.error(error));
  if (first?.failed === 0) return first;
  console.log('\nagain:');
  const second = await runInHost(version);
  if (second.failed === 0) unstable.push(`the extension host (${version})`);
  return second;
}

/** Screenshots of an earlier run would speak of another build. */
function endToEnd(): Promise<Counts> {
  rmSync(screenshotFolder, { recursive: true, force: true });
  return testFiles(globSync('test/host/e2e/*.test.ts', { cwd: root }), { parallel: false });
}

/**
 * Runs files with node:test, each in a process of its own. Files that failed get two more chances, alone: what passes then is
 * unstable, not broken, and is named at the end of the run, because an unstable test is a defect too.
 */
async function testFiles(files: readonly string[], how: { readonly parallel: boolean }): Promise<Counts> {
  if (files.length === 0) throw new Error('There is no test file to run.');
  const first = await runFiles(files, how);
  let { failed } = first.counts;
  let failing = first.failedFiles;
  // Many failures are no accident, and more runs of all of them would only cost time.
  for (let chance = 0; chance < 2 && failing.length > 0 && failing.length <= 5; chance++) {
    console.log(`\nagain, alone: ${failing.join(', ')}`);
    const again = await runFiles(failing, { parallel: false });
    unstable.push(...failing.filter((file) => !again.failedFiles.includes(file)));
    failed = Math.min(failed, again.counts.failed);
    failing = again.failedFiles;
  }
  return { passed: first.counts.passed + first.counts.failed - failed, failed };
}

interface FileRun {
  readonly counts: Counts;
  /** Relative to the root. */
  readonly failedFiles: readonly string[];
}

/** The summary without a file is the one over all. */
async function runFiles(files: readonly string[], { parallel }: { readonly parallel: boolean }): Promise<FileRun> {
  const counts = { passed: 0, failed: 0 };
  const failedFiles = new Set<string>();
  // Most of a small file's time is the reading of what it imports, which the files before it have imported as well.
  const compiled = mkdtempSync(join(tmpdir(), 'crumbtrail-compiled-'));
  process.env['NODE_COMPILE_CACHE'] = compiled;
  const stream = run({
    files: files.toSorted().map((file) => join(root, file)),
    // `true` would leave one core idle: on a machine of two, one file would run after the other.
    concurrency: parallel ? availableParallelism() : 1,
    // Long enough for a slow machine, short enough for the whole run to end in time: per file.
    timeout: 300_000,
  });
  // Dots would hide what was not tested: each reason is a line below them.
  const skipped = new Set<string>();
  stream.on('test:pass', ({ name, skip }: EventData.TestPass) => {
    if (typeof skip === 'string') skipped.add(`not run: ${name}: ${skip}`);
  });
  stream.on('test:fail', ({ file }: EventData.TestFail) => {
    // A step of a test may be made by code that several test files share.
    const name = file === undefined ? undefined : relative(root, file);
    if (name !== undefined && files.includes(name)) failedFiles.add(name);
  });
  stream.on('test:summary', (summary: EventData.TestSummary) => {
    if (summary.file !== undefined) return;
    counts.passed = summary.counts.passed;
    counts.failed = summary.counts.tests - summary.counts.passed - summary.counts.skipped - summary.counts.todo;
  });
  // Thousands of unit tests are a dot each and the failed ones in full; the tests that drive a window are a line each.
  const report = parallel ? stream.compose(dot) : stream.compose(spec());
  for await (const text of report) process.stdout.write(String(text));
  for (const line of skipped) console.log(line);
  delete process.env['NODE_COMPILE_CACHE'];
  rmSync(compiled, { recursive: true, force: true });
  return { counts, failedFiles: [...failedFiles] };
}
