import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { AddressInfo } from 'node:net';
import type { HeaderLine, HeaderList } from '../../src/core/http/headerList.ts';
import { preparedAsCurl, hopAsCurl } from '../../src/present/curl.ts';
import { createMask } from '../../src/present/mask.ts';
import { hopFixture, loginHops, requestFixture } from './exchangeFixture.ts';

const run = promisify(execFile);
const missing = ['bash', 'curl'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
const skip = missing.length > 0 && `these programs are not installed: ${missing.join(', ')}`;

interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

let server: Server;
let origin = '';
let arrived: Arrived | undefined;

before(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      arrived = { method, url, headers: pairs(rawHeaders), body: Buffer.concat(chunks) };
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => server.close());

function pairs(raw: readonly string[]): HeaderLine[] {
  return raw.flatMap((name, index): HeaderLine[] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}

/** Runs the command as a user would paste it, and compares what arrives with what was asked for: nothing less, nothing more. */
async function check(method: string, path: string, headers: HeaderList, body?: string | Uint8Array): Promise<void> {
  const text = typeof body === 'string' ? body : undefined;
  const request = requestFixture(method, origin + path, headers, text ?? (body ? '' : undefined));
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const whole =
    bytes && request.body ? { ...request, body: { ...request.body, bytes, length: bytes.length } } : request;
  arrived = undefined;
  const bash = run('bash', ['--norc'], { env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } });
  bash.child.stdin?.end(`${preparedAsCurl(whole)}\n`);
  await bash;
  const got = arrived as Arrived | undefined;
  assert.equal(got?.method, method);
  assert.equal(got.url, path.split('#')[0]);
  const own = new Set(['host', 'content-length', 'connection', 'expect']);
  const sorted = (lines: HeaderList) =>
    lines
      .filter(([name]) => !own.has(name.toLowerCase()))
      .map(String)
      .sort();
  assert.deepEqual(sorted(got.headers), sorted(headers));
  assert.deepEqual(got.body, Buffer.from(bytes ?? []));
}

const nasty = `it's "quoted" $HOME \`id\` \\ !! \${x} $(id) ; & | > * ? ~ # %s\ttab`;

test('requests without a body', { skip }, async () => {
  await check('GET', '/', []);
  await check('GET', '/a?b=[1]&c={2}&d=it%27s#part', [['Accept', '*/*']]);
  await check('HEAD', '/', [['User-Agent', 'crumbtrail/0.1']]);
  await check('DELETE', '/items/1', []);
  await check('POST', '/', [['Content-Length', '0']]);
  await check('PURGE', '/', []);
});

test('a target that is sent as it is written', { skip }, async () => {
  const target = "/a/../b//c/./d?x=[1]&y={2}&z='";
  const request = { ...requestFixture('GET', `${origin}/b//c/d`), rawTarget: target };
  arrived = undefined;
  await run('bash', ['--norc', '-c', preparedAsCurl(request)]);
  assert.equal((arrived as Arrived | undefined)?.url, target);
});

test('headers arrive byte for byte, in their spelling, repeats and empty ones included', { skip }, async () => {
  await check('GET', '/', [
    ['X-Empty', ''],
    ['x-TWICE', 'one'],
    ['x-TWICE', 'two'],
    ['X-Nasty', nasty.replace('\t', ' ')],
    ['X-Latin', 'caf\u00e9 1'],
    ['Cookie', 'a=1; b="2"'],
    ['Accept-Encoding', 'gzip'],
    ['Authorization', 'Bearer abc'],
  ]);
});

test('bodies arrive byte for byte', { skip }, async () => {
  const json: HeaderList = [['Content-Type', 'application/json']];
  await check('POST', '/', json, '{"a":"it\'s","b":"é ✓ 🍪"}');
  await check('POST', '/', json, '');
  await check('PUT', '/', json, `first\nsecond\r\n\n${nasty}\n`);
  await check('POST', '/', [], '@not-a-file');
  await check('GET', '/', json, '{"query":1}');
  await check('POST', '/', [], '\ufeffwith a mark');
  await check(
    'POST',
    '/',
    [],
    Uint8Array.from({ length: 512 }, (_, index) => index % 256),
  );
  await check('POST', '/', [['Content-Type', 'text/plain']], "'x\n".repeat(100_000));
  await check('POST', '/', [['Transfer-Encoding', 'chunked']], 'chunked');
});

test('a hop as it reads', () => {
  assert.equal(
    hopAsCurl(loginHops()[0]!),
    [
      'curl https://api.example.test/login',
      '  --http1.1',
      `  -H 'Content-Type: application/x-www-form-urlencoded'`,
      `  -H 'Authorization: Bearer top-secret-key'`,
      `  -H 'User-Agent: crumbtrail/0.1'`,
      `  -H 'Accept: */*'`,
      `  -H 'Cookie: theme=dark'`,
      `  --data-raw 'user=ada&password=lovelace'`,
    ].join(' \\\n'),
  );
});

test('a mask takes the secrets out', () => {
  const command = hopAsCurl(loginHops()[0]!, createMask(['lovelace']));
  assert.match(command, /Bearer \*\*\*/);
  assert.match(command, /theme=\*\*\*/);
  assert.match(command, /password=\*\*\*/);
});

test('what curl cannot know is said', () => {
  const hop = loginHops()[0]!;
  const untrusted = { ...hop.wire, tls: { protocol: 'TLSv1.3', cipher: 'x', authorized: false } };
  assert.match(hopAsCurl({ ...hop, wire: untrusted }), /--insecure/);
  const connection = { id: 1, origin: '', via: 'socks5h://p.test:1080', reused: false, attempts: [] };
  assert.match(hopAsCurl({ ...hop, wire: { ...hop.wire, connection } }), /--proxy socks5h:\/\/p\.test:1080 /);
  const request = requestFixture('POST', 'https://api.example.test/', [], 'x');
  const open = () => request.body!.open();
  const streamed = hopFixture({ request: { ...request, body: { length: 9, replayable: true, open } } });
  assert.match(hopAsCurl(streamed), /^# The body was read from a file; put its path after the @\.\ncurl /);
});
