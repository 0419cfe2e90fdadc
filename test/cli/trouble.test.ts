import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { makeCertificates } from '../node/transportCertificates.ts';
import { cliPath, makeFolder, runCli, type CliRun } from '../support/cli.ts';
import { demoCli } from '../support/demoCli.ts';

interface Report {
  readonly outcome: string;
  readonly failure?: { readonly code: string; readonly message: string; readonly hint: string };
  readonly hops: readonly {
    readonly remote?: { readonly via?: string };
    readonly tls?: { readonly protocol: string; readonly cipher: string; readonly authorized: boolean };
  }[];
}

const cli = demoCli({
  'requests.http': 'GET {{host}}/large?mb=4\n',
  'host.http': 'GET {{host}}/me\n',
  'http-client.env.json': '{ "dev": { "a": 1 }, broken',
  'protected/http-client.env.json': '{ "prod": { "$protected": true } }',
  'protected/requests.http': '# @name write\nPOST {{host}}/echo\n\n###\n# @name read\nGET {{host}}/echo\n',
});

async function report(run: Promise<CliRun>): Promise<Report> {
  const { stdout, stderr } = await run;
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as Report;
}

test('a body that drips for ever is ended by the total, and not by the wait between bytes', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stdin = `GET http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`;
  const args = ['send', '-', '--json', '--timeout', '10000', '--total-timeout', '400'];
  const { outcome, failure } = await report(cli.run(args, { stdin }));
  assert.deepEqual([outcome, failure?.code], ['failed', 'total-timeout']);
  server.close().closeAllConnections();
});

test('a text that is not valid in its encoding is there byte for byte too', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(Buffer.from([0x63, 0xe9, 0x0a]));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stdin = `GET http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`;
  const [line] = (await cli.run(['send', '-', '--json'], { stdin })).json<{ body: object }>();
  assert.deepEqual(line?.body, {
    mediaType: 'text/plain',
    text: 'c\uFFFD\n',
    base64: 'Y+kK',
    bytes: 3,
    truncated: false,
  });
  server.close().closeAllConnections();
});

describe('each trouble has its code, a message and the next step', () => {
  const table: [what: string, request: string, code: string, hops: number][] = [
    ['connection refused', 'GET http://127.0.0.1:1/', 'connect-refused', 1],
    ['an unknown host', 'GET http://no-such-host.invalid/', 'dns-failed', 1],
    ['a redirect loop', 'GET {{host}}/errors/loop', 'redirect-limit', 31],
    ['a truncated body', 'GET {{host}}/errors/truncated', 'truncated-body', 1],
    ['a connection that ends', 'POST {{host}}/errors/reset', 'connection-lost', 1],
    ['no HTTP at all', 'GET {{host}}/errors/garbage', 'invalid-response', 1],
    ['a redirect to another scheme', 'GET {{host}}/errors/other-scheme', 'redirect-scheme', 1],
  ];
  for (const [what, request, code, hops] of table) {
    test(what, async () => {
      const args = ['send', '-', '--json', '--var', `host=${cli.demo().origin}`];
      const { outcome, failure, ...rest } = await report(cli.run(args, { stdin: `${request}\n` }));
      assert.deepEqual([outcome, failure?.code, rest.hops.length], ['failed', code, hops]);
      assert.match(failure?.message ?? '', /[."]$/);
      assert.match(failure?.hint ?? '', /\.$/);
    });
  }
});

describe('what cannot be sent is blocked with a sentence', () => {
  const table: [what: string, text: string, code: number, expected: RegExp][] = [
    ['a URL that cannot be', 'GET http://[::1/\n', 3, /not a URL|cannot be/i],
    ['an unknown variable', 'GET http://{{nobody}}/\n', 3, /nobody/],
    [
      'a reference to a request that was not sent',
      '# @name a\nGET {{host}}/\n\n###\n# @name b\nGET {{host}}/{{a.response.body.x}}\n',
      3,
      /"?a"?/,
    ],
    ['an empty file', '', 2, /no request/],
    ['prose', 'This is a letter.\n', 2, /no request/],
  ];
  for (const [what, text, code, expected] of table) {
    test(what, async () => {
      const only = text.includes('@name b') ? ['--name', 'b'] : [];
      const run = await cli.run(['send', '-', '--var', `host=${cli.demo().origin}`, ...only], { stdin: text });
      assert.equal(run.code, code, run.stdout + run.stderr);
      assert.match(run.stdout + run.stderr, expected);
    });
  }
});

test('a broken environment file is told, and what could be read of it counts', async () => {
  const run = await cli.run(['send', 'host.http', '--env', 'dev', '--var', `host=${cli.demo().origin}`]);
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stderr, /http-client\.env\.json is not valid JSON at line 1/);
  assert.match(run.stderr, /401/);
});

test('a protected environment asks before it writes: without a terminal --yes answers', async () => {
  const send = (name: string, ...more: string[]): Promise<CliRun> => {
    const where = ['--env', 'prod', '--var', `host=${cli.demo().origin}`];
    return cli.run(['send', 'protected/requests.http', '--name', name, ...where, ...more]);
  };
  assert.equal((await send('read')).code, 0);
  const asked = await send('write');
  assert.equal(asked.code, 3);
  assert.match(asked.stderr, /prod[^]*--yes/);
  assert.equal((await send('write', '--yes')).code, 0);
});

test('an untrusted certificate stops the request; --insecure sends it and tells what it was', async (t) => {
  const { key, cert } = makeCertificates(t).selfSigned;
  const server = createTlsServer({ key, cert }, (_request, response) => response.end('over TLS'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const args = ['send', '-', '--json'];
  const input = { stdin: `GET https://127.0.0.1:${port}/\n` };
  assert.equal((await report(cli.run(args, input))).failure?.code, 'tls-untrusted');
  const [hop] = (await report(cli.run([...args, '--insecure'], input))).hops;
  assert.equal(hop?.tls?.authorized, false);
  assert.match(hop.tls.protocol, /^TLSv1/);
  assert.ok(hop.tls.cipher);
});

test('--proxy goes through a proxy, comes before the environment, and none uses none', async (t) => {
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
    response.end('from the proxy');
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  t.after(() => proxy.close());
  const { port } = proxy.address() as AddressInfo;
  const env = { http_proxy: 'http://127.0.0.1:1', no_proxy: '' };
  const send = (...more: string[]): Promise<Report> =>
    report(cli.run(['send', '-', '--json', ...more], { stdin: 'GET http://nowhere.test/x\n', env }));
  const sent = await send('--proxy', `http://u:p@127.0.0.1:${port}`);
  assert.equal(sent.outcome, 'completed');
  assert.equal(sent.hops[0]?.remote?.via, `http://127.0.0.1:${port}`);
  assert.deepEqual(seen, ['GET http://nowhere.test/x Basic dTpw']);
  assert.equal((await send()).failure?.code, 'proxy-unreachable');
  assert.equal((await send('--proxy', 'none')).failure?.code, 'dns-failed');
  assert.equal((await send('--proxy', 'ftp://p')).failure?.code, 'invalid-proxy-url');
});

test('a reader that goes away ends the writing, not the run', async () => {
  const child = spawn(
    process.execPath,
    [cliPath, 'send', 'requests.http', '--store', cli.store(), '--var', `host=${cli.demo().origin}`],
    {
      cwd: cli.folder(),
      env: { ...process.env, no_proxy: '*' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // As `head` does after its first lines.
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'close')) as [number];
  assert.doesNotMatch(stderr, /EPIPE|Error/);
  assert.equal(code, 0);
});

test('--version prints the version, --help the commands', async () => {
  assert.match((await runCli(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  const help = await runCli(['send', '--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /--body-limit BYTES/);
});

describe('crumbtrail parse and env', () => {
  test('parse prints a JSON object a file, in the order given, also with mistakes in them', async () => {
    const run = await runCli(['parse', 'host.http', '--json', 'requests.http'], { cwd: cli.folder() });
    assert.equal(run.code, 0);
    assert.deepEqual(run.json<{ file: string }>().map(({ file }) => file), ['host.http', 'requests.http']); // prettier-ignore
  });

  test('parse goes on after a file that cannot be read, and says 2', async () => {
    const run = await runCli(['parse', 'nope.http', 'host.http', '--json'], { cwd: cli.folder() });
    assert.equal(run.code, 2);
    assert.equal(run.json().length, 1);
    assert.match(run.stderr, /no file nope\.http/);
  });

  test('env list and show name profiles, variables and where they come from', async () => {
    const folder = makeFolder({
      'http-client.env.json':
        '{ "$shared": { "a": "0", "b": "1" }, "dev": { "a": "2" }, "live": { "$protected": true } }',
      'http-client.private.env.json': '{ "dev": { "key": "hidden" } }',
    });
    try {
      const list = await runCli(['env', 'list'], { cwd: folder.path });
      assert.match(list.stdout, /^dev http-client\.env\.json, http-client\.private\.env\.json\nlive protected /);
      const show = await runCli(['env', 'show', 'dev'], { cwd: folder.path });
      assert.match(
        show.stdout,
        /^a = 2 http-client\.env\.json\nb = 1 [^\n]+\nkey = \*\*\* http-client\.private\.env\.json\n$/,
      );
      const raw = await runCli(['env', 'show', 'dev', '--json'], { cwd: folder.path });
      assert.match(raw.stdout, /"value":"hidden"/);
      const masked = await runCli(['env', 'show', 'dev', '--json', '--mask'], { cwd: folder.path });
      assert.doesNotMatch(masked.stdout, /hidden/);
      assert.equal((await runCli(['env', 'show', 'nope'], { cwd: folder.path })).code, 2);
    } finally {
      folder.remove();
    }
  });
});
