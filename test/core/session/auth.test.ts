import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, test, type TestContext } from 'node:test';
import type { RequestAuth } from '../../../src/core/http/auth/credentials.ts';
import type { HeaderList } from '../../../src/core/http/headerList.ts';
import type { PreparedRequest } from '../../../src/core/http/transport.ts';
import { bytesBody } from '../../../src/core/prepare/requestBody.ts';
import type { Exchange } from '../../../src/core/session/exchange.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';
import { openSession, serve } from './loopback.ts';

type Handler = (response: ServerResponse, request: IncomingMessage) => void;

const digest = { type: 'digest', username: 'Mufasa', password: 'Circle of Life' } as const;
const basic = { type: 'basic', username: 'u', password: 'p' } as const;

interface Sent extends Partial<Omit<PreparedRequest, 'url' | 'auth'>> {
  readonly settings?: Partial<SendSettings>;
}

function send(session: Session, url: string, auth: RequestAuth, { settings, ...more }: Sent = {}): Promise<Exchange> {
  const plain: PreparedRequest = { method: 'GET', url, headers: [], body: undefined, httpVersion: '1.1' };
  const signal = new AbortController().signal;
  return session.send({ ...plain, ...more, auth }, { signal, settings: { ...defaultSettings, ...settings } });
}

/** Status and Authorization of every hop; of Digest the directives named. */
function told(exchange: Exchange, ...directives: string[]): string[] {
  return exchange.hops.map(({ response, sentHeaders }) => {
    const value = sentHeaders.find(([name]) => name === 'Authorization')?.[1] ?? '-';
    const shown = directives.map((name) => new RegExp(`\\b${name}="?([^",]+)`).exec(value)?.[1] ?? '');
    return [response?.status, value.startsWith('Digest') ? ['Digest', ...shown].join(' ') : value].join(' ');
  });
}

function md5(...parts: string[]): string {
  return createHash('md5').update(parts.join(':')).digest('hex');
}

/** A server that knows one user, and checks `response` by RFC 7616 3.4.1 in its own words. */
function guarded(challenge: string, after: HeaderList = []): Handler {
  return (response, request) => {
    const of = (name: string): string =>
      new RegExp(`\\b${name}="?([^",]*)`).exec(request.headers.authorization ?? '')?.[1] ?? '';
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      const a2 = of('qop') === 'auth-int' ? [md5(Buffer.concat(body).toString())] : [];
      const expected = md5(
        md5(digest.username, of('realm'), digest.password),
        `${of('nonce')}:${of('nc')}:${of('cnonce')}:${of('qop')}`,
        md5(request.method ?? '', request.url ?? '', ...a2),
      );
      const isKnown = of('response') === expected && challenge.includes(`nonce="${of('nonce')}"`);
      if (isKnown) response.writeHead(200, Object.fromEntries(after));
      else response.writeHead(401, { 'WWW-Authenticate': challenge, 'Set-Cookie': 'seen=1' });
      response.end();
    });
  };
}

function redirectTo(url: string): Handler {
  return (response) => response.writeHead(302, { Location: url }).end();
}

describe('Digest', () => {
  const challenge = 'Digest realm="r", nonce="n1", qop="auth", algorithm=MD5, opaque="o"';

  test('a challenge is a hop, answered once, with the cookies that came with it', async (t) => {
    const origin = await serve(t, { '/x?a=b': guarded(challenge) });
    const exchange = await send(openSession(t), `${origin}/x?a=b`, { own: digest });
    assert.deepEqual(told(exchange, 'nc', 'uri', 'opaque'), ['401 -', '200 Digest 00000001 /x?a=b o']);
    assert.deepEqual(
      exchange.hops.map(({ cause, attempt, cookies }) => [cause, attempt, cookies.sent.map(({ name }) => name)]),
      [
        ['first', 1, []],
        ['auth', 1, ['seen']],
      ],
    );
    assert.deepEqual(
      exchange.hops.flatMap(({ warnings }) => warnings),
      [],
    );
  });

  test('the nonce is used again, and counted, by the same session alone', async (t) => {
    const origin = await serve(t, { '/x': guarded(challenge), '/y': guarded(challenge) });
    const session = openSession(t);
    await send(session, `${origin}/x`, { own: digest });
    assert.deepEqual(told(await send(session, `${origin}/y`, { own: digest }), 'nc'), ['200 Digest 00000002']);
    assert.deepEqual(told(await send(openSession(t), `${origin}/y`, { own: digest }), 'nc').length, 2);
  });

  test('a wrong password is refused after one answer', async (t) => {
    const origin = await serve(t, { '/x': guarded(challenge) });
    const exchange = await send(openSession(t), `${origin}/x`, { own: { ...digest, password: 'no' } });
    assert.deepEqual(told(exchange), ['401 -', '401 Digest']);
    assert.equal(exchange.outcome, 'completed');
  });

  test('a server that calls every nonce stale is not answered for ever', async (t) => {
    const stale: Handler = (response) =>
      response.writeHead(401, { 'WWW-Authenticate': `${challenge}, stale=true` }).end();
    const origin = await serve(t, { '/x': stale });
    assert.equal((await send(openSession(t), `${origin}/x`, { own: digest })).hops.length, 4);
  });

  test('auth-int covers the body, each time it is sent', async (t) => {
    const origin = await serve(t, { '/x': guarded('Digest realm="r", nonce="n1", qop="auth-int"') });
    const body = bytesBody(new TextEncoder().encode('hello'));
    const exchange = await send(openSession(t), `${origin}/x`, { own: digest }, { method: 'POST', body });
    assert.deepEqual(told(exchange, 'qop'), ['401 -', '200 Digest auth-int']);
  });

  test('the server names the next nonce', async (t) => {
    const origin = await serve(t, {
      '/x': guarded(challenge, [['Authentication-Info', 'nextnonce="n2"']]),
      '/y': guarded(challenge.replace('n1', 'n2')),
    });
    const session = openSession(t);
    await send(session, `${origin}/x`, { own: digest });
    assert.deepEqual(told(await send(session, `${origin}/y`, { own: digest }), 'nonce', 'nc'), [
      '200 Digest n2 00000001',
    ]);
  });

  test('two realms of one origin keep their nonces apart', async (t) => {
    const origin = await serve(t, {
      '/a': guarded('Digest realm="a", nonce="na", qop="auth"'),
      '/b': guarded('Digest realm="b", nonce="nb", qop="auth"'),
    });
    const session = openSession(t);
    for (const path of ['/a', '/b']) await send(session, origin + path, { own: digest });
    const again = await send(session, `${origin}/a`, { own: digest });
    // Its second use was the try at /b: without a domain a nonce holds for the whole origin.
    assert.deepEqual(told(again, 'nonce', 'nc'), ['200 Digest na 00000003']);
  });

  test('a domain tells where a nonce holds', async (t) => {
    const origin = await serve(t, { '/in/x': guarded(`${challenge}, domain="/in/"`), '/in/y': guarded(challenge) });
    const session = openSession(t);
    await send(session, `${origin}/in/x`, { own: digest });
    assert.deepEqual(told(await send(session, `${origin}/in/y`, { own: digest })), ['200 Digest']);
    assert.deepEqual(told(await send(session, `${origin}/out`, { own: digest })), ['200 -']);
  });

  test('a body that can be read once is not sent again without it', async (t) => {
    const origin = await serve(t, { '/x': guarded(challenge) });
    const body = { ...bytesBody(new TextEncoder().encode('x')), replayable: false };
    const exchange = await send(openSession(t), `${origin}/x`, { own: digest }, { method: 'POST', body });
    assert.equal(exchange.failure?.code, 'body-not-replayable');
    assert.deepEqual(told(exchange), ['401 -']);
  });

  test('no answer and no nonce of one origin goes to another', async (t) => {
    const b = await serve(t, { '/x': guarded(challenge) });
    const a = await serve(t, { '/x': guarded(challenge, []), '/r': redirectTo(`${b}/x`) });
    const session = openSession(t);
    for (const origin of [a, b]) await send(session, `${origin}/x`, { own: digest });
    const exchange = await send(session, `${a}/r`, { own: digest });
    assert.deepEqual(told(exchange), ['302 Digest', '401 -']);
    assert.deepEqual(
      exchange.hops[0]?.decision.kind === 'follow' && exchange.hops[0].decision.changes.map(({ name }) => name),
      ['Authorization'],
    );
  });
});

describe('credentials at every hop', () => {
  /** Two origins; the first leads to the second, that back to the first. */
  async function chain(t: TestContext): Promise<{ a: string; b: string }> {
    const routes: Record<string, Handler> = {};
    const b = await serve(t, { '/b': (...given) => routes['/b']?.(...given) });
    const a = await serve(t, { '/a': redirectTo(`${b}/b`) });
    routes['/b'] = redirectTo(`${a}/c`);
    return { a, b };
  }

  for (const [title, authOf, expected] of [
    [
      'of the session are dropped for good',
      () => ({ session: { credentials: basic } }),
      ['302 Basic dTpw', '302 -', '200 -'],
    ],
    [
      'bound to an origin are used there again',
      (a) => ({ session: { credentials: basic, origin: a } }),
      ['302 Basic dTpw', '302 -', '200 Basic dTpw'],
    ],
    [
      'bound to the other origin are used there alone',
      (_, b) => ({ session: { credentials: basic, origin: b } }),
      ['302 -', '302 Basic dTpw', '200 -'],
    ],
    ['of the URL are dropped for good', () => ({ userinfo: basic }), ['302 Basic dTpw', '302 -', '200 -']],
  ] as const satisfies readonly (readonly [string, (a: string, b: string) => RequestAuth, string[]])[]) {
    test(title, async (t) => {
      const { a, b } = await chain(t);
      assert.deepEqual(told(await send(openSession(t), `${a}/a`, authOf(a, b))), expected);
    });
  }
});

describe('netrc', () => {
  const text = 'machine localhost login u password p';
  const netrc = (content: string) => ({ netrc: () => Promise.resolve({ path: '~/.netrc', text: content }) });
  const atLocalhost = (origin: string) => origin.replace('127.0.0.1', 'localhost');

  test('is asked for the host of each hop, below what the request says', async (t) => {
    const b = await serve(t, {});
    const a = await serve(t, { '/a': redirectTo(`${atLocalhost(b)}/b`) });
    const session = openSession(t, Date.now, netrc(text));
    assert.deepEqual(told(await send(session, `${a}/a`, {})), ['302 -', '200 Basic dTpw']);
    const own = await send(session, `${a}/a`, {}, { headers: [['Authorization', 'Bearer T']] });
    assert.deepEqual(told(own), ['302 Bearer T', '200 Basic dTpw']);
  });

  test('gives its default to where the user goes, not to where a server leads', async (t) => {
    const b = await serve(t, {});
    const a = await serve(t, { '/a': redirectTo('/b'), '/b': redirectTo(`${b}/c`) });
    const exchange = await send(openSession(t, Date.now, netrc('default login u password p')), `${a}/a`, {});
    assert.deepEqual(told(exchange), ['302 Basic dTpw', '302 Basic dTpw', '200 -']);
  });

  for (const [title, auth, settings, expected] of [
    ['comes before the URL', { userinfo: { ...basic, username: 'x' } }, {}, 'Basic dTpw'],
    ['comes after the session', { session: { credentials: { type: 'bearer', token: 'S' } } }, {}, 'Bearer S'],
    ['is not read without the environment', {}, { trustEnv: false }, '-'],
    ['is not read for "none" of the request', { none: true }, {}, '-'],
    ['is not read for "none" of the session', {}, { auth: { type: 'none' } }, '-'],
  ] as const satisfies readonly (readonly [string, RequestAuth, Partial<SendSettings>, string])[]) {
    test(title, async (t) => {
      const origin = atLocalhost(await serve(t, {}));
      const exchange = await send(openSession(t, Date.now, netrc(text)), origin, auth, { settings });
      assert.deepEqual(told(exchange), [`200 ${expected}`]);
    });
  }

  test('"none" of the request holds for a session that is bound to the origin as well', async (t) => {
    const origin = await serve(t, {});
    const auth = { type: 'bearer', token: 'S', origin } as const;
    const session = openSession(t);
    assert.deepEqual(told(await send(session, origin, { none: true }, { settings: { auth } })), ['200 -']);
    assert.deepEqual(told(await send(session, origin, {}, { settings: { auth } })), ['200 Bearer S']);
  });

  test('that cannot be read is told once, with its line, and gives nothing', async (t) => {
    const origin = await serve(t, { '/a': redirectTo('/b') });
    const exchange = await send(openSession(t, Date.now, netrc('machine a.test\npasword x')), `${origin}/a`, {});
    assert.deepEqual(told(exchange), ['302 -', '200 -']);
    assert.deepEqual(
      exchange.hops.map(({ warnings }) => warnings.map(({ code, message }) => `${code}: ${message}`)),
      [
        [
          'netrc-invalid: ~/.netrc, line 2: there is a word where "machine", "login" or "password" should stand. The file is not used; correct the line.',
        ],
        [],
      ],
    );
  });
});

test('AWS signs each hop anew, for its own URL', async (t) => {
  const own = { type: 'aws', accessKeyId: 'id', secretKey: 'key', region: 'eu-west-1', service: 'sqs' } as const;
  const origin = await serve(t, { '/a': redirectTo('/b') });
  const exchange = await send(
    openSession(t, () => Date.UTC(2026, 0, 2)),
    `${origin}/a`,
    { own },
  );
  const signatures = exchange.hops.map(
    ({ sentHeaders }) => sentHeaders.find(([name]) => name === 'Authorization')?.[1],
  );
  for (const value of signatures) {
    assert.match(
      value ?? '',
      /^AWS4-HMAC-SHA256 Credential=id\/20260102\/eu-west-1\/sqs\/aws4_request, SignedHeaders=host;x-amz-date,/,
    );
  }
  assert.notEqual(signatures[0], signatures[1]);
});
