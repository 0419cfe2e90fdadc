import type { Cookie, SetCookieVerdict } from '../../src/core/cookies/cookie.ts';
import type { HeaderList } from '../../src/core/http/headerList.ts';
import type { PreparedRequest, WireFacts, WireResponse } from '../../src/core/http/transport.ts';
import type { RunResult } from '../../src/core/run/run.ts';
import type { Decision, Exchange, Hop } from '../../src/core/session/exchange.ts';
import type { HttpDocument, RequestBlock } from '../../src/core/syntax/ast.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import type { Problem } from '../../src/core/text/problem.ts';

/** 14:02:11 on a day in 2026, UTC: every fixture happens then. */
export const sentAt = Date.UTC(2026, 4, 4, 14, 2, 11);
const day = 24 * 3600 * 1000;

export const writtenRequest = [
  'POST {{host}}/login',
  'Content-Type: application/x-www-form-urlencoded',
  'Authorization: Bearer {{key}}',
  '',
  'user={{user}}&password={{password}}',
].join('\n');

/** A document of one block, titled "Log in", whose request is `writtenRequest`. */
export function documentFixture(): { readonly document: HttpDocument; readonly block: RequestBlock } {
  const document = parse(`### Log in\n# @name login\n${writtenRequest}\n`);
  return { document, block: document.blocks[0] as RequestBlock };
}

export function cookieFixture(fields: Partial<Cookie> = {}): Cookie {
  return {
    name: 'sid',
    value: '8f14e45fceea167a',
    domain: 'api.example.test',
    hostOnly: true,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: undefined,
    partitioned: false,
    expires: undefined,
    created: sentAt,
    lastSet: sentAt,
    source: { kind: 'response', requestName: 'login', hop: 1, at: sentAt },
    ...fields,
  };
}

export function requestFixture(method: string, url: string, headers: HeaderList = [], body?: string): PreparedRequest {
  const bytes = body === undefined ? undefined : new TextEncoder().encode(body);
  const open = async function* () {
    if (bytes) yield bytes;
  };
  return {
    method,
    url,
    headers,
    body: bytes && { bytes, length: bytes.length, replayable: true, open },
    httpVersion: '1.1',
  };
}

export function responseFixture(
  status: number,
  reason: string,
  headers: HeaderList,
  body: string | Uint8Array = '',
  fields: Partial<WireResponse['body']> = {},
): WireResponse {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return {
    status,
    reason,
    httpVersion: '1.1',
    headers,
    trailers: [],
    informational: [],
    body: { wireBytes: bytes.length, decodedBytes: bytes.length, bytes, truncated: false, ...fields },
  };
}

const wire: WireFacts = {
  timing: { startedAt: sentAt, totalMs: 10, waitMs: 10 },
  connection: undefined,
  tls: undefined,
  rawRequestHead: undefined,
  requestBodyBytes: 0,
};

/** A hop with nothing special about it, but for `fields`. */
export function hopFixture(fields: Partial<Hop> = {}): Hop {
  const request = fields.request ?? requestFixture('GET', 'https://api.example.test/me');
  return {
    number: 1,
    cause: 'first',
    attempt: 1,
    request,
    sentHeaders: request.headers,
    response: responseFixture(200, 'OK', [['Content-Type', 'text/plain']], 'hello'),
    cookies: { sent: [], received: [] },
    decision: { kind: 'stop', reason: 'final' },
    wire,
    failure: undefined,
    warnings: [],
    ...fields,
  };
}

export function exchangeFixture(hops: readonly Hop[], fields: Partial<Exchange> = {}): Exchange {
  return {
    id: 'x',
    startedAt: sentAt,
    durationMs: 84,
    outcome: 'completed',
    failure: undefined,
    hops,
    warnings: [],
    ...fields,
  };
}

export function resultFixture(exchange: Exchange | undefined, fields: Partial<RunResult> = {}): RunResult {
  return {
    ...documentFixture(),
    before: [],
    file: { path: '/project/demo.http', root: '/project', id: 'demo.http' },
    name: 'login',
    title: 'Log in',
    line: 3,
    outcome: exchange?.outcome ?? 'blocked',
    problems: [],
    exchange,
    captured: {},
    saved: [],
    environment: ['dev'],
    sessionName: 'default',
    secrets: [],
    ...fields,
  };
}

export function problemFixture(fields: Partial<Problem> = {}): Problem {
  const { document } = documentFixture();
  const start = document.text.indexOf('{{host}}');
  return {
    code: 'unknown-variable',
    severity: 'error',
    span: { start, end: start + 8 },
    message: '“host” is not defined. Choose an environment that has it, or write “@host = …” above.',
    ...fields,
  };
}

const json = JSON.stringify({
  user: { id: 0, name: 'Ada Lovelace', admin: false },
  items: [
    { sku: 'A-1', price: 12.5 },
    { sku: 'B-7', price: 3 },
  ],
});
/** What JSON.parse would round: the digits must come through as they are. */
export const bigNumberBody = json
  .replace('"id":0', '"id":12345678901234567890')
  .replace('12.5', '12.50')
  .replace('3}', '3.00}');

/** The login of the drawing: three hops, a method change, cookies set and refused, a header dropped at another origin. */
export function loginHops(): Hop[] {
  return [loginHop(), callbackHop(), meHop()];
}

function loginHop(): Hop {
  const body = 'user=ada&password=lovelace';
  const headers: HeaderList = [
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Authorization', 'Bearer top-secret-key'],
    ['User-Agent', 'crumbtrail/0.1'],
    ['Accept', '*/*'],
    ['Content-Length', String(body.length)],
  ];
  const request = requestFixture('POST', 'https://api.example.test/login', headers, body);
  const theme = cookieFixture({
    name: 'theme',
    value: 'dark',
    hostOnly: false,
    domain: 'example.test',
    httpOnly: false,
    secure: false,
  });
  const sentHeaders: HeaderList = [...headers, ['Cookie', 'theme=dark']];
  return hopFixture({
    request,
    sentHeaders,
    response: responseFixture(302, 'Found', [
      ['Date', 'Mon, 04 May 2026 14:02:11 GMT'],
      ['Location', 'https://api.example.test/sso/callback?code=9f8b1c2d3e4f5a6b7c8d&state=xyz'],
      ['Set-Cookie', 'sid=8f14e45fceea167a; HttpOnly; Secure; Path=/'],
      ['Set-Cookie', 'theme=light; Domain=example.test; Max-Age=2592000'],
      ['Set-Cookie', 'track=1; Domain=ads.test'],
      ['Content-Length', '0'],
    ]),
    cookies: {
      sent: [{ explicit: false, name: 'theme', value: 'dark', cookie: theme }],
      received: [
        stored(cookieFixture(), 'added'),
        stored({ ...theme, value: 'light', expires: sentAt + 30 * day }, 'updated', theme),
        refused(
          'track=1; Domain=ads.test',
          'track',
          'Domain=ads.test does not cover the host that set it (api.example.test)',
        ),
      ],
    },
    decision: follow(
      requestFixture('GET', 'https://api.example.test/sso/callback?code=9f8b1c2d3e4f5a6b7c8d&state=xyz'),
      [
        { kind: 'method', from: 'POST', to: 'GET', why: '302 asks for GET' },
        { kind: 'body', why: '302 is followed without the body' },
        { kind: 'header', name: 'Content-Type', why: 'describes the body that is not sent again' },
      ],
    ),
    wire: wireFixture(0, { dnsMs: 6, connectMs: 5, tlsMs: 8, sendMs: 0.4, waitMs: 20, downloadMs: 0.6 }, 40, {
      rawRequestHead: [
        'POST /login HTTP/1.1',
        'host: api.example.test',
        ...sentHeaders.map((line) => line.join(': ')),
      ].join('\r\n'),
      requestBodyBytes: body.length,
    }),
  });
}

function callbackHop(): Hop {
  const url = 'https://api.example.test/sso/callback?code=9f8b1c2d3e4f5a6b7c8d&state=xyz';
  const headers: HeaderList = [['Authorization', 'Bearer top-secret-key']];
  const cookie = cookieFixture({ name: 'sso', value: 'yes', sameSite: 'lax' });
  return hopFixture({
    number: 2,
    cause: 'redirect',
    request: requestFixture('GET', url, headers),
    response: responseFixture(303, 'See Other', [['Location', 'https://app.example.test/me']]),
    cookies: {
      sent: [{ explicit: false, name: 'sid', value: '8f14e45fceea167a', cookie: cookieFixture() }],
      received: [stored(cookie, 'added')],
    },
    decision: follow(requestFixture('GET', 'https://app.example.test/me'), [
      {
        kind: 'header',
        name: 'Authorization',
        why: 'credentials do not go to another origin (https://app.example.test)',
      },
    ]),
    wire: wireFixture(40, { sendMs: 0.2, waitMs: 14, downloadMs: 0.3 }, 15, {}),
  });
}

function meHop(): Hop {
  const headers: HeaderList = [['Accept', '*/*']];
  const { wireBytes, decodedBytes } = { wireBytes: 1204, decodedBytes: 3812 };
  const cookies = [cookieFixture(), cookieFixture({ name: 'sso', value: 'yes' })];
  return hopFixture({
    number: 3,
    cause: 'redirect',
    request: requestFixture('GET', 'https://app.example.test/me', headers),
    response: responseFixture(
      200,
      'OK',
      [
        ['Content-Type', 'application/json; charset=utf-8'],
        ['Content-Encoding', 'gzip'],
        ['X-Request-Id', '5e1c'],
      ],
      bigNumberBody,
      { wireBytes, decodedBytes },
    ),
    cookies: {
      sent: cookies.map((cookie) => ({ explicit: false, name: cookie.name, value: cookie.value, cookie })),
      received: [],
    },
    wire: wireFixture(56, { dnsMs: 2, connectMs: 2, tlsMs: 6, sendMs: 0.2, waitMs: 14, downloadMs: 3.8 }, 28, {}),
  });
}

function stored(cookie: Cookie, action: 'added' | 'updated', previous?: Cookie): SetCookieVerdict {
  return { kind: 'stored', raw: `${cookie.name}=${cookie.value}`, cookie, action, previous };
}

function refused(raw: string, name: string, message: string): SetCookieVerdict {
  return { kind: 'rejected', raw, name, reason: 'domain-mismatch', message };
}

function follow(next: PreparedRequest, changes: Extract<Decision, { kind: 'follow' }>['changes']): Decision {
  return { kind: 'follow', cause: 'redirect', reason: 'the response is a redirect', location: next.url, next, changes };
}

function wireFixture(at: number, phases: object, totalMs: number, fields: Partial<WireFacts>): WireFacts {
  return {
    timing: { startedAt: sentAt + at, totalMs, ...phases },
    connection: {
      id: 1,
      origin: 'https://api.example.test',
      reused: !('dnsMs' in phases),
      remoteAddress: '192.0.2.7',
      remotePort: 443,
      localAddress: '192.0.2.50',
      localPort: 51234,
      attempts: [],
    },
    tls: {
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      alpn: 'http/1.1',
      authorized: true,
      certificate: {
        subject: 'CN=*.example.test\nO=Example',
        issuer: 'CN=Example CA',
        subjectAltName: 'DNS:*.example.test',
        validFrom: sentAt - 60 * day,
        validTo: sentAt + 30 * day,
        fingerprint256: 'AB:CD:EF',
      },
    },
    rawRequestHead: undefined,
    requestBodyBytes: 0,
    ...fields,
  };
}
