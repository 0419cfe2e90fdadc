import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { CookieJar } from 'tough-cookie';
import type { Cookie } from '../../../../src/core/cookies/cookie.ts';
import { createCookieJar } from '../../../../src/core/cookies/createCookieJar.ts';
import { exportCookieJson, importCookieJson } from '../../../../src/core/cookies/formats/cookieJson.ts';
import type { CookieImport } from '../../../../src/core/cookies/formats/cookieImport.ts';
import { exportJetBrains, importJetBrains } from '../../../../src/core/cookies/formats/jetbrains.ts';
import { exportHarCookies, importHarCookies } from '../../../../src/core/cookies/formats/harCookies.ts';
import { exportNetscape, importNetscape } from '../../../../src/core/cookies/formats/netscape.ts';
import { importCookieHeader, importSetCookies } from '../../../../src/core/cookies/formats/pastedCookies.ts';
import { cookieFormatOf, readCookies } from '../../../../src/core/cookies/formats/readCookies.ts';
import { exportToughJson, importToughJson } from '../../../../src/core/cookies/formats/toughJson.ts';
import { cookieFileFormats, writeCookies } from '../../../../src/core/cookies/formats/writeCookies.ts';

/** The package has no types. */
const harSchema = createRequire(import.meta.url)('har-schema') as Readonly<Record<string, object>>;
const now = Date.UTC(2026, 0, 1);

function jarOf(...lines: readonly string[]): readonly Cookie[] {
  const jar = createCookieJar();
  jar.accept(lines, 'https://www.example.test/', now);
  return jar.cookiesFor('https://www.example.test/', now);
}

function shown({ cookies, errors }: CookieImport): string[] {
  const lines = cookies.map(
    ({ name, value, domain, hostOnly, path, secure, httpOnly, expires }) =>
      `${name}=${value} ${hostOnly ? '' : '.'}${domain}${path}${secure ? ' secure' : ''}${httpOnly ? ' httponly' : ''} ${expires ?? '-'}`,
  );
  return [...lines, ...errors.map(({ line, message }) => `${line ?? '-'}: ${message}`)];
}

/** A file in a format, and what it came to. */
function check(
  read: (text: string, now: number) => CookieImport,
  lines: readonly string[],
  expected: readonly string[],
) {
  assert.deepEqual(shown(read(lines.join('\n'), now)), expected);
}

test('cookies.txt: flags, comments, and each broken line by its number', () => {
  check(
    importNetscape,
    [
      '\ufeff# Netscape HTTP Cookie File\r',
      '',
      '#HttpOnly_.example.com\tTRUE\t/\tTRUE\t1893456000\tsid\tabc',
      'www.example.com\tFALSE\t/p\tFALSE\t0\tn\t\u00e9',
      'example.com\tFALSE\t/\tFALSE\t0\tempty',
      'broken line',
      'example.com\tmaybe\t/\tFALSE\t0\ta\tb',
      'example.com\tTRUE\t/\tFALSE\tsoon\ta\tb',
      'com\tTRUE\t/\tFALSE\t0\ta\tb',
      'example.com\tTRUE\t/\tFALSE\t0\ta\tb;c',
    ],
    [
      'sid=abc .example.com/ secure httponly 1893456000000',
      'n=\u00c3\u00a9 www.example.com/p -',
      'empty= example.com/ -',
      '6: The line has 1 fields; it must have 7.',
      '7: The second and the fourth field must be TRUE or FALSE.',
      '8: The fifth field must be the time of expiry in seconds.',
      '9: The domain com is a public suffix: the cookie would go to hosts of strangers.',
      '10: The value holds ";", which would start another pair.',
    ],
  );
});

test("JetBrains' file: dates, -1 for none, a dot for hosts below", () => {
  check(
    importJetBrains,
    [
      '# domain\tpath\tname\tvalue\tdate',
      'localhost\t/\tJSESSIONID\t19AE\t-1',
      '.example.com\t/app\ttoken\tx y\tThu, 25-Sep-2031 01:02:03',
      'example.com\t/\t__Host-a\t1\tFri, 12-Sep-2031 05:21:26 GMT',
      'example.com\t/\ta\t1\tsome day',
      'example.com /',
    ],
    [
      'JSESSIONID=19AE localhost/ -',
      `token=x y .example.com/app ${Date.UTC(2031, 8, 25, 1, 2, 3)}`,
      `__Host-a=1 example.com/ secure ${Date.UTC(2031, 8, 12, 5, 21, 26)}`,
      '5: The date "some day" cannot be read; write -1 for none.',
      '6: The line has 1 fields; it must have 5.',
    ],
  );
});

test('JSON: what cannot be read is named by its number', () => {
  const good = { name: 'a', value: '1', domain: 'h.test', path: '/' };
  check(
    importCookieJson,
    [JSON.stringify([good, { ...good, value: 1 }, { ...good, value: 'a\nb' }])],
    [
      'a=1 h.test/ -',
      '-: Cookie 2: a field is missing or has the wrong type.',
      '-: Cookie 3: The value holds the control character U+000A, which would break the header line.',
    ],
  );
  check(
    importCookieJson,
    ['{"version":2,"cookies":[]}'],
    ['-: The file was written by a newer version of Crumbtrail. Update it first.'],
  );
  check(importCookieJson, ['nothing'], ['-: This is no list of cookies in JSON.']);
});

describe('what is exported and imported again gives the same Cookie headers', () => {
  const cookies = jarOf(
    'h=1; Path=/',
    'd=\u00c3\u00a9; Domain=example.test; Path=/',
    'p="q r"; Max-Age=100; Secure; HttpOnly; Path=/',
  );
  const formats: readonly (readonly [string, (cookies: readonly Cookie[]) => string, typeof importNetscape])[] = [
    ['cookies.txt', (all) => exportNetscape(all).text, importNetscape],
    ['JetBrains', (all) => exportJetBrains(all).text, importJetBrains],
    ['JSON', exportCookieJson, importCookieJson],
    ['tough-cookie', (all) => exportToughJson(all).text, importToughJson],
    ['HAR', (all) => exportHarCookies(all, { name: 'test', version: '1' }).text, importHarCookies],
  ];
  for (const [name, write, read] of formats) {
    test(name, () => {
      const { cookies: again, errors } = read(write(cookies), now);
      assert.deepEqual(errors, []);
      const jar = createCookieJar();
      for (const cookie of again) assert.deepEqual(jar.put(cookie), { ok: true });
      const facts = (each: Cookie) => `${each.name}=${each.value} ${each.domain} ${each.hostOnly} ${each.expires}`;
      assert.deepEqual(jar.cookiesFor('https://www.example.test/', now).map(facts), cookies.map(facts));
    });
  }
});

test('no value can make a line or a field: such a cookie is left out and named', () => {
  const cookies = jarOf('tab=x\ty', 'latin=\u00e9', 'fine=1');
  for (const { text, leftOut } of [exportNetscape(cookies), exportJetBrains(cookies)]) {
    assert.equal(text.split('\n').filter((line) => line.includes('fine')).length, 1);
    assert.equal(text.trimEnd().split('\n').length, 2);
    assert.deepEqual(
      leftOut.map(({ cookie, reason }) => `${cookie.name}: ${reason}`),
      [
        'tab: it holds a tab or another control character, which would break the line',
        'latin: its name or value is not UTF-8 text',
      ],
    );
  }
});

test('tough-cookie reads what is written for it, and its own jar comes back', () => {
  const cookies = jarOf('h=1; Path=/', 'd=2; Domain=example.test; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=100');
  const jar = CookieJar.deserializeSync(exportToughJson(cookies).text);
  assert.equal(jar.getCookieStringSync('https://www.example.test/', { expire: false }), 'h=1; d=2');
  check(
    importToughJson,
    [JSON.stringify(jar.serializeSync())],
    ['h=1 www.example.test/ -', `d=2 .example.test/ secure httponly ${now + 100_000}`],
  );
  check(
    importToughJson,
    ['{"cookies":[{"key":"a"},{"key":"b","value":"1","domain":"com","hostOnly":false}]}'],
    [
      '-: Cookie 1: "key" or "domain" is missing or no text.',
      '-: Cookie 2: The domain com is a public suffix: the cookie would go to hosts of strangers.',
    ],
  );
});

test('HAR: Set-Cookie lines in order, cookies without lines, and those that were there before', () => {
  const entry = (url: string, sent: object[], cookies: object[], lines: string[] = []) => ({
    request: { url, cookies: sent },
    response: { cookies, headers: lines.map((value) => ({ name: 'set-cookie', value })) },
  });
  const log = {
    entries: [
      entry(
        'https://a.test/x',
        [{ name: 'old', value: '1' }],
        [{ name: 'not read', value: '' }],
        ['sid=1\nother=2; Path=/'],
      ),
      entry('https://a.test/x', [{ name: 'sid', value: '1' }], [], ['sid=3', 'other=; Max-Age=0; Path=/']),
      entry(
        'http://b.test/',
        [],
        [{ name: 'plain', value: 'v', path: '/p', httpOnly: true, expires: '2031-01-01T00:00:00Z' }],
      ),
      entry('http://b.test/', [], [], ['evil=1; Domain=a.test']),
      entry('about:blank', [], []),
    ],
  };
  check(
    importHarCookies,
    [JSON.stringify({ log })],
    [
      'old=1 a.test/ secure -',
      'sid=3 a.test/ -',
      `plain=v b.test/p httponly ${Date.UTC(2031, 0, 1)}`,
      '-: Entry 4: the cookie evil is refused: Domain=a.test does not cover the host that set it (b.test).',
      '-: Entry 5: the request has no http URL.',
    ],
  );
});

test('what is written as HAR follows the schema of HAR 1.2', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const schema of Object.values(harSchema))
    ajv.addSchema({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
  const validate = ajv.getSchema('har.json');
  assert.ok(validate);
  const cookies = jarOf('h=1; Path=/; Max-Age=9', 'd=2; Domain=example.test; Secure');
  const har: unknown = JSON.parse(exportHarCookies(cookies, { name: 'test', version: '1' }).text);
  assert.equal(validate(har), true, JSON.stringify(validate.errors));
});

test('pasted lines: a Cookie line is for one host, Set-Cookie lines are judged as an answer would be', () => {
  const [host, secure] = ['http://a.test:8080/x', 'https://a.test/x/y'];
  const header = (text: string) => importCookieHeader(text, host, now);
  check(header, ['Cookie: a=1; b="2 3"; bare;'], ['a=1 a.test/ -', 'b="2 3" a.test/ -', '=bare a.test/ -']);
  check(
    header,
    ['a=1; __Host-x=1'],
    ['a=1 a.test/ -', '-: __Host-x: The name prefix __Host- demands Secure, Path=/ and no Domain.'],
  );
  check(
    (text) => importCookieHeader(text, 'nothing', now),
    ['a=1'],
    ['-: Say which URL the cookies belong to, for example https://api.example.com/.'],
  );
  check(
    (text) => importSetCookies(text, secure, now),
    ['Set-Cookie: a=1; Secure', '', 'b=é; Path=/', 'c=1; Domain=b.test'],
    ['b=Ã© a.test/ -', 'a=1 a.test/x secure -', '4: Domain=b.test does not cover the host that set it (a.test).'],
  );
});

test('what a text is, is seen from the text', () => {
  for (const [text, format] of [
    ['# Netscape HTTP Cookie File\n', 'netscape'],
    ['a.test\tFALSE\t/\tFALSE\t0\ta\t1', 'netscape'],
    ['a.test\t/\ta\t1\t-1', 'jetbrains'],
    ['{"version":1,"cookies":[]}', 'json'],
    ['[{"key":"a"}]', 'tough'],
    ['{"log":{"entries":[]}}', 'har'],
    ['Cookie: a=1', 'cookie'],
    ['a=1; b=2', 'cookie'],
    ['Set-Cookie: a=1', 'set-cookie'],
    ['a=1; Path=/; HttpOnly', 'set-cookie'],
    ['nonsense', 'netscape'],
  ] as const) {
    assert.equal(cookieFormatOf(text), format, text);
  }
  const cookies = jarOf('h=1; Path=/');
  for (const format of cookieFileFormats) {
    const { text } = writeCookies(cookies, format);
    assert.equal(cookieFormatOf(text), format);
    assert.equal(readCookies(text, format, now).cookies.length, 1);
  }
});
