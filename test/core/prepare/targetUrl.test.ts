import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { httpUrl, targetUrl } from '../../../src/core/prepare/targetUrl.ts';

describe('targets that can be sent', () => {
  for (const [target, host, expected] of [
    ['http://a.test/x', undefined, 'http://a.test/x'],
    ['HTTPS://A.Test/Path', undefined, 'https://a.test/Path'],
    ['/x?a=1', 'a.test', 'http://a.test/x?a=1'],
    ['/x', 'a.test:443', 'https://a.test/x'],
    ['/x', 'a.test:8443', 'https://a.test:8443/x'],
    ['/x', 'a.test:8080', 'http://a.test:8080/x'],
    ['/x', 'https://a.test/', 'https://a.test/x'],
    ['//a.test/x', undefined, 'http://a.test/x'],
    ['*', 'a.test', 'http://a.test/'],
    ['localhost', undefined, 'http://localhost/'],
    ['localhost:3000/x', undefined, 'http://localhost:3000/x'],
    ['127.0.0.1:80/x', undefined, 'http://127.0.0.1/x'],
    ['[::1]:3000/x', undefined, 'http://[::1]:3000/x'],
    ['example.com/x', undefined, 'http://example.com/x'],
    ['example.com?x=1', undefined, 'http://example.com/?x=1'],
    ['my-server:8080/x', undefined, 'http://my-server:8080/x'],
    ['http://bücher.test/č', undefined, 'http://xn--bcher-kva.test/%C4%8D'],
    ['http://a.test/a b?q=c d', undefined, 'http://a.test/a%20b?q=c%20d'],
    ['http://a.test/%20/%zz?%2F', undefined, 'http://a.test/%20/%zz?%2F'],
    [
      'http://a.test/Books { ID, title } order by stock desc',
      undefined,
      'http://a.test/Books%20%7B%20ID,%20title%20%7D%20order%20by%20stock%20desc',
    ],
    ['http://a.test/?filter={"page":1}', undefined, 'http://a.test/?filter={%22page%22:1}'],
    ["http://a.test/?$filter=name eq 'x'", undefined, 'http://a.test/?$filter=name%20eq%20%27x%27'],
    ['http://a.test/?q=a+b&d=%2B#f', undefined, 'http://a.test/?q=a+b&d=%2B#f'],
    ['http://a.test/검색', undefined, 'http://a.test/%EA%B2%80%EC%83%89'],
    ['http://a.test/a\tb', undefined, 'http://a.test/a%09b'],
    ['http://a.test//a//b/../c', undefined, 'http://a.test//a//c'],
    [' http://a.test/ ', undefined, 'http://a.test/'],
    ['http://a.test/}}', undefined, 'http://a.test/%7D%7D'],
  ] as const) {
    test(`${target}${host === undefined ? '' : ` at ${host}`}`, () => {
      const verdict = targetUrl(target, host);
      assert.equal(verdict.ok ? verdict.url.href : verdict.message, expected);
    });
  }
});

describe('targets that cannot', () => {
  for (const [target, code] of [
    ['', 'invalid-url'],
    ['/x', 'missing-scheme'],
    ['foo/x', 'missing-scheme'],
    ['[[.ServerURL]]/x', 'missing-scheme'],
    ['{{base}}/x', 'missing-scheme'],
    ['ftp://a.test/', 'unsupported-scheme'],
    ['ws://a.test/', 'unsupported-scheme'],
    ['mailto:me@a.test', 'unsupported-scheme'],
    ['http://', 'invalid-url'],
    ['http://*', 'invalid-url'],
    ['http://a b/', 'invalid-url'],
    ['http://a.test:99999/', 'invalid-url'],
    ['http:/a.test/', 'invalid-url'],
    ['http:a.test', 'invalid-url'],
    ['https://[[.ServerURL]]/x', 'invalid-url'],
  ] as const) {
    test(`${target || '(nothing)'}: ${code}`, () => {
      const verdict = targetUrl(target, undefined);
      assert.equal(verdict.ok ? verdict.url.href : verdict.code, code);
    });
  }

  test('a message does not repeat a password', () => {
    const verdict = targetUrl('http://me:PASS@a b/', undefined);
    assert.ok(!verdict.ok && !verdict.message.includes('PASS'));
  });
});

test('where there is no request line, a scheme is never guessed', () => {
  const verdict = httpUrl('example.com/x');
  assert.equal(verdict.ok ? '' : verdict.code, 'missing-scheme');
});
