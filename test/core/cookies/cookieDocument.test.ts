import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cookie } from '../../../src/core/cookies/cookie.ts';
import { cookieDocument, readCookieDocument } from '../../../src/core/cookies/cookieDocument.ts';
import { createCookieJar } from '../../../src/core/cookies/createCookieJar.ts';
import { setCookieLine } from '../../../src/core/cookies/setCookieLine.ts';

const now = Date.UTC(2026, 0, 1);

function cookieOf(line: string): Cookie {
  const jar = createCookieJar();
  jar.accept([line], 'https://www.example.test/app/', 5);
  const [cookie] = jar.all(5);
  assert.ok(cookie);
  return cookie;
}

/** A text saved over a cookie (or over none), and the Set-Cookie line of what it came to, or the fault. */
function check(text: string, expected: string, before?: Cookie): void {
  const reading = readCookieDocument(text, now, before);
  assert.equal('fault' in reading ? reading.fault : setCookieLine(reading.cookie), expected);
}

describe('the document of a cookie', () => {
  for (const line of [
    'a=1; Path=/app',
    'a=Ã©; Domain=example.test; Path=/; Expires=Tue, 24 Dec 2030 12:00:00 GMT; Secure; HttpOnly; SameSite=Strict; Partitioned',
    'bare; Path=/',
  ]) {
    test(`saved as it is keeps ${line}`, () => {
      const cookie = cookieOf(line);
      assert.equal(setCookieLine(cookie), line);
      check(cookieDocument(cookie), line, cookie);
      check(`Set-Cookie: ${line}`.replace('Ã©', 'é'), line, cookie);
    });
  }

  test('says what is wrong with it', () => {
    const fields = (more: object) => JSON.stringify({ name: 'a', value: '1', domain: 'a.test', ...more });
    check('', 'The document is empty. Write the fields of the cookie, or a Set-Cookie line.');
    check('{ "name": ', 'This is not valid JSON. Correct it, then save again.');
    check(
      fields({ color: 1 }),
      'A cookie has no "color". It has name, value, domain, path, hostOnly, secure, httpOnly, partitioned, expires, sameSite.',
    );
    check(fields({ value: 1 }), '"value" must be a text in quotes.');
    check(fields({ secure: 'yes' }), '"secure" must be true or false.');
    check(fields({ sameSite: 'Sometimes' }), '"sameSite" must be "strict", "lax", "none" or null.');
    check(
      fields({ expires: 'soon' }),
      '"expires" must be a date such as 2031-12-24T12:00:00Z, a time such as "in 2 hours", or null.',
    );
    check(fields({ domain: '' }), 'A cookie needs a domain; without one it would go to every host.');
    check(fields({ value: 'a;b' }), 'The value holds ";", which would start another pair.');
    check('a=1; Path=/', 'The line names no host. Add Domain=…, for example Domain=api.example.com.');
    check(
      'a=1; Domain=co.uk',
      'Domain=co.uk is a public suffix: the cookie would go to hosts of strangers.',
      cookieOf('a=1'),
    );
    check('a=1; Domain=a.test\nb=1; Domain=a.test', 'Write one Set-Cookie line; "Import Cookies" takes several.');
  });

  test('a line for another domain is a cookie of that domain', () => {
    check('a=2; Domain=other.test; Path=/', 'a=2; Domain=other.test; Path=/', cookieOf('a=1; Path=/'));
    check('a=2; Domain=127.0.0.1; Path=/', 'a=2; Path=/');
  });

  test('takes times in words, and a comment in JSON', () => {
    check(
      '{ /* mine */ "name": "a", "value": "1", "domain": "a.test", "expires": "in 2 hours", }',
      'a=1; Path=/; Expires=Thu, 01 Jan 2026 02:00:00 GMT',
    );
  });

  test('a saved cookie keeps its place and is the user’s', () => {
    const before = cookieOf('a=1; Path=/');
    const reading = readCookieDocument(cookieDocument(before).replace('"1"', '"2"'), now, before);
    assert.ok('cookie' in reading);
    const { created, lastSet, source, value } = reading.cookie;
    assert.deepEqual([value, created, lastSet, source], ['2', before.created, now, { kind: 'user', at: now }]);
  });
});
