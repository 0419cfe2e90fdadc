import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { build } from 'esbuild';

export interface SendingOptions {
  readonly directory: string;
  /** Hexadecimal key of the store; absent: not encrypted. */
  readonly secret?: string;
  /** Where the server of the test listens, on 127.0.0.1. */
  readonly port: number;
  /** Cookies and variables of this process begin with it. */
  readonly name: string;
  readonly sends: number;
  /** Sends are numbered on from what was loaded. Send n sets the cookie `name + n % cookies` and the variable `name + n % variables` to n. */
  readonly cookies: number;
  readonly variables: number;
  readonly flushEvery: number;
}

export type Pairs = readonly (readonly [name: string, value: number])[];

export type Report =
  | { readonly loaded: { readonly cookies: Pairs; readonly variables: Pairs } }
  /** Number of the last send that a flush has reported. */
  | { readonly durable: number }
  | { readonly trouble: string };

/** The whole proof instead of the share of it that fits into every test run: `npm run soak`. */
export const isSoak = process.env['CRUMBTRAIL_SOAK'] !== undefined;

/** Starts such processes, all against one loopback server; all ends with the test. */
export interface Workshop {
  readonly directory: string;
  readonly port: number;
  readonly start: (options: SendingOptions) => Sender;
}

export interface Sender {
  readonly child: ChildProcess;
  readonly reports: AsyncIterable<Report>;
  /** Resolves when the process is gone, to its exit code: `null` when it was killed. */
  readonly gone: Promise<number | null>;
}

export async function openWorkshop(t: TestContext): Promise<Workshop> {
  const directory = await mkdtemp(join(tmpdir(), 'crumbtrail-proof-'));
  t.after(() => rm(directory, { recursive: true }));
  const program = join(directory, 'sender.mjs');
  await bundle(program);
  const port = await serveCookies(t);
  const env = { ...process.env, NODE_COMPILE_CACHE: join(directory, 'compiled') };
  const start = (options: SendingOptions): Sender => {
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: [...stdio], env });
    t.after(() => child.kill('SIGKILL'));
    const gone = once(child, 'exit').then(([code]) => code as number | null);
    return { child, reports: reportsOf(child), gone };
  };
  // Compiled code is cached by a process that ends by itself.
  const counts = { sends: 0, cookies: 1, variables: 1, flushEvery: 1 };
  await start({ directory: join(directory, 'empty'), port, name: 'n', ...counts }).gone;
  return { directory, port, start };
}

// One file starts five times as fast as its sources do, and there are hundreds of starts.
async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'sendingProcess.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
}

/** `/set/name/value` sets that cookie. */
async function serveCookies(t: TestContext): Promise<number> {
  const server = createServer((request, response) => {
    const [, , name, value] = (request.url ?? '').split('/');
    response.setHeader('Set-Cookie', `${name}=${value}`);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function* reportsOf({ stdout }: ChildProcess): AsyncIterable<Report> {
  if (!stdout) return;
  for await (const line of createInterface({ input: stdout })) {
    // The last line of a process that was killed may be cut.
    if (line.endsWith('}')) yield JSON.parse(line) as Report;
  }
}
