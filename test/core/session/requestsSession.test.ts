/* Rows of the README's table "requests.Session, row by row" that no other test shows on the wire, by their numbers. */
import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { createCookieJar } from '../../../src/core/cookies/createCookieJar.ts';
import type { CookieJar } from '../../../src/core/cookies/cookieJar.ts';
import { pickCookie } from '../../../src/core/cookies/pickCookie.ts';
import type { PreparedRequest } from '../../../src/core/http/transport.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import { createSession } from '../../../src/core/session/createSession.ts';
import type { Exchange } from '../../../src/core/session/exchange.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { defaultSettings, type SendSettings, type SessionDefaults } from '../../../src/core/session/settings.ts';
import { nodeCrypto } from '../../../src/node/hash.ts';
import { sleep } from '../../../src/node/sleep.ts';
import { createTransport } from '../../../src/node/transport.ts';
import { newSession, runInput } from '../../support/runInput.ts';
import { get, openSession } from './loopback.ts';
import { cookieAt } from './snapshotParts.ts';

interface Arrived {
  /** Method and target. */
  readonly line: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

interface Server {
  readonly origin: string;
  /** What came, in order. */
  readonly arrived: Arrived[];
}

type Answers = Readonly<Record<string, (response: ServerResponse) => void>>;

/** Answers by path, 200 without a body where nothing is said. */
async function listen(t: TestContext, answers: Answers = {}): Promise<Server> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Arrived['headers'];
      arrived.push({ line: `${request.method} ${request.url}`, headers, body: Buffer.concat(chunks).toString() });
      const answer = answers[request.url ?? ''];
      if (answer) answer(response);
      else response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived };
}

function moved(location: string, headers: Readonly<Record<string, string | readonly string[]>> = {}) {
  return (response: ServerResponse): void => void response.writeHead(302, { location, ...headers }).end('moved');
}

/** Runs a written block in a session with these defaults. */
async function run(t: TestContext, text: string, defaults: Partial<SessionDefaults> = {}, session = newSession()) {
  t.after(() => session.close());
  session.setDefaults({ headers: [], params: [], ...defaults });
  const { exchange, problems } = await runBlock(runInput(text, undefined, { session }));
  assert.equal(exchange?.outcome, 'completed', problems.map(({ message }) => message).join());
  return { exchange, session };
}

function send(
  session: Session,
  request: Partial<PreparedRequest> & { url: string },
  settings: Partial<SendSettings> = {},
): Promise<Exchange> {
  const plain = { method: 'GET', headers: [], body: undefined, httpVersion: '1.1' } as const;
  const signal = new AbortController().signal;
  return session.send({ ...plain, ...request }, { signal, settings: { ...defaultSettings, ...settings } });
}

function only({ arrived }: Server): Arrived {
  const [first, ...more] = arrived;
  assert.ok(first && more.length === 0, `${arrived.length} requests came`);
  return first;
}

function cookiesOf({ arrived }: Server): (string | undefined)[] {
  return arrived.map(({ headers }) => headers['cookie']);
}

function jarOf({ jar }: Session): string[] {
  return jar.all(Date.now()).map(({ name, value }) => `${name}=${value}`);
}

describe('settings merge', () => {
  test('M7 preparing and sending never changes what the session holds', async (t) => {
    const { origin } = await listen(t, { '/?q=1': moved('/next') });
    const defaults = { headers: [['X-A', '1']], params: [['q', '1']], cookies: [['c', '1']] } as const;
    const { session } = await run(t, `GET ${origin}/\nX-A: 2\nCookie: c=2\n`, defaults);
    assert.deepEqual(session.defaults, defaults);
  });

  test('M12 params expand lists, leave null out and write a space as +', async (t) => {
    const server = await listen(t);
    const params = [['l', ['1', '2 3']], ['n', null], ['t', '~']] as const; // prettier-ignore
    await run(t, `GET ${server.origin}/p?a=1#f\n`, { params });
    assert.equal(server.arrived[0]?.line, 'GET /p?a=1&l=1&l=2+3&t=~');
  });

  test('M13 params are for the first URL, not for where it redirects', async (t) => {
    const server = await listen(t, { '/?q=1': moved('/next') });
    await run(t, `GET ${server.origin}/\n`, { params: [['q', '1']] });
    assert.deepEqual(server.arrived.map(({ line }) => line), ['GET /?q=1', 'GET /next']); // prettier-ignore
  });

  test('M16 a written Authorization line is not replaced by netrc', async (t) => {
    const server = await listen(t);
    const netrc = async () => ({ path: '~/.netrc', text: 'machine 127.0.0.1 login n password n' });
    const session = sessionWith(t, createCookieJar(), netrc);
    await send(session, { url: `${server.origin}/` });
    await send(session, { url: `${server.origin}/`, headers: [['Authorization', 'Bearer T']] });
    assert.deepEqual(server.arrived.map(({ headers }) => headers['authorization']), ['Basic bjpu', 'Bearer T']); // prettier-ignore
  });
});

describe('cookies of the session', () => {
  test('C2 a Set-Cookie with a time that is past removes the cookie', async (t) => {
    const server = await listen(t, { '/out': (response) => response.setHeader('Set-Cookie', 'a=; Max-Age=0').end() });
    const session = openSession(t);
    session.jar.accept(['a=1', 'b=2'], server.origin, Date.now());
    await get(session, `${server.origin}/out`);
    await get(session, `${server.origin}/`);
    assert.deepEqual(cookiesOf(server), ['a=1; b=2', 'b=2']);
    assert.deepEqual(jarOf(session), ['b=2']);
  });

  test('C3 a cookie put into the jar is sent, again and again', async (t) => {
    const server = await listen(t);
    const session = openSession(t);
    session.jar.put(cookieAt(Date.now(), { name: 'api', domain: '127.0.0.1' }));
    for (const path of ['/1', '/2']) await get(session, server.origin + path);
    assert.deepEqual(cookiesOf(server), ['api=1', 'api=1']);
  });

  test('C4 a Cookie line is sent with its request and not stored', async (t) => {
    const server = await listen(t);
    const { session } = await run(t, `GET ${server.origin}/\nCookie: once=1\n`);
    await get(session, `${server.origin}/`);
    assert.deepEqual(cookiesOf(server), ['once=1', undefined]);
    assert.deepEqual(jarOf(session), []);
  });

  test('C5 a cookie of the request takes the place of the one of the jar, and both are never sent', async (t) => {
    const server = await listen(t);
    const session = newSession();
    session.jar.accept(['a=jar; Path=/', 'b=jar; Path=/'], server.origin, Date.now());
    await run(t, `GET ${server.origin}/\nCookie: a=own\n`, {}, session);
    assert.deepEqual(cookiesOf(server), ['a=own; b=jar']);
    assert.deepEqual(jarOf(session), ['a=jar', 'b=jar']);
  });

  test('C6 a cookie is picked by name, domain and path; a name that fits several is a failure', () => {
    const jar = createCookieJar();
    jar.accept(['a=1; Path=/', 'a=2; Path=/x'], 'https://one.test/x/', 0);
    jar.accept(['a=3; Path=/'], 'https://two.test/', 0);
    const pick = (filter: Omit<Parameters<typeof pickCookie>[1], 'name'>) => {
      const picked = pickCookie(jar.all(0), { name: 'a', ...filter });
      return 'failure' in picked ? picked.failure.code : picked.cookie?.value;
    };
    assert.equal(pick({}), 'cookie-conflict');
    assert.equal(pick({ domain: 'one.test' }), 'cookie-conflict');
    assert.equal(pick({ domain: 'one.test', path: '/x' }), '2');
    assert.equal(pick({ domain: 'two.test' }), '3');
    assert.equal(pick({ domain: 'three.test' }), undefined);
  });

  test('C8 a value in quotes keeps them', async (t) => {
    const server = await listen(t);
    const session = openSession(t);
    session.jar.accept(['q="a b"; Path=/'], server.origin, Date.now());
    await get(session, `${server.origin}/`);
    assert.deepEqual(cookiesOf(server), ['q="a b"']);
  });

  test('C9 each hop has the cookies of its own response', async (t) => {
    const { origin } = await listen(t, {
      '/1': moved('/2', { 'set-cookie': ['a=1', 'b=1'] }),
      '/2': (response) => response.setHeader('Set-Cookie', 'c=1').end(),
    });
    const { hops } = await get(openSession(t), `${origin}/1`);
    assert.deepEqual(hops.map(({ cookies }) => cookies.received.map(({ raw }) => raw)), [['a=1', 'b=1'], ['c=1']]); // prettier-ignore
  });

  test('C11 a Cookie line stays on its origin and goes to no other', async (t) => {
    const other = await listen(t);
    const server = await listen(t, { '/1': moved('/2'), '/2': moved(`${other.origin}/3`) });
    await run(t, `GET ${server.origin}/1\nCookie: own=1\n`);
    assert.deepEqual([cookiesOf(server), cookiesOf(other)], [['own=1', 'own=1'], [undefined]]);
  });

  test('C12 default cookies, which name no domain, go to the first origin alone', async (t) => {
    const other = await listen(t);
    const server = await listen(t, { '/1': moved(`${other.origin}/2`) });
    const { session } = await run(t, `GET ${server.origin}/1\n`, { cookies: [['c', '1']] });
    assert.deepEqual([cookiesOf(server), cookiesOf(other), jarOf(session)], [['c=1'], [undefined], []]);
  });

  for (const [policy, domain] of [
    ['standard', '127.0.0.1'],
    ['requests', 'h.test'],
  ] as const) {
    // prettier-ignore
    test(`C13 with another Host line, policy ${policy}, cookies belong to ${domain}`, async (t) => {
      const { origin } = await listen(t, { '/': (response) => response.setHeader('Set-Cookie', 'a=1').end() });
      const session = openSession(t);
      await send(session, { url: `${origin}/`, headers: [['Host', 'h.test']] }, { policy });
      assert.deepEqual(session.jar.all(Date.now()).map((cookie) => cookie.domain), [domain]); // prettier-ignore
    });
  }

  test('C14 a session that was saved and loaded keeps to the same rules', async (t) => {
    const lines = ['s=1; Secure', 'p=1; Domain=com'];
    const before = openSession(t);
    const after = openSession(t);
    after.apply(before.snapshot());
    for (const { jar } of [before, after]) {
      const { verdicts } = jar.accept(lines, 'http://127.0.0.1/', Date.now());
      assert.deepEqual(verdicts.map(({ kind }) => kind), ['stored', 'rejected']); // prettier-ignore
    }
  });

  test('C15 any jar that keeps to the port can be used', async (t) => {
    const server = await listen(t);
    const asked: string[] = [];
    const inner = createCookieJar();
    const jar: CookieJar = {
      cookiesFor: (url) => (asked.push(url), [cookieAt(0, { name: 'mine' })]),
      explain: (...given) => inner.explain(...given),
      accept: (...given) => inner.accept(...given),
      all: (now) => inner.all(now),
      put: (cookie) => inner.put(cookie),
      delete: (key) => inner.delete(key),
      clear: (filter) => inner.clear(filter),
      clearSession: () => inner.clearSession(),
      purgeExpired: (now) => inner.purgeExpired(now),
    };
    await get(sessionWith(t, jar), `${server.origin}/`);
    assert.deepEqual([cookiesOf(server), asked], [['mine=1'], [`${server.origin}/`]]);
  });
});

function sessionWith(t: TestContext, jar: CookieJar, netrc?: () => Promise<{ path: string; text: string }>): Session {
  const session = createSession({
    key: { folder: 'no-folder', profile: '-', name: 'default' },
    jar,
    transport: createTransport({ now: Date.now }),
    now: Date.now,
    newId: () => 'id',
    yieldToIo: () => Promise.resolve(),
    sleep,
    crypto: nodeCrypto,
    ...(netrc && { netrc }),
  });
  t.after(() => session.close());
  return session;
}

describe('what is put on the wire', () => {
  for (const [method, length] of [
    ['GET', undefined],
    ['HEAD', undefined],
    ['DELETE', undefined],
    ['POST', '0'],
    ['PUT', '0'],
    ['PATCH', '0'],
  ] as const) {
    // prettier-ignore
    test(`P6 ${method} without a body has Content-Length ${length ?? 'nowhere'}`, async (t) => {
      const server = await listen(t);
      await run(t, `${method} ${server.origin}/\n`);
      assert.deepEqual(server.arrived.map(({ headers }) => headers['content-length']), [length]); // prettier-ignore
    });
  }

  test('P6, P11 the length of a text is counted in bytes, and no media type is invented for it', async (t) => {
    const server = await listen(t);
    await run(t, `POST ${server.origin}/\n\nčau\n`);
    const { headers, body } = only(server);
    assert.deepEqual([headers['content-length'], headers['content-type'], body], ['4', undefined, 'čau']);
  });

  test('P7, K14 a stream of unknown length is chunked, without a length and to the Host that was given', async (t) => {
    const server = await listen(t);
    const bytes = new TextEncoder().encode('part');
    const open = async function* () {
      yield bytes;
      yield bytes;
    };
    const body = { length: undefined, replayable: false, open };
    await send(openSession(t), { method: 'POST', url: `${server.origin}/`, headers: [['Host', 'h.test']], body });
    const { headers, body: text } = only(server);
    const framing = [headers['host'], headers['transfer-encoding'], headers['content-length'], text];
    assert.deepEqual(framing, ['h.test', 'chunked', undefined, 'partpart']);
  });

  test('P4 a raw target goes out as written, dot segments included', async (t) => {
    const server = await listen(t);
    await run(t, `GET ${server.origin}/a/../b\n`);
    await run(t, `GET ${server.origin}/a/../b\n`, { rawTarget: true });
    assert.deepEqual(server.arrived.map(({ line }) => line), ['GET /b', 'GET /a/../b']); // prettier-ignore
  });
});

describe('redirects', () => {
  test('R2 a redirect that is not followed says where it leads', async (t) => {
    const { origin } = await listen(t, { '/1': moved('/2') });
    const { hops } = await get(openSession(t), `${origin}/1`, { settings: { followRedirects: false } });
    assert.deepEqual(hops.map(({ decision }) => decision), [{ kind: 'stop', reason: 'not-followed', nextUrl: `${origin}/2` }]); // prettier-ignore
  });

  test('R3, R4 the thirty-first redirect fails, with thirty-one hops, oldest first, each with its body', async (t) => {
    const answers = Array.from({ length: 40 }, (_, n) => [`/${n}`, moved(`/${n + 1}`)] as const);
    const { origin } = await listen(t, Object.fromEntries(answers));
    const { failure, hops } = await get(openSession(t), `${origin}/0`);
    assert.equal(failure?.code, 'redirect-limit');
    assert.deepEqual(hops.map(({ request }) => new URL(request.url).pathname), answers.slice(0, 31).map(([path]) => path)); // prettier-ignore
    for (const { response } of hops) assert.equal(new TextDecoder().decode(response?.body.bytes), 'moved');
  });

  test('R9 the proxy is chosen anew for each hop', async (t) => {
    const proxy = await listen(t);
    const server = await listen(t, { '/1': moved('http://h.test/2') });
    const proxies = { 'http://h.test': proxy.origin.replace('//', '//u:p@') };
    const { hops } = await get(openSession(t), `${server.origin}/1`, { settings: { proxies } });
    assert.equal(hops.at(-1)?.response?.status, 200);
    const seen = [...server.arrived, ...proxy.arrived].map(({ line, headers }) => [
      line,
      headers['proxy-authorization'],
    ]);
    assert.deepEqual(seen, [['GET /1', undefined], ['GET http://h.test/2', 'Basic dTpw']]); // prettier-ignore
  });

  test('R12 a hop whose body cannot be decoded does not end the chain', async (t) => {
    const { origin } = await listen(t, { '/1': moved('/2', { 'content-encoding': 'gzip' }) });
    const { outcome, hops } = await get(openSession(t), `${origin}/1`);
    assert.deepEqual([outcome, hops.length], ['completed', 2]);
  });

  test('R13 the body of a hop is kept up to its limit, and the chain goes on', async (t) => {
    const long = (response: ServerResponse) => response.writeHead(302, { location: '/2' }).end('x'.repeat(100_000));
    const { origin } = await listen(t, { '/1': long });
    const { outcome, hops } = await get(openSession(t), `${origin}/1`, { settings: { hopBodyLimit: 1000 } });
    assert.deepEqual([outcome, hops.length, hops[0]?.response?.body.bytes.length], ['completed', 2, 1000]);
  });

  test('R17 userinfo in a Location of the same host loses no cookie', async (t) => {
    const answers: Record<string, (response: ServerResponse) => void> = {};
    const server = await listen(t, answers);
    answers['/1'] = moved(`${server.origin.replace('//', '//u:p@')}/2`);
    const session = openSession(t);
    session.jar.accept(['a=1; Path=/'], server.origin, Date.now());
    await get(session, `${server.origin}/1`);
    assert.deepEqual(cookiesOf(server), ['a=1', 'a=1']);
  });
});
