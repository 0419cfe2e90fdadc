import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cookie } from '../../../../src/core/cookies/cookie.ts';
import { createCookieJar } from '../../../../src/core/cookies/createCookieJar.ts';
import { exportCookieJson, importCookieJson } from '../../../../src/core/cookies/formats/cookieJson.ts';
import type { CookieImport } from '../../../../src/core/cookies/formats/cookieImport.ts';
import { exportJetBrains, importJetBrains } from '../../../../src/core/cookies/formats/jetbrains.ts';
import { exportNetscape, importNetscape } from '../../../../src/core/cookies/formats/netscape.ts';

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
