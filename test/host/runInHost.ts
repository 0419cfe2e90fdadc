import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { copyFileSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { findDesktopCode } from './desktopCode.ts';
import type { HostReport } from './inHost/report.ts';
import type { HostVersion } from './install.ts';
import { freshFolder, root, workFolder } from './paths.ts';

const bundleFolder = join(workFolder, 'in-host');

/** Runs the tests of `inHost/` in the extension host of a real VS Code, and prints one line a test. */
export async function runInHost(version: HostVersion): Promise<{ readonly passed: number; readonly failed: number }> {
  await bundleTests();
  const reportFile = join(bundleFolder, 'report.json');
  rmSync(reportFile, { force: true });
  const folder = freshFolder('in-host');
  const output = new TextSink();
  const launch = launchOptions(version);
  console.log(`Extension host of ${launch.label}`);
  const failure = await runTests({
    vscodeExecutablePath: launch.executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(bundleFolder, 'main.cjs'),
    launchArgs: [folder, '--user-data-dir', `${folder}-user`, '--extensions-dir', `${folder}-extensions`],
    extensionTestsEnv: { CRUMBTRAIL_HOST_VERSION: version, PATH: pathWithThisNode() },
    stdout: output,
    stderr: output,
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  for (const each of [folder, `${folder}-user`, `${folder}-extensions`]) rmSync(each, { recursive: true, force: true });
  if (!existsSync(reportFile)) {
    console.log(output.text());
    throw new Error('The extension host ended without a report.', { cause: failure });
  }
  // The bench reads what activation costs in the newest VS Code.
  const cost = join(bundleFolder, 'activation.json');
  if (version === 'newest' && existsSync(cost)) copyFileSync(cost, join(workFolder, 'activation.json'));
  return print(JSON.parse(readFileSync(reportFile, 'utf8')) as HostReport);
}

/** A desktop VS Code when one can be had; the oldest engine is always the server build, which has a known version. */
function launchOptions(version: HostVersion): { readonly executable: string; readonly label: string } {
  const desktop = version === 'newest' ? findDesktopCode() : undefined;
  if (desktop !== undefined) return { executable: desktop, label: desktop };
  return { executable: join(import.meta.dirname, 'runInServer.ts'), label: `the server build, ${version}` };
}

/** `runInServer.ts` is started by its first line, which looks for `node` on the path: it must find a Node that reads TypeScript. */
function pathWithThisNode(): string {
  return `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
}

async function bundleTests(): Promise<void> {
  rmSync(bundleFolder, { recursive: true, force: true });
  await build({
    entryPoints: [
      join(import.meta.dirname, 'inHost', 'main.ts'),
      ...globSync(join(import.meta.dirname, 'inHost', '*.{test,soak}.ts')),
    ],
    outdir: bundleFolder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.19',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
  });
}

function print(report: HostReport): { readonly passed: number; readonly failed: number } {
  for (const { title, durationMs, error } of report.tests) {
    console.log(`${error === undefined ? '✔' : '✖'} ${title} (${durationMs} ms)`);
    if (error !== undefined) console.log(error.replaceAll(/^/gm, '    '));
  }
  // What tests measured, a line each.
  const figures = join(bundleFolder, 'figures.txt');
  if (existsSync(figures)) console.log(readFileSync(figures, 'utf8').trimEnd());
  for (const line of report.unstable) console.log(`unstable, passed when it ran again: ${line}`);
  const failed = report.tests.filter((test) => test.error !== undefined).length;
  return { passed: report.tests.length - failed, failed };
}

/** The host's own chatter, shown only when it is needed to understand a failure. */
class TextSink extends Writable {
  readonly #chunks: string[] = [];

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.#chunks.push(String(chunk));
    done();
  }

  text(): string {
    return this.#chunks.join('');
  }
}
