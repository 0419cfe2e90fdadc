import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './alternate.ts';
import type { Figure } from './figure.ts';

const requests = 1_000;

/** The built CLI against the least that does the same. */
export async function commandLineFigures(root: string): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crumbtrail-bench-'));
  const server = fork(join(import.meta.dirname, 'echoServer.mjs'));
  try {
    const [port] = (await once(server, 'message')) as [number];
    return await measure(root, folder, `http://127.0.0.1:${port}/`);
  } finally {
    server.disconnect();
    rmSync(folder, { recursive: true });
  }
}

async function measure(root: string, folder: string, url: string): Promise<Figure[]> {
  const cli = join(root, 'dist', 'cli.cjs');
  const bare = (name: string, ...args: string[]) => ({ args: [join(import.meta.dirname, name), ...args] });
  const send = (file: string, text: string, ...options: string[]) => {
    const path = join(folder, file);
    writeFileSync(path, text);
    const where = ['--root', folder, '--store', join(folder, 'store')];
    return { args: [cli, 'send', path, ...options, ...where], shows: /200/ };
  };
  const many = (line: (number: number) => string) =>
    Array.from({ length: requests }, (_, index) => `###\n${line(index + 1)}GET ${url}${index + 1}\n`).join('\n');
  const unnamed = send(
    'many.http',
    many(() => ''),
    '--all',
  );
  const named = send(
    'named.http',
    many((number) => `# @name r${number}\n`),
    '--all',
  );
  const loop = bare('bareLoop.mjs', url, String(requests));
  return [
    await compare('--version against node -e 0', 1.3, { args: [cli, '--version'] }, { args: ['-e', '0'] }, 15),
    await compare('one GET against bare undici', 1.6, send('one.http', `GET ${url}\n`), bare('bareGet.mjs', url), 15),
    await compare(`--all over ${requests} GETs against bare undici`, 1.5, unnamed, loop, 5),
    await compare(`--all over ${requests} named GETs against bare undici`, 1.5, named, loop, 5),
  ];
}
