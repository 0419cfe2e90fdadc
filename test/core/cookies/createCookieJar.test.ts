import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cookie, SetCookieVerdict } from '../../../src/core/cookies/cookie.ts';
import { createCookieJar, maxCookies, maxCookiesPerDomain } from '../../../src/core/cookies/createCookieJar.ts';

const now = Date.UTC(2026, 0, 1);
const api = 'https://api.example.test/v1/items';

const cookie: Cookie = {
  name: 'sid',
  value: '1',
  domain: 'example.test',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: undefined,
  partitioned: false,
  expires: undefined,
  created: now,
  lastSet: now,
  source: undefined,
};

/** One line set by `url` into a jar that holds `before`, as `kind: reason: message` or `kind: action`. */
function check(
  line: string,
  url: string,
  expected: string,
  before: readonly (readonly [url: string, line: string])[] = [],
) {
  const jar = createCookieJar();
  for (const [from, earlier] of before) assert.equal(jar.accept([earlier], from, now).verdicts[0]?.kind, 'stored');
  assert.equal(shown(jar.accept([line], url, now).verdicts[0]!), expected);
}

function shown(verdict: SetCookieVerdict): string {
  if (verdict.kind === 'rejected') return `${verdict.reason}: ${verdict.message}`;
  if (verdict.kind === 'stored') return `stored: ${verdict.action}`;
  return `deleted: ${verdict.previous?.value ?? 'nothing there'}`;
}

describe('a verdict says what became of a Set-Cookie line, and why', () => {
  const table: readonly (readonly [line: string, url: string, expected: string])[] = [
    ['a=1', api, 'stored: added'],
    ['a=1; Domain=.Example.Test', api, 'stored: added'],
    ['a=1; Max-Age=0', api, 'deleted: nothing there'],
    [
      'a=1; Domain=ads.test',
      api,
      'domain-mismatch: Domain=ads.test does not cover the host that set it (api.example.test).',
    ],
    [
      'a=1; Domain=co.uk',
      'https://shop.co.uk/',
      'public-suffix: Domain=co.uk is a public suffix: the cookie would go to hosts of strangers.',
    ],
    ['a=1; Domain=intranet', 'http://intranet/', 'stored: added'],
    [
      'a=1; Domain=intranet',
      'http://wiki.intranet/',
      'public-suffix: Domain=intranet is a public suffix: the cookie would go to hosts of strangers.',
    ],
    [
      'a=1; Domain=b\u00fccher.de',
      'https://www.b\u00fccher.de/',
      'domain-not-ascii: Domain=b\u00fccher.de is not ASCII; a server must write its Punycode form (xn--\u2026).',
    ],
    [
      'a=1; Secure',
      'http://api.example.test/',
      'secure-from-insecure: A Secure cookie is taken only over https or from this machine; api.example.test answered over plain http.',
    ],
    ['a=1; Secure', 'http://app.localhost:3000/', 'stored: added'],
    [
      '__hOsT-a=1; Secure; Path=/; Domain=example.test',
      api,
      'prefix: The name prefix __Host- demands Secure, Path=/ and no Domain.',
    ],
    [
      '__Host-Http-a=1; Secure; Path=/',
      api,
      'prefix: The name prefix __Host-Http- demands Secure, HttpOnly, Path=/ and no Domain.',
    ],
    ['=__secure-a', api, 'prefix: A cookie without a name may not have a value that begins with __Secure-.'],
    [`a=${'x'.repeat(4096)}`, api, 'too-large: Name and value are 4097 octets together; the limit is 4096.'],
    ['a=1\u007f', api, 'control-character: The line holds the control character U+007F.'],
    ['a=1; Path=/\u0000', api, 'control-character: The line holds the control character U+0000.'],
    [' = ;Path=/', api, 'empty-cookie: There is neither a name nor a value.'],
  ];
  for (const [line, url, expected] of table) test(`${line.slice(0, 40)} from ${url}`, () => check(line, url, expected));

  const before = [['https://example.test/', 'a=1; Secure; Path=/login']] as const;
  test('a Secure cookie is not overlaid from plain http', () => {
    check(
      'a=2; Path=/login/x',
      'http://example.test/',
      'secure-overlay: It would overlay the Secure cookie a of example.test/login, and it came over a connection that is not secure.',
      before,
    );
    check('a=2; Path=/', 'http://example.test/', 'stored: added', before);
    check('a=2; Path=/login', 'https://example.test/', 'stored: updated', before);
    check('a=1; Path=/login; Secure', 'https://example.test/', 'stored: unchanged', before);
    check('a=; Path=/login; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'https://example.test/', 'deleted: 1', before);
  });
});

test('explain gives every cookie with the rule that keeps it back', () => {
  const jar = createCookieJar();
  jar.accept(['all=1; Domain=example.test; Path=/', 'own=1; Path=/', 'app=1; Path=/app'], 'https://example.test/', now);
  jar.accept(
    ['lock=1; Secure; Domain=example.test; Path=/', 'old=1; Domain=example.test; Path=/; Max-Age=5'],
    'https://example.test/',
    now,
  );
  jar.accept(['ads=1'], 'https://ads.test/', now);
  jar.accept(['sub=1; Domain=example.test; Path=/app'], 'https://example.test/', now);
  const verdicts = jar.explain('http://api.example.test/login', now + 6000);
  assert.deepEqual(
    verdicts.map(({ cookie: { name }, sent, message }) => `${name}: ${sent ? 'sent' : message}`),
    [
      'all: sent',
      'ads: its domain ads.test does not cover api.example.test',
      'lock: it is Secure and this connection is not',
      'old: it has expired',
      'own: it goes to example.test only, not to hosts below it',
      'app: it goes to example.test only, not to hosts below it',
      'sub: its path /app does not cover /login',
    ],
  );
});

test('one response keeps its order at one instant, and an update keeps the place', () => {
  const jar = createCookieJar();
  jar.accept(['z=1', 'm=1', 'a=1', 'z=2'], 'https://example.test/', now);
  assert.deepEqual(jar.cookiesFor('https://example.test/', now).map(({ name, value }) => name + value), ['z2', 'm1', 'a1']); // prettier-ignore
});

test('reading never prolongs a life, and a huge Max-Age is a date that exists', () => {
  const jar = createCookieJar();
  jar.accept([`far=1; Max-Age=${'9'.repeat(30)}`, 'near=1; Max-Age=10'], 'https://example.test/', now);
  assert.equal(jar.cookiesFor('https://example.test/', now + 6000).length, 2);
  const left = jar.cookiesFor('https://example.test/', now + 12_000);
  assert.deepEqual(left.map(({ name, expires }) => [name, new Date(expires!).toISOString()]), [['far', '9999-12-31T23:59:59.000Z']]); // prettier-ignore
});

test('host-only and domain cookies of one name live side by side', () => {
  const jar = createCookieJar();
  jar.accept(['a=host; Path=/', 'a=domain; Path=/; Domain=example.test'], 'https://example.test/', now);
  assert.deepEqual(jar.cookiesFor('https://example.test/', now).map(({ value }) => value), ['host', 'domain']); // prettier-ignore
  assert.deepEqual(jar.cookiesFor('https://a.example.test/', now).map(({ value }) => value), ['domain']); // prettier-ignore
});

test('limits: one response, one domain and the whole jar are bounded, and room is made by what has expired', () => {
  const jar = createCookieJar();
  const lines = Array.from({ length: 200 }, (_, index) => `c${index}=1; Max-Age=10`);
  const { verdicts, warnings } = jar.accept(lines, 'https://example.test/', now);
  assert.equal(verdicts.filter(({ kind }) => kind === 'stored').length, maxCookiesPerDomain);
  assert.deepEqual(warnings, [{ code: 'set-cookie-limit', message: '20 cookies above the limit were left out.' }]);
  const full = jar.accept(['more=1', 'c0=2'], 'https://example.test/', now).verdicts;
  assert.deepEqual(full.map(shown), ['cookie-limit: example.test has 180 cookies already; delete some to make room.', 'stored: updated']); // prettier-ignore
  assert.deepEqual(jar.accept(['more=1'], 'https://example.test/', now + 11_000).verdicts.map(shown), ['stored: added']); // prettier-ignore
  for (let host = 0; jar.all(now + 11_000).length < maxCookies; host++) jar.accept(['a=1'], `https://h${host}.test/`, now + 11_000); // prettier-ignore
  assert.deepEqual(jar.accept(['a=1'], 'https://last.test/', now + 11_000).verdicts.map(shown), [
    'cookie-limit: The session has 3000 cookies already; delete some to make room.',
  ]);
});

test('put takes a cookie as it is and refuses what no response could set', () => {
  const jar = createCookieJar();
  assert.deepEqual(jar.put(cookie), { ok: true });
  assert.deepEqual(jar.all(now), [cookie]);
  const faults: readonly (readonly [Partial<Cookie>, string])[] = [
    [{ domain: '' }, 'cookie-domain-required'],
    [{ domain: 'Example.Test' }, 'cookie-invalid'],
    [{ domain: 'a/b' }, 'cookie-invalid'],
    [{ domain: 'com', hostOnly: false }, 'cookie-invalid'],
    [{ name: 'a=b' }, 'cookie-invalid'],
    [{ value: 'v; Domain=evil.test' }, 'cookie-invalid'],
    [{ value: 'a\r\nb' }, 'cookie-invalid'],
    [{ value: '\u20ac' }, 'cookie-invalid'],
    [{ name: '', value: '' }, 'cookie-invalid'],
    [{ path: 'x' }, 'cookie-invalid'],
    [{ name: '__Host-a' }, 'cookie-invalid'],
    [{ value: 'x'.repeat(4097) }, 'cookie-invalid'],
  ];
  for (const [change, code] of faults) {
    const put = jar.put({ ...cookie, ...change });
    assert.equal(put.ok ? 'ok' : put.code, code, JSON.stringify(change));
  }
  assert.deepEqual(jar.all(now), [cookie]);
});

test('clear removes what matches every part given, and says what it was', () => {
  const jar = createCookieJar();
  jar.accept(['a=1; Path=/', 'b=1; Path=/x', 'p=1; Max-Age=9; Path=/'], 'https://one.test/', now);
  jar.accept(['a=1; Path=/'], 'https://two.test/', now);
  const names = (cookies: readonly Cookie[]) => cookies.map(({ name, domain }) => `${name}@${domain}`);
  assert.deepEqual(names(jar.clear({ name: 'a', domain: 'one.test' })), ['a@one.test']);
  assert.deepEqual(names(jar.clearSession()), ['b@one.test', 'a@two.test']);
  assert.deepEqual(names(jar.purgeExpired(now + 10_000)), ['p@one.test']);
  assert.deepEqual(jar.clear({}), []);
});

test('SameSite=None without Secure is stored with a warning', () => {
  const { warnings } = createCookieJar().accept(['a=1; SameSite=None'], api, now);
  assert.deepEqual(warnings.map(({ code }) => code), ['samesite-none-insecure']); // prettier-ignore
});
