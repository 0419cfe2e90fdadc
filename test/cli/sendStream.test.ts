import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { makeFolder, runCli, type CliOptions, type CliRun } from '../support/cli.ts';

let server: Server;
let folder: ReturnType<typeof makeFolder>;
/** The stream under way: a test says what comes next. */
let open: ServerResponse | undefined;
let onOpen: (response: ServerResponse) => void = () => undefined;

before(async () => {
  server = createServer((request, response) => {
    if (request.url === '/plain') return void response.end('plain');
    open = response;
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: first\r\n\r\n');
    onOpen(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `http://127.0.0.1:${port}`;
  folder = makeFolder({ 'requests.http': `### Follow\nGET ${host}/events\n\n### Other\nGET ${host}/plain\n` });
});

after(() => {
  server.closeAllConnections();
  server.close();
  folder.remove();
});

const plain = (text: string): string => text.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST').replaceAll(/\d+ ms/g, 'N ms');

async function check(args: readonly string[], options: CliOptions, expected: Omit<CliRun, 'json'>): Promise<void> {
  onOpen = () => undefined;
  const { code, stdout, stderr } = await runCli(['send', 'requests.http', ...args], { cwd: folder.path, ...options });
  assert.deepEqual({ code, stdout: plain(stdout), stderr: plain(stderr) }, expected);
}

/** The server ends only when its first event has been printed: were that held back, nothing would ever end. */
const endWhenPrinted = (): CliOptions => {
  let isEnded = false;
  return {
    onOutput: (stdout) => {
      if (isEnded || !stdout.includes('data: first\r\n\r\n')) return;
      isEnded = true;
      open?.end('data: second');
    },
  };
};

test('an event stream is printed as it comes; its chain follows at its end', () =>
  check(['--all'], endWhenPrinted(), {
    code: 0,
    stdout: [
      'Follow\n  → 200 OK\n\n',
      'data: first\r\n\r\ndata: second\n',
      '\n  1 GET http://HOST/events → 200 OK · N ms\n',
      '\nOther\n  1 GET http://HOST/plain → 200 OK · N ms\n\nplain\n',
    ].join(''),
    stderr: '',
  }));

test('a reader behind a pipe gets the events and nothing else, as they come', () =>
  check(['--name', 'Follow'], endWhenPrinted(), {
    code: 0,
    stdout: 'data: first\r\n\r\ndata: second',
    stderr: 'Follow\n  1 GET http://HOST/events → 200 OK · N ms\n',
  }));

test('Ctrl+C keeps what came', () =>
  check(
    ['--all'],
    { onOutput: (stdout, kill) => stdout.endsWith('data: first\r\n\r\n') && kill('SIGINT') },
    {
      code: 130,
      stdout: [
        'Follow\n  → 200 OK\n\n',
        'data: first\r\n\r\n',
        '\n  1 GET http://HOST/events → 200 OK · N ms\n',
        '  The request was cancelled.\n  The hops made so far are kept; send it again when you are ready.\n',
      ].join(''),
      stderr: '',
    },
  ));

test('with --json or a mask it is printed whole, at its end', async () => {
  for (const form of ['--json', '--mask']) {
    onOpen = (response) => response.end('data: second\n\n');
    const { stdout } = await runCli(['send', 'requests.http', '--all', form], { cwd: folder.path });
    const whole = form === '--json' ? String.raw`data: first\r\n\r\ndata: second` : 'data: first\r\n\r\ndata: second\n';
    assert.ok(stdout.includes(whole), stdout);
    assert.doesNotMatch(stdout, /→ 200 OK\n/);
  }
});
