import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { demoCli } from '../support/demoCli.ts';

const cli = demoCli({
  'requests.http': `# @host is given on the command line

### Log in
# @name login
# @capture token = response.body.token
# @capture plain = response.body.user.name
POST {{host}}/login
Content-Type: application/x-www-form-urlencoded

user=ada&password=lovelace

### Crossing
GET {{host}}/cross
Authorization: Bearer top-secret-token
Cookie: by=hand

### Refused
# @name refused
GET {{host}}/cookies/refused

### Picture
# @name picture
GET {{host}}/image.png

### Blocked
# @name blocked
GET {{host}}/{{unheard}}

### Loop
# @name loop
GET {{host}}/errors/loop

### Half
# @name half
GET {{host}}/errors/truncated

### Typeless
# @name raw
GET {{raw}}/

### Echo
# @name echo
# @no-cookie-jar
POST {{host}}/echo?api_key=top-secret-key
Authorization: Basic {{user}}:{{password}}
Content-Type: text/plain

The password is {{password}}.
`,
  'http-client.private.env.json': '{ "dev": { "user": "ada", "password": "private-word" } }',
});

interface Report {
  readonly version: number;
  readonly name?: string;
  readonly title?: string;
  readonly file: string;
  readonly line: number;
  readonly outcome: string;
  readonly failure?: { readonly code: string; readonly message: string; readonly hint: string };
  readonly problems: readonly Readonly<Record<string, unknown>>[];
  readonly hops: readonly HopReport[];
  readonly body?: {
    readonly mediaType?: string;
    readonly text?: string;
    readonly base64?: string;
    readonly bytes: number;
    readonly truncated: boolean;
  };
  readonly captured: Readonly<Record<string, string>>;
  readonly session: Readonly<Record<string, string>>;
  readonly durationMs?: number;
}

interface HopReport {
  readonly cause: string;
  readonly attempt: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly [string, string][];
    readonly bodyBytes: number;
  };
  readonly response?: { readonly status: number };
  readonly cookies: {
    readonly sent: readonly Readonly<Record<string, unknown>>[];
    readonly set: readonly Readonly<Record<string, unknown>>[];
    readonly rejected: readonly Readonly<Record<string, unknown>>[];
  };
  readonly redirect: {
    readonly decision: string;
    readonly location?: string;
    readonly changes: readonly Readonly<Record<string, unknown>>[];
  };
}

async function report(args: readonly string[], session: string): Promise<Report> {
  const { stdout, stderr } = await cli.send([...args, '--json', '--session', session]);
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines.length, 1, stderr);
  return JSON.parse(lines[0]!) as Report;
}

/** Names of the keys in the order they are printed, with those of the objects and first list entries below them. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shape(each)]));
}

test('a login has every name of the interface, in its order, and nothing else', async () => {
  const login = await report(['--name', 'login'], 'shape');
  const headers = [['string']];
  const request = { method: 'string', url: 'string', httpVersion: 'string', headers, bodyBytes: 'number' };
  const response = {
    status: 'number',
    reason: 'string',
    httpVersion: 'string',
    headers,
    wireBytes: 'number',
    bodyBytes: 'number',
  };
  const [first] = login.hops;
  assert.deepEqual(shape({ ...login, hops: [] }), {
    version: 'number',
    name: 'string',
    title: 'string',
    file: 'string',
    line: 'number',
    outcome: 'string',
    problems: [],
    hops: [],
    body: { mediaType: 'string', text: 'string', bytes: 'number', truncated: 'boolean' },
    captured: { token: 'string', plain: 'string' },
    session: { name: 'string' },
    durationMs: 'number',
  });
  assert.deepEqual(shape(first), {
    cause: 'string',
    attempt: 'number',
    request,
    response,
    cookies: { sent: [], set: [{ name: 'string', domain: 'string', path: 'string', action: 'string' }], rejected: [] },
    redirect: {
      decision: 'string',
      reason: 'string',
      location: 'string',
      changes: [{ kind: 'string', from: 'string', to: 'string', why: 'string' }],
    },
    timing: {
      connectMs: 'number',
      sendMs: 'number',
      waitMs: 'number',
      downloadMs: 'number',
      totalMs: 'number',
      reused: 'boolean',
    },
    remote: { address: 'string', port: 'number' },
  });
});

test('a login is three hops: cookies set on the first two, sent on the third', async () => {
  const login = await report(['--name', 'login'], 'login');
  const { origin } = cli.demo();
  assert.deepEqual(
    login.hops.map(({ cause, attempt, request, response, cookies, redirect }) => [
      cause,
      attempt,
      `${request.method} ${request.url} ${response?.status}`,
      cookies.sent.map(({ name }) => name),
      cookies.set.map(({ name, action }) => `${String(name)} ${String(action)}`),
      redirect.decision,
    ]),
    [
      ['first', 1, `POST ${origin}/login 302`, [], ['login_ticket added'], 'follow'],
      ['redirect', 1, `GET ${origin}/login/check 303`, ['login_ticket'], ['session added'], 'follow'],
      ['redirect', 1, `GET ${origin}/login/welcome 200`, ['login_ticket', 'session'], [], 'stop'],
    ],
  );
  assert.equal(login.line, 7);
  assert.equal(login.file, 'requests.http');
  assert.equal(login.captured['plain'], 'ada');
  assert.match(login.captured['token'] ?? '', /^demo-token-/);
  assert.deepEqual(login.session, { name: 'login' });
  assert.match(login.body?.text ?? '', /Ada Lovelace/);
});

test('what was dropped on the way to another origin is listed, and a pair written by hand has no domain', async () => {
  const crossing = await report(['--name', 'Crossing'], 'cross');
  assert.equal(crossing.name, undefined, 'a title is no name');
  const [first, second] = crossing.hops;
  assert.deepEqual(first?.cookies.sent, [{ name: 'by', value: 'hand', explicit: true }]);
  assert.equal(first.redirect.location, `${cli.demo().otherOrigin}/echo`);
  const dropped = first.redirect.changes.map(({ name }) => String(name).toLowerCase());
  assert.deepEqual(dropped.toSorted(), ['authorization', 'cookie']);
  const sent = second?.request.headers.map(([name]) => name.toLowerCase()) ?? [];
  assert.ok(!sent.includes('authorization') && !sent.includes('cookie'), sent.join());
});

test('a refused cookie has the raw line, a reason of the list and a message', async () => {
  const { hops } = await report(['--name', 'refused'], 'refused');
  const [foreign, prefix, large] = hops[0]!.cookies.rejected;
  assert.deepEqual([foreign?.['raw'], foreign?.['reason']], ['foreign=1; Domain=ads.test; Path=/', 'domain-mismatch']);
  assert.equal(prefix?.['reason'], 'prefix');
  assert.equal(large?.['reason'], 'too-large');
  assert.match(String(foreign?.['message']), /ads\.test/);
  assert.deepEqual(
    hops[0]!.cookies.set.map(({ name }) => name),
    ['good'],
  );
});

test('a body that is no text is Base64', async () => {
  const { body } = await report(['--name', 'picture'], 'picture');
  assert.equal(body?.mediaType, 'image/png');
  assert.equal(body.text, undefined);
  const bytes = Buffer.from(body.base64 ?? '', 'base64');
  assert.equal(bytes.length, body.bytes);
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
});

test('a blocked request has its problem with its place, and no hop', async () => {
  const blocked = await report(['--name', 'blocked'], 'blocked');
  const { problems, ...rest } = blocked;
  assert.deepEqual(rest, {
    version: 1,
    name: 'blocked',
    title: 'Blocked',
    file: 'requests.http',
    line: 27,
    outcome: 'blocked',
    hops: [],
    captured: {},
    session: { name: 'blocked' },
  });
  const [problem] = problems;
  assert.deepEqual(Object.keys(problem ?? {}), ['code', 'severity', 'line', 'column', 'message']);
  assert.deepEqual([problem?.['severity'], problem?.['line']], ['error', 27]);
  assert.match(String(problem?.['message']), /unheard/);
});

describe('a failure keeps the hops made so far', () => {
  test('a redirect loop', async () => {
    const { outcome, failure, hops } = await report(['--name', 'loop'], 'loop');
    assert.deepEqual([outcome, failure?.code, hops.length], ['failed', 'redirect-limit', 31]);
    assert.ok(failure?.message && failure.hint);
  });

  test('a body that ends too early, with what had come', async () => {
    const { outcome, failure, hops, body } = await report(['--name', 'half'], 'half');
    assert.deepEqual([outcome, failure?.code, hops.length], ['failed', 'truncated-body', 1]);
    assert.equal(body?.text, 'Only this');
  });

  test('a hop that never got a response has none', async () => {
    const { failure, hops, body } = await report(['--name', 'raw', '--var', 'raw=http://no-such-host.invalid'], 'dns');
    assert.equal(failure?.code, 'dns-failed');
    assert.equal(hops.length, 1);
    assert.ok(!('response' in hops[0]!));
    assert.equal(body, undefined);
    assert.deepEqual(hops[0]!.cookies, { sent: [], set: [], rejected: [] });
  });
});

describe('against a server that writes as it likes', () => {
  let server: Server;
  let answer = '';
  before(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer, 'latin1'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server.close();
  });

  async function answered(text: string): Promise<Report> {
    answer = text;
    const { port } = server.address() as { port: number };
    return report(['--name', 'raw', '--var', `raw=http://u:p@127.0.0.1:${port}`], 'raw');
  }

  test('a response without a type and a body has no media type and an empty text', async () => {
    const { body } = await answered('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    assert.deepEqual(body, { text: '', bytes: 0, truncated: false });
  });

  test('repeats and spelling of header lines stay', async () => {
    const head =
      'HTTP/1.1 200 Very Fine\r\nX-Tag: 1\r\nx-tAG: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok';
    const { hops, body } = await answered(head);
    const response = hops[0]!.response as unknown as { reason: string; headers: [string, string][] };
    assert.equal(response.reason, 'Very Fine');
    assert.deepEqual(response.headers.slice(0, 4), [['X-Tag', '1'], ['x-tAG', '2'], ['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2']]); // prettier-ignore
    assert.equal(body?.text, 'ok');
  });

  test('no URL shows user and password; the header line that brought them is the truth', async () => {
    const whole = await answered(
      'HTTP/1.1 302 Found\r\nLocation: http://user:word@127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n',
    );
    assert.doesNotMatch(whole.hops.map(({ request }) => request.url).join(), /@/);
    const told = whole.hops.map((hop) => ({ ...hop, response: undefined }));
    assert.doesNotMatch(JSON.stringify([told, whole.failure]), /user:word/);
    assert.match(JSON.stringify(whole.hops[0]?.response), /http:\/\/user:word@127/);
    assert.equal(whole.failure?.code, 'connect-refused');
  });
});

describe('--mask', () => {
  test('leaves nothing of a credential, wherever it stands', async () => {
    const args = [
      'send',
      'requests.http',
      '--name',
      'echo',
      '--env',
      'dev',
      '--json',
      '--var',
      `host=${cli.demo().origin}`,
    ];
    const raw = await cli.run(args);
    const masked = await cli.run([...args, '--mask']);
    const basic = Buffer.from('ada:private-word').toString('base64');
    for (const secret of ['private-word', basic, 'top-secret-key']) {
      assert.ok(raw.stdout.includes(secret), `${secret} is in the raw report`);
      assert.ok(!masked.stdout.includes(secret), `${secret} is not in the masked report`);
    }
    assert.deepEqual(masked.json<Report>()[0]?.session, { environment: 'dev', name: 'default' });
  });

  test('keeps the names of cookies and the shape of the report', async () => {
    const args = ['--name', 'login', '--json', '--session', 'mask'];
    const raw = (await cli.send(args)).json<Report>()[0]!;
    const { stdout } = await cli.send([...args, '--mask']);
    const masked = JSON.parse(stdout) as Report;
    assert.deepEqual(masked.hops[2]?.cookies.sent.map(({ name, value }) => [name, value]), [['login_ticket', '***'], ['session', '***']]); // prettier-ignore
    assert.equal(masked.captured['token'], '***');
    assert.doesNotMatch(stdout, /demo-token-/);
    assert.deepEqual(Object.keys(masked), Object.keys(raw));
  });
});
