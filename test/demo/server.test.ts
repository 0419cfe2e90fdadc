import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createDemo, type Demo } from '../../src/demo/server.ts';

let demo: Demo;
before(async () => {
  demo = await createDemo({ port: 0, secondPort: 0 });
});
after(async () => demo.close());

interface Expected {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
  readonly body?: unknown;
  readonly bytes?: number;
}

/** One request to the demo, redirects not followed. An expected body is compared as JSON, or as text when it is a pattern. */
async function check(path: string, init: RequestInit, expected: Expected): Promise<Response> {
  const response = await fetch(demo.origin + path, { redirect: 'manual', ...init });
  assert.equal(response.status, expected.status);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const actual = response.headers.get(name) ?? '(absent)';
    if (value instanceof RegExp) assert.match(actual, value);
    else assert.equal(actual, value);
  }
  const text = await response.text();
  if (expected.body instanceof RegExp) assert.match(text, expected.body);
  else if (expected.body !== undefined) assert.deepEqual(JSON.parse(text), expected.body);
  if (expected.bytes !== undefined) assert.equal(Buffer.byteLength(text), expected.bytes);
  return response;
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const json = { 'Content-Type': 'application/json' };
const ada = { method: 'POST', headers: form, body: 'user=ada&password=lovelace' };

/** `name=value` of the one cookie that a response sets. */
function cookieOf(response: Response): string {
  assert.equal(response.headers.getSetCookie().length, 1);
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

async function logIn(): Promise<{ cookies: string; token: string }> {
  const ticket = cookieOf(await check('/login', ada, { status: 302, headers: { location: '/login/check' } }));
  const second = await check(
    '/login/check',
    { headers: { Cookie: ticket } },
    { status: 303, headers: { location: '/login/welcome' } },
  );
  const cookies = `${ticket}; ${cookieOf(second)}`;
  const welcome = await fetch(`${demo.origin}/login/welcome`, { headers: { Cookie: cookies } });
  assert.equal(welcome.status, 200);
  const body = (await welcome.json()) as { token: string; user: { name: string } };
  assert.equal(body.user.name, 'ada');
  return { cookies, token: body.token };
}

describe('login', () => {
  test('takes 302, 303 and 200, and the third hop needs the cookies of both before it', async () => {
    const { cookies } = await logIn();
    const [ticket, session] = cookies.split('; ');
    await check('/login/welcome', { headers: { Cookie: ticket! } }, { status: 401 });
    await check('/login/welcome', { headers: { Cookie: session! } }, { status: 401, body: /login_ticket/ });
  });

  test('takes JSON too', async () => {
    const body = JSON.stringify({ user: 'grace', password: 'hopper' });
    await check('/login', { method: 'POST', headers: json, body }, { status: 302 });
  });

  test('opens /me and /profile until the logout, which deletes both cookies', async () => {
    const { cookies, token } = await logIn();
    const headers = { Cookie: cookies };
    const me = { user: 'ada', fullName: 'Ada Lovelace', cookies: ['login_ticket', 'session'] };
    await check('/me', { headers }, { status: 200, body: me });
    await check('/profile', { headers: { Authorization: `Bearer ${token}` } }, { status: 200 });
    const out = await check('/logout', { method: 'POST', headers }, { status: 200 });
    assert.equal(out.headers.getSetCookie().filter((line) => line.includes('Max-Age=0')).length, 2);
    await check('/me', { headers }, { status: 401 });
    await check('/profile', { headers: { Authorization: `Bearer ${token}` } }, { status: 401 });
  });

  const refusals: [what: string, path: string, init: RequestInit, expected: Expected][] = [
    ['nobody', '/me', {}, { status: 401, body: /Log in/ }],
    ['no token', '/profile', {}, { status: 401, headers: { 'www-authenticate': /^Bearer/ } }],
    ['a wrong password', '/login', { ...ada, body: 'user=ada&password=x' }, { status: 401, body: /Wrong name/ }],
    ['no fields', '/login', { method: 'POST', headers: json, body: '' }, { status: 400 }],
    [
      'a body that is no JSON',
      '/login',
      { method: 'POST', headers: json, body: '{' },
      { status: 400, body: /not JSON/ },
    ],
    ['a body that is no object', '/login', { method: 'POST', headers: json, body: '[]' }, { status: 400 }],
    ['the second hop alone', '/login/check', {}, { status: 401 }],
  ];
  for (const [what, path, init, expected] of refusals)
    test(`refuses ${what}`, async () => void (await check(path, init, expected)));
});

test('items are created, read, changed and deleted', async () => {
  const body = JSON.stringify({ name: 'Tin', price: 4 });
  const created = await check('/items', { method: 'POST', headers: json, body }, { status: 201 });
  const path = created.headers.get('location')!;
  await check(path, {}, { status: 200, body: { id: 3, name: 'Tin', price: 4 } });
  const patch = { method: 'PATCH', headers: json, body: '{"price":3}' };
  await check(path, patch, { status: 200, body: { id: 3, name: 'Tin', price: 3 } });
  const put = { method: 'PUT', headers: form, body: 'name=Jar&price=2.5' };
  await check(path, put, { status: 200, body: { id: 3, name: 'Jar', price: 2.5 } });
  await check(path, { method: 'PUT', headers: json, body: '{}' }, { status: 422, body: /name/ });
  await check('/items', {}, { status: 200, body: /Teapot[^]*Jar/ });
  await check(path, { method: 'DELETE' }, { status: 204, bytes: 0 });
  await check(path, {}, { status: 404, body: /no item/ });
});

describe('one answer', () => {
  const table: [path: string, expected: Expected][] = [
    ['/', { status: 200, headers: { 'content-type': /html/ }, body: /<code>\/login<\/code>[^]*<code>\/large<\/code>/ }],
    ['/nowhere', { status: 404, body: /GET \/ lists/ }],
    ['/redirect/3?status=307', { status: 307, headers: { location: '/redirect/2?status=307' } }],
    ['/redirect/1', { status: 302, headers: { location: '/echo' } }],
    ['/redirect/101', { status: 400 }],
    ['/redirect/2?status=304', { status: 400 }],
    ['/cookies/set?theme=dark', { status: 200, headers: { 'set-cookie': 'theme=dark; Path=/' } }],
    ['/cookies/delete?theme', { status: 200, headers: { 'set-cookie': 'theme=; Path=/; Max-Age=0' } }],
    ['/cookies/refused', { status: 200, headers: { 'set-cookie': /foreign=1; Domain=ads\.test/ } }],
    ['/slow?ms=1', { status: 200, body: { waitedMs: 1 } }],
    ['/slow?ms=-1', { status: 400, body: /whole number/ }],
    [
      '/stream?count=2&ms=1',
      { status: 200, headers: { 'content-type': 'text/event-stream' }, body: /^id: 1\nevent: tick\ndata: / },
    ],
    ['/stream?count=2&ms=1&as=lines', { status: 200, body: /^\{"number":1,"of":2\}\n\{"number":2,"of":2\}\n$/ }],
    ['/large?mb=1', { status: 200, headers: { 'content-length': '1048576' }, bytes: 1_048_576 }],
    ['/large?mb=1&as=json', { status: 200, bytes: 1_048_576, body: /^\[\{"id":1,[^]*\}\]\n$/ }],
    ['/large?mb=0', { status: 200, bytes: 0 }],
    ['/gzip', { status: 200, headers: { 'content-encoding': 'gzip' }, body: /compress well/ }],
    ['/brotli', { status: 200, headers: { 'content-encoding': 'br' }, body: /compress well/ }],
    ['/image.png', { status: 200, headers: { 'content-type': 'image/png' }, body: /IHDR/ }],
    ['/image.svg', { status: 200, headers: { 'content-type': 'image/svg+xml' }, body: /^<svg/ }],
    ['/feed.xml', { status: 200, headers: { 'content-type': 'application/xml' } }],
    ['/status/204', { status: 204, bytes: 0 }],
    ['/status/503', { status: 503 }],
    ['/status/100', { status: 400 }],
    ['/errors/loop', { status: 302, headers: { location: '/errors/loop' } }],
    ['/errors/other-scheme', { status: 302, headers: { location: /^ftp:/ } }],
    ['/errors/unheard-of', { status: 404, body: /Known are reset/ }],
  ];
  for (const [path, expected] of table) test(path, async () => void (await check(path, {}, expected)));

  test('another method is 405 and says which are taken', async () => {
    await check('/me', { method: 'POST' }, { status: 405, headers: { allow: 'GET' } });
  });

  test('HEAD has the headers of GET and no body', async () => {
    await check('/large?mb=3', { method: 'HEAD' }, { status: 200, headers: { 'content-length': '3145728' }, bytes: 0 });
  });
});

describe('errors on the wire', () => {
  for (const kind of ['reset', 'truncated', 'bad-chunk', 'bad-gzip', 'garbage']) {
    test(kind, async () => {
      await assert.rejects(fetch(`${demo.origin}/errors/${kind}`).then((response) => response.text()));
    });
  }

  test('a stalled body ends when the client goes', async () => {
    const client = new AbortController();
    const response = await fetch(`${demo.origin}/errors/stall`, { signal: client.signal });
    assert.equal(response.status, 200);
    client.abort();
    await assert.rejects(response.text());
  });
});

describe('two origins', () => {
  test('/cross leads to the other one, which serves the same and knows nothing of the first', async () => {
    const { cookies } = await logIn();
    await check('/cross', {}, { status: 302, headers: { location: `${demo.otherOrigin}/echo` } });
    const stranger = await fetch(`${demo.otherOrigin}/me`, { headers: { Cookie: cookies } });
    assert.equal(stranger.status, 401);
  });

  test('two demos share nothing', async () => {
    const second = await createDemo({ port: 0, secondPort: 0 });
    try {
      const { cookies } = await logIn();
      assert.equal((await fetch(`${second.origin}/me`, { headers: { Cookie: cookies } })).status, 401);
    } finally {
      await second.close();
    }
  });
});

test('a port that is asked for and taken is an error, and nothing stays open', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as { port: number };
  try {
    await assert.rejects(createDemo({ port, secondPort: 0 }), { code: 'EADDRINUSE' });
    await assert.rejects(createDemo({ port: 0, secondPort: port }), { code: 'EADDRINUSE' });
  } finally {
    holder.close();
  }
});
