import assert from 'node:assert/strict';
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { cliPath, makeFolder, runCli } from '../support/cli.ts';

const mebibyte = 1024 * 1024;
const block = Buffer.from(Array.from({ length: mebibyte }, (_, at) => (at * 7 + (at >> 9)) & 0xff));

/** `/N` answers with N MiB, `/cut` breaks off after two, `/stuck` waits after five, `/small` is short. */
const server: Server = createServer((request, response) => {
  const name = request.url?.slice(1) ?? '';
  if (name === 'small') return void response.end('[1,2]\n');
  if (name === 'again' || name === 'counted') return void counted(request, response);
  const count = name === 'cut' ? 4 : name === 'stuck' ? 6 : Number(name);
  response.setHeader('content-length', count * mebibyte);
  let sent = 0;
  const write = (): void => {
    while (sent < count) {
      if (name === 'cut' && sent === 2) return void setTimeout(() => response.destroy(), 100);
      if (name === 'stuck' && sent === 5) return;
      sent++;
      if (!response.write(block)) return void response.once('drain', write);
    }
    response.end();
  };
  write();
});
/** Takes a body to its end; `/again` sends it on once more. */
async function counted(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) bytes += chunk.length;
  if (request.url === '/again') return void response.writeHead(307, { location: '/counted' }).end();
  response.end(`${bytes} ${request.headers['content-length']}`);
}

let folder: ReturnType<typeof makeFolder>;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = ['small', 'cut', 'stuck', '3', '6', '200'];
  folder = makeFolder({
    'upload.http': [
      `POST ${host}/again`,
      'Content-Type: multipart/form-data; boundary=x',
      '',
      '--x',
      'Content-Disposition: form-data; name="file"; filename="a"',
      '',
      '< ./huge.bin',
      '--x--',
      '',
    ].join('\n'),
    'saved.http': ['### Saved', '# @name saved', `GET ${host}/70`, '', '>>! ./saved.bin', ''].join('\n'),
    'requests.http': names.map((name) => `### ${name}\n# @name r${name}\nGET ${host}/${name}\n`).join('\n'),
  });
});
after(() => {
  server.close();
  server.closeAllConnections();
  folder.remove();
});

const run = (...args: string[]) => runCli(['send', 'requests.http', ...args], { cwd: folder.path });
const inFolder = (name: string): string => join(folder.path, name);

describe('--output', () => {
  test('writes the body and nothing else, of any size, and says so', async () => {
    for (const [name, size] of [
      ['small', 6],
      ['6', 6 * mebibyte],
      ['3', 3 * mebibyte],
    ] as const) {
      const { code, stdout } = await run('--name', `r${name}`, '--output', 'body.bin');
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`→ 200 OK[^]*${size} bytes in body\\.bin\\n$`));
      assert.equal(statSync(inFolder('body.bin')).size, size);
    }
    assert.ok(readFileSync(inFolder('body.bin')).equals(Buffer.concat([block, block, block])));
  });

  test('tells the file in --json', async () => {
    const told = await run('--name', 'r3', '--output', 'body.bin', '--json');
    const [line] = told.json<{ body: object }>();
    assert.deepEqual(line?.body, { file: 'body.bin', bytes: 3 * mebibyte, truncated: false });
  });

  test('keeps what came before the connection broke, and fails', async () => {
    const { code, stdout } = await run('--name', 'rcut', '--output', 'half.bin');
    assert.equal(code, 1);
    assert.match(stdout, /truncated-body|broke off|2097152/);
    assert.equal(statSync(inFolder('half.bin')).size, 2 * mebibyte);
  });

  test('that cannot be written fails with the reason, whatever the size', async () => {
    for (const name of ['small', '3', '6']) {
      const { code, stdout, stderr } = await run('--name', `r${name}`, '--output', 'nowhere/body.bin');
      assert.equal(code, 1);
      assert.match(stdout + stderr, /nowhere\/body\.bin has only the first 0 bytes .* Choose another place/);
    }
    if (!existsSync('/dev/full')) return;
    const { code, stdout, stderr } = await run('--name', 'r6', '--output', '/dev/full');
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}0 bytes in \/dev\/full$/m);
    assert.match(stdout + stderr, /\/dev\/full has only the first 0 bytes of the body: the disk is full/);
  });

  test('takes one request, and standard output only once', async () => {
    assert.match((await run('--all', '--output', 'x')).stderr, /Choose it with --name or --line/);
    assert.match((await run('--name', 'r3', '--json', '--output', '-')).stderr, /Only one thing/);
  });
});

describe('a body that goes into a file of its request (`>>!`)', () => {
  const seventy = Buffer.concat(Array.from({ length: 70 }, () => block));

  for (const [where, args] of [
    ['behind a pipe', []],
    ['with a report', ['--json']],
    ['with --output', ['--output', 'beside.bin']],
  ] as const) {
    test(`is there as a whole ${where}, and leaves nothing else behind`, async () => {
      const temporary = inFolder('temporary');
      mkdirSync(temporary, { recursive: true });
      const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
      const child = spawn(process.execPath, [cliPath, 'send', 'saved.http', ...args], { cwd: folder.path, env });
      const [came] = await Promise.all([buffer(child.stdout), once(child, 'close')]);
      assert.equal(child.exitCode, 0);
      assert.ok(readFileSync(inFolder('saved.bin')).equals(seventy), 'the file');
      if (where === 'behind a pipe') assert.ok(came.equals(seventy), 'standard output');
      if (where === 'with --output') assert.ok(readFileSync(inFolder('beside.bin')).equals(seventy), 'the other file');
      assert.deepEqual(
        readdirSync(temporary).filter((name) => name !== 'node-compile-cache'),
        [],
      );
    });
  }
});

describe('a body that goes into a file of its request, and has no room on the way', () => {
  test('comes as far as memory has it, and fails with the reason', async () => {
    const env = { ...process.env, TMPDIR: cliPath, TEMP: cliPath, TMP: cliPath };
    const child = spawn(process.execPath, [cliPath, 'send', 'saved.http'], { cwd: folder.path, env });
    const [came, told] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, 'close')]);
    assert.equal(child.exitCode, 1);
    assert.ok(came.equals(Buffer.concat(Array.from({ length: 4 }, () => block))), 'standard output');
    assert.ok(readFileSync(inFolder('saved.bin')).equals(came), 'the file');
    assert.match(told.toString(), /cannot be written to .*Check the folder and send the request again/);
  });
});

describe('behind a pipe', () => {
  test('the body alone goes to standard output, byte for byte', async () => {
    const { code, stdout, stderr } = await run('--name', 'rsmall');
    assert.deepEqual([code, stdout], [0, '[1,2]\n']);
    assert.match(stderr, /small[^]*→ 200 OK/);
    const child = start('r6');
    const hash = createHash('sha256');
    for await (const chunk of child.stdout!) hash.update(chunk as Buffer);
    const whole = createHash('sha256').update(Buffer.concat(Array.from({ length: 6 }, () => block)));
    assert.equal(hash.digest('hex'), whole.digest('hex'));
  });

  test(
    'a slow reader slows the download: what nobody took is not in memory',
    { skip: process.platform !== 'linux' },
    async () => {
      const child = start('r200');
      const chunks = child.stdout![Symbol.asyncIterator]();
      await chunks.next();
      const isHeld = async (): Promise<boolean> => {
        const before = rss(child);
        await delay(300);
        return rss(child) === before;
      };
      while (!(await isHeld()));
      assert.ok(rss(child) < 150 * mebibyte, `${rss(child) / mebibyte} MiB`);
      let size = 0;
      for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) size += (chunk as Buffer).length;
      assert.ok(size > 199 * mebibyte);
    },
  );

  test('a reader that goes away ends it, without a word', async () => {
    const child = start('r200', 'requests.http', 'pipe');
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    const [code, said] = await ended(child);
    assert.equal(code, 0);
    assert.match(said, /→ 200 OK/);
    assert.doesNotMatch(said, /Warning|Error|crumbtrail:/);
  });

  test('a file on a full disk gets no more, and that is said', { skip: !existsSync('/dev/full') }, async () => {
    const full = openSync('/dev/full', 'w');
    for (const name of ['rsmall', 'r200']) {
      const [code, said] = await ended(start(name, 'requests.http', full));
      assert.equal(code, 1, name);
      assert.match(said, /^crumbtrail: Standard output has not all of it: the disk is full\. Choose another place/m);
      assert.doesNotMatch(said, /Warning|ENOSPC/);
    }
    closeSync(full);
  });

  test('Ctrl+C keeps what came', async () => {
    const child = start('rstuck', 'requests.http', 'pipe');
    let size = 0;
    child.stdout!.on('data', (chunk: Buffer) => (size += chunk.length));
    await once(child.stdout!, 'data');
    child.kill('SIGINT');
    const [code, said] = await ended(child);
    assert.equal(code, 130);
    assert.match(said, /was cancelled/);
    assert.ok(size > 0 && size <= 5 * mebibyte, `${size}`);
  });
});

test('a file of any size goes up in parts of a form, again after a redirect, and is not in memory', async () => {
  const size = 300 * mebibyte;
  writeFileSync(inFolder('huge.bin'), '');
  truncateSync(inFolder('huge.bin'), size);
  const child = start('', 'upload.http');
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, rss(child))), 20);
  let said = '';
  for await (const chunk of child.stdout!) said += String(chunk);
  clearInterval(watch);
  const [bytes = 0, announced = 0] = said.trim().split(' ').map(Number);
  assert.ok(bytes > size && bytes < size + 200, said);
  assert.equal(announced, bytes);
  if (process.platform === 'linux') assert.ok(most < 250 * mebibyte, `${most / mebibyte} MiB`);
});

/** With what it wrote to standard error. */
async function ended(child: ChildProcess): Promise<[code: number | null, said: string]> {
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, said];
}

/** With a place for standard output standard error is read as well. */
function start(name: string, file = 'requests.http', out?: 'pipe' | number): ChildProcess {
  const which = name === '' ? [] : ['--name', name];
  const args = [cliPath, 'send', file, ...which, '--store', inFolder('store')];
  const stdio: StdioOptions = ['ignore', out ?? 'pipe', out === undefined ? 'ignore' : 'pipe'];
  return spawn(process.execPath, args, { cwd: folder.path, stdio });
}

/** Resident memory in bytes. */
function rss(child: ChildProcess): number {
  const file = `/proc/${child.pid}/status`;
  const kibibytes = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Number(kibibytes ?? 0) * 1024;
}
