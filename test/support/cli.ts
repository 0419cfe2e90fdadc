import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The built program; `CRUMBTRAIL_CLI` names another build, for example that of an installed package. */
export const cliPath = process.env['CRUMBTRAIL_CLI'] ?? join(root, 'dist', 'cli.cjs');

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; without it there is none. */
  readonly stdin?: string | Uint8Array;
  /** Called with all of standard output so far, and the way to send a signal. */
  readonly onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Called once the process is there. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
}

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each line of standard output as JSON. */
  json<T = Record<string, unknown>>(): T[];
}

/** Runs the program as a process of its own, with a state folder that no other run shares unless `env` says so. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  buildOnce();
  const state = mkdtempSync(join(tmpdir(), 'crumbtrail-state-'));
  try {
    return await finished(args, options, state);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

/** A folder with these files, and the way to remove it. It counts as a root of its own, wherever the temporary folder lies. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): {
  readonly path: string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'crumbtrail-test-'));
  mkdirSync(join(path, '.vscode'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function buildOnce(): void {
  if (existsSync(cliPath)) return;
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The command line could not be built: see what esbuild says above.');
}

function finished(args: readonly string[], options: CliOptions, state: string): Promise<CliRun> {
  const { CRUMBTRAIL_KEY: _key, ...inherited } = process.env;
  const child = spawn(process.execPath, [cliPath, ...args], {
    cwd: options.cwd ?? root,
    // A proxy of whoever runs the tests must not see what is meant for this machine.
    env: { ...inherited, no_proxy: '*', XDG_STATE_HOME: state, LOCALAPPDATA: state, NO_COLOR: '1', ...options.env },
    stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const kill = (signal: NodeJS.Signals): void => void child.kill(signal);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    options.onOutput?.(stdout, kill);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin?.end(options.stdin);
  options.onStart?.(kill);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const json = <T>(): T[] => stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
      resolve({ code, stdout, stderr, json });
    });
  });
}
