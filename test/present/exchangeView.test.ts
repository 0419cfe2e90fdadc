import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cookie } from '../../src/core/cookies/cookie.ts';
import type { Hop } from '../../src/core/session/exchange.ts';
import type { RunResult } from '../../src/core/run/run.ts';
import { exchangeView, runningView, type RunningViewInput } from '../../src/present/exchangeView.ts';
import type { ExchangeView } from '../../src/protocol/exchangeView.ts';
import {
  cookieFixture,
  documentFixture,
  exchangeFixture,
  hopFixture,
  loginHops,
  problemFixture,
  requestFixture,
  responseFixture,
  resultFixture,
  sentAt,
  writtenRequest,
} from './exchangeFixture.ts';

function view(result: RunResult, lostCookies: readonly Cookie[] = []): ExchangeView {
  const { document } = documentFixture();
  return exchangeView({ id: 'x', result, document, startedAt: sentAt, now: sentAt, lostCookies });
}

function finished(hops: readonly Hop[], fields: Partial<RunResult> = {}): ExchangeView {
  return view(resultFixture(exchangeFixture(hops), fields));
}

test('the head of a finished exchange', () => {
  const shown = finished(loginHops());
  const { id, state, title, line, environment, session, startedAt, durationMs } = shown;
  assert.deepEqual(
    { id, state, title, line, environment, session, startedAt, durationMs },
    {
      id: 'x',
      state: 'completed',
      title: 'Log in',
      line: 3,
      environment: 'dev',
      session: 'default',
      startedAt: sentAt,
      durationMs: 84,
    },
  );
  assert.equal(shown.failure, undefined);
});

test('every hop with its status, its place on the axis and its badges', () => {
  const rows = finished(loginHops()).hops.map(({ number, method, url, status, reason, startMs, badges }) => [
    number,
    `${method} ${url}`,
    `${String(status)} ${String(reason)}`,
    startMs,
    badges.map(({ text }) => text).join(', '),
  ]);
  assert.deepEqual(rows, [
    [
      1,
      'POST https://api.example.test/login',
      '302 Found',
      0,
      'POST → GET, body dropped, +1 cookie, 1 cookie updated, 1 cookie refused',
    ],
    [
      2,
      'GET https://api.example.test/sso/callback?code=9f8b1c2d3e4f5a6b7c8d&state=xyz',
      '303 See Other',
      40,
      'Authorization dropped: other origin, +1 cookie',
    ],
    [3, 'GET https://app.example.test/me', '200 OK', 56, ''],
  ]);
});

test('the request is raw truth; as written belongs to the first hop', () => {
  const [first, second] = finished(loginHops(), { secrets: ['top-secret-key'] }).hops;
  assert.equal(first?.requestHead.split('\n')[0], 'POST /login HTTP/1.1');
  assert.match(first?.requestHead ?? '', /Authorization: Bearer top-secret-key/);
  assert.deepEqual(first?.requestBody, { text: 'user=ada&password=lovelace', bytes: 26, truncated: false });
  assert.equal(first?.asWritten, writtenRequest);
  assert.equal(second?.asWritten, undefined);
  assert.equal(second?.requestHead.split('\n')[1], 'host: api.example.test');
});

test('headers that hold secrets say so and bring what may be shown', () => {
  const [first] = finished(loginHops()).hops;
  const masked = [...first!.requestHeaders, ...first!.responseHeaders].filter(({ secret }) => secret);
  assert.deepEqual(
    masked.map(({ name, masked }) => `${name}: ${String(masked)}`),
    [
      'Authorization: Bearer ••••••',
      'Cookie: theme=••••••',
      'Set-Cookie: sid=••••••; HttpOnly; Secure; Path=/',
      'Set-Cookie: theme=••••••; Domain=example.test; Max-Age=2592000',
      'Set-Cookie: track=••••••; Domain=ads.test',
    ],
  );
});

test('secrets of the run are masked in the chain and in failures', () => {
  const hop = hopFixture({ request: requestFixture('GET', 'https://api.example.test/?key=hush-hush') });
  const failure = { code: 'connection-lost', message: 'Lost at ?key=hush-hush.', hint: 'Send it again.' } as const;
  const exchange = exchangeFixture([{ ...hop, failure, response: undefined }], { outcome: 'failed', failure });
  const shown = view(resultFixture(exchange, { secrets: ['hush-hush'] }));
  assert.equal(shown.hops[0]?.url, 'https://api.example.test/?key=***');
  assert.equal(shown.failure?.message, 'Lost at ?key=***.');
  assert.equal(shown.hops[0]?.failure?.hint, 'Send it again.');
});

test('captured values that look secret are marked', () => {
  const { captured } = finished([], { captured: { token: 'abc', id: '7', other: 'hush' }, secrets: ['hush'] });
  assert.deepEqual(
    captured.map(({ name, secret }) => [name, secret]),
    [
      ['token', true],
      ['id', false],
      ['other', true],
    ],
  );
});

test('a blocked request has its problems with their places', () => {
  const shown = view(resultFixture(undefined, { problems: [problemFixture()] }));
  assert.equal(shown.state, 'blocked');
  assert.equal(shown.failure?.message, 'Nothing was sent, because the request has 1 problem.');
  assert.deepEqual(
    shown.problems.map(({ code, line, column }) => [code, line, column]),
    [['unknown-variable', 3, 6]],
  );
});

test('a request without a title is called by its line', () => {
  const { document, block } = documentFixture();
  const shown = runningView({ ...running(block, document), title: undefined });
  assert.equal(shown.title, 'POST {{host}}/login');
});

test('of a large body that is on its way the beginning is shown, when it is a text', () => {
  const { document, block } = documentFixture();
  const prepared = requestFixture('POST', 'https://api.example.test/login');
  const check = (type: string, start: Uint8Array, expected: string | undefined): void => {
    const head = responseFixture(200, 'OK', [['Content-Type', type]]);
    const shown = runningView({ ...running(block, document), prepared, arrived: { head, start } });
    const { body, beginning } = shown.hops[0] ?? {};
    assert.equal(body, undefined);
    assert.equal(beginning?.pretty ?? beginning?.text, expected);
  };
  check('application/json', Buffer.from('[{"a":1},{"b'), '[\n  { "a": 1 },\n  {\n    "b');
  check('text/plain', Buffer.from('Grüße').subarray(0, 3), 'Gr');
  check('image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), undefined);
});

test('facts of connection and certificate in words', () => {
  const { connection, tls } = finished(loginHops()).hops[0]!;
  assert.deepEqual(
    [...connection, ...tls].map(({ label, value }) => `${label}: ${value}`),
    [
      'Protocol: HTTP/1.1',
      'Connection: new, number 1 of this session',
      'Remote address: 192.0.2.7:443',
      'Local address: 192.0.2.50:51234',
      'Version: TLSv1.3',
      'Cipher: TLS_AES_256_GCM_SHA384',
      'ALPN: http/1.1',
      'Verified: yes',
      'Certificate: CN=*.example.test, O=Example',
      'Names: DNS:*.example.test',
      'Issued by: CN=Example CA',
      'Valid from: 2026-03-05 (60 days ago)',
      'Valid until: 2026-06-03 (in 30 days)',
      'SHA-256: AB:CD:EF',
    ],
  );
});

const unauthorized = hopFixture({ response: responseFixture(401, 'Unauthorized', []) });

test('a 401 after a cookie is gone offers to send the request that set it', () => {
  const offers = (cookie: Partial<Cookie>, hop = unauthorized) =>
    view(resultFixture(exchangeFixture([hop])), [cookieFixture(cookie)]).offers;
  const offer = { command: 'loginAgain', label: 'Log in again: send “login”', request: 'login' };
  assert.deepEqual(offers({}), [offer]);
  assert.deepEqual(offers({ hostOnly: false, domain: 'example.test' }), [offer]);
  assert.deepEqual(offers({ domain: 'other.test' }), []);
  assert.deepEqual(offers({ source: undefined }), []);
  assert.deepEqual(offers({}, hopFixture()), []);
});

test('a redirect that was stopped offers one more hop', () => {
  const stop = (reason: 'not-followed' | 'final', nextUrl?: string) =>
    finished([hopFixture({ decision: { kind: 'stop', reason, ...(nextUrl ? { nextUrl } : {}) } })]).offers;
  assert.deepEqual(stop('not-followed', 'https://api.example.test/'), [
    { command: 'followOneHop', label: 'Follow one hop' },
  ]);
  assert.deepEqual(stop('not-followed'), []);
  assert.deepEqual(stop('final', 'https://api.example.test/'), []);
});

function running(block: RunningViewInput['block'], document: RunningViewInput['document']): RunningViewInput {
  return {
    id: 'x',
    block,
    document,
    title: 'Log in',
    line: 3,
    environment: [],
    sessionName: 'default',
    startedAt: sentAt,
    now: sentAt + 500,
    prepared: undefined,
    hops: [],
    secrets: [],
  };
}

test('a running view shows the hops made and the one under way', () => {
  const { document, block } = documentFixture();
  const check = (fields: Partial<RunningViewInput>, expected: readonly string[]): void => {
    const shown = runningView({ ...running(block, document), ...fields });
    assert.equal(shown.state, 'running');
    assert.equal(shown.durationMs, 500);
    assert.deepEqual(
      shown.hops.map(({ number, method, url, status, cause }) => [number, cause, method, url, status ?? '…'].join(' ')),
      expected,
    );
  };
  const prepared = requestFixture('POST', 'https://api.example.test/login');
  const first = '1 first POST https://api.example.test/login';
  check({}, []);
  check({ prepared }, [`${first} …`]);
  check({ prepared, hops: loginHops().slice(0, 1) }, [
    `${first} 302`,
    '2 redirect GET https://api.example.test/sso/callback?code=9f8b1c2d3e4f5a6b7c8d&state=xyz …',
  ]);
  // While it waits for the next attempt nothing is under way.
  const waiting = { prepared, hops: loginHops().slice(0, 1), waitsUntil: sentAt + 60_500 };
  check(waiting, [`${first} 302`]);
  assert.equal(runningView({ ...running(block, document), ...waiting }).waitMs, 60_000);
  check({ prepared, hops: loginHops().slice(2) }, ['3 redirect GET https://app.example.test/me 200']);
});
