import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { isIPv4, isIPv6 } from 'node:net';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import type { Hop } from '../../src/core/session/exchange.ts';
import { httpArchive } from '../../src/present/har.ts';
import { createMask } from '../../src/present/mask.ts';
import {
  cookieFixture,
  exchangeFixture,
  hopFixture,
  loginHops,
  requestFixture,
  responseFixture,
  sentAt,
} from './exchangeFixture.ts';

const schemas = createRequire(import.meta.url)('har-schema') as Readonly<Record<string, object>>;
const ajv = new Ajv({ strict: false });
ajv.addFormat('date-time', { type: 'string', validate: (text: string) => new Date(text).toISOString() === text });
ajv.addFormat('uri', { type: 'string', validate: (text: string) => URL.canParse(text) });
ajv.addFormat('ipv4', { type: 'string', validate: isIPv4 });
ajv.addFormat('ipv6', { type: 'string', validate: isIPv6 });
for (const schema of Object.values(schemas)) {
  ajv.addSchema({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
}

/** The archive of one exchange with these hops, as it is read back from the file; it follows the schema of HAR 1.2. */
function check(hops: readonly Hop[], fields: Parameters<typeof exchangeFixture>[1] = {}, mask = createMask([])) {
  const har = httpArchive([{ title: 'Log in', exchange: exchangeFixture(hops, fields), mask }]);
  const read = JSON.parse(JSON.stringify(har)) as typeof har;
  const validate = ajv.getSchema('har.json');
  assert.ok(validate);
  assert.equal(validate(read), true, JSON.stringify(validate.errors));
  return read.log;
}

const pixel = Uint8Array.from([0x89, 0x50, 0, 0xff]);

test('a chain: every hop in order, with what was sent, what came and what it led to', () => {
  const log = check(loginHops());
  assert.deepEqual(
    log.entries.map(({ request, response, pageref }) => [
      pageref,
      request.method,
      request.url,
      response.status,
      response.redirectURL,
    ]),
    loginHops().map(({ request, response }, index) => [
      'exchange-1',
      request.method,
      [
        'https://api.example.test/login',
        'https://api.example.test/sso/callback?code=***&state=xyz',
        'https://app.example.test/me',
      ][index],
      response?.status,
      ['https://api.example.test/sso/callback?code=***&state=xyz', 'https://app.example.test/me', ''][index],
    ]),
  );
  assert.equal(log.entries[1]?.comment, 'Followed a redirect.');
  assert.equal(log.pages?.[0]?.title, 'Log in');
});

test('without a mask it is the raw truth; with one it holds no secret', () => {
  const archive = (mask?: ReturnType<typeof createMask>) =>
    JSON.stringify(httpArchive([{ title: 'Log in', exchange: exchangeFixture(loginHops()), ...(mask && { mask }) }]));
  const secrets = ['top-secret-key', 'lovelace', '9f8b1c2d3e4f5a6b7c8d', '8f14e45fceea167a'];
  for (const secret of secrets) assert.ok(archive().includes(secret), secret);
  const masked = archive(createMask(['lovelace']));
  for (const secret of secrets) assert.ok(!masked.includes(secret), secret);
});

test('bodies: text, bytes, what was cut, what was sent from a file', () => {
  const sent = requestFixture('POST', 'https://api.example.test/?a=1&b=&a=2#part', [['Content-Type', 'image/png']], '');
  const bytes = { ...sent, body: { ...sent.body!, bytes: pixel, length: 4 } };
  const image = responseFixture(200, 'OK', [['Content-Type', 'image/png']], pixel);
  const cut = responseFixture(
    200,
    'OK',
    [['Content-Type', 'text/plain; charset=iso-8859-1']],
    Uint8Array.from([0xe9]),
    {
      truncated: true,
      decodedBytes: 5000,
      wireBytes: 100,
    },
  );
  const log = check([hopFixture({ request: bytes, response: image }), hopFixture({ response: cut, cause: 'retry' })]);
  const [first, second] = log.entries;
  assert.deepEqual(first?.response.content, { size: 4, mimeType: 'image/png', text: 'iVAA/w==', encoding: 'base64' });
  assert.equal(first?.request.postData?.text, '');
  assert.equal(first?.request.url, 'https://api.example.test/?a=1&b=&a=2');
  assert.deepEqual(first?.request.queryString, [
    { name: 'a', value: '1' },
    { name: 'b', value: '' },
    { name: 'a', value: '2' },
  ]);
  assert.deepEqual(second?.response.content, {
    size: 5000,
    mimeType: 'text/plain; charset=iso-8859-1',
    compression: 4900,
    text: 'é',
    comment: 'Only the first 1 byte of 5 kB are here.',
  });
});

test('what got no answer is there too, and says why', () => {
  const failure = { code: 'connect-refused', message: 'Nothing accepts connections.', hint: 'Start it.' } as const;
  const wire = {
    timing: { startedAt: sentAt, totalMs: 30, dnsMs: 1, connectMs: 2, tlsMs: 3 },
    connection: { id: 7, origin: '', reused: false, remoteAddress: '::1', attempts: [] },
    tls: undefined,
    rawRequestHead: undefined,
    requestBodyBytes: 0,
  };
  const log = check([hopFixture({ response: undefined, failure, wire })], { outcome: 'failed', failure });
  const [entry] = log.entries;
  assert.deepEqual([entry?.response.status, entry?.comment], [0, 'Nothing accepts connections.']);
  assert.deepEqual(entry?.timings, { blocked: -1, dns: 1, connect: 5, ssl: 3, send: -1, wait: -1, receive: -1 });
  assert.deepEqual([entry?.serverIPAddress, entry?.connection], ['::1', '7']);
  assert.equal(log.pages?.[0]?.comment, 'Nothing accepts connections.');
});

test('cookies that were set have their rules, those refused are not there', () => {
  const cookie = cookieFixture({ expires: sentAt });
  const received: Hop['cookies']['received'] = [
    { kind: 'stored', action: 'added', cookie, raw: 'sid=…', previous: undefined } as never,
    { kind: 'rejected', name: 'x', raw: 'x=1', reason: 'too-large', message: 'Too large.' } as never,
  ];
  const log = check([hopFixture({ cookies: { sent: [{ explicit: true, name: 'a', value: 'b' }], received } })]);
  assert.deepEqual(log.entries[0]?.response.cookies, [
    {
      name: 'sid',
      value: '***',
      path: '/',
      domain: 'api.example.test',
      httpOnly: true,
      secure: true,
      expires: new Date(sentAt).toISOString(),
    },
  ]);
  assert.deepEqual(log.entries[0]?.request.cookies, [{ name: 'a', value: '***' }]);
});
