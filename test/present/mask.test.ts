import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMask, noMask } from '../../src/present/mask.ts';

const secret = 'p&ss wörd/1';
const mask = createMask([secret, 'abc', '']);

function check(
  table: readonly (readonly [input: string, expected: string])[],
  masked: (input: string) => string,
): void {
  for (const [input, expected] of table) assert.equal(masked(input), expected, input);
}

describe('header', () => {
  const table: [name: string, value: string, expected: string][] = [
    ['Authorization', 'Bearer t.o.k', 'Bearer ***'],
    ['authorization', 'basic dXNlcjpw', 'basic ***'],
    ['Proxy-Authorization', 'Digest username="u", response="x"', 'Digest ***'],
    ['Authorization', 'a.raw.jwt', '***'],
    ['Authorization', 'my secret words', '***'],
    ['Authorization', '', ''],
    ['Cookie', 'a=1; b=2=3; lonely', 'a=***; b=***; ***'],
    ['Set-Cookie', 'sid=x=y; Path=/; HttpOnly', 'sid=***; Path=/; HttpOnly'],
    ['Set-Cookie', 'lonely; Path=/', '***; Path=/'],
    ['X-Api-Key', 'k', '***'],
    ['X-CSRF-Token', 'k', '***'],
    ['Client-Secret', 'k', '***'],
    ['X-Password', 'k', '***'],
    ['Idempotency-Key', 'k', 'k'],
    ['Accept', 'text/html', 'text/html'],
    ['X-Trace', 'before abc after', 'before *** after'],
    ['Location', 'https://u:p@h/x?token=1&page=2', 'https://***@h/x?token=***&page=2'],
    ['WWW-Authenticate', 'Bearer realm="demo"', 'Bearer realm="demo"'],
  ];
  for (const [name, value, expected] of table) {
    test(`${name}: ${value}`, () => assert.equal(mask.header(name, value), expected));
  }
});

test('text loses secrets in every form they take on the way', () => {
  check(
    [
      [`plain ${secret}.`, 'plain ***.'],
      [`percent ${encodeURIComponent(secret)}`, 'percent ***'],
      [
        `percent in lower case ${encodeURIComponent(secret).replaceAll('%2F', '%2f').replaceAll('%C3%B6', '%c3%b6').replaceAll('%26', '%26')}`,
        'percent in lower case ***',
      ],
      [`form ${encodeURIComponent(secret).replaceAll('%20', '+')}`, 'form ***'],
      [`json ${JSON.stringify({ a: `${secret}"` })}`, 'json {"a":"***\\""}'],
      [`base64 ${Buffer.from(secret).toString('base64')}`, 'base64 ***'],
      [`Basic ${Buffer.from(`user:${secret}`).toString('base64')}`, 'Basic ***'],
      [
        `Basic ${Buffer.from('user:other').toString('base64')}`,
        `Basic ${Buffer.from('user:other').toString('base64')}`,
      ],
      ['nothing here', 'nothing here'],
    ],
    mask.text,
  );
});

test('a secret that holds another is masked whole, special characters are letters, a tiny one is left', () => {
  check([['abcdef abc', '*** ***']], createMask(['abc', 'abcdef']).text);
  check([['a.c+ abc', '*** abc']], createMask(['a.c+']).text);
  check([['a b', 'a b']], createMask(['a']).text);
});

test('url loses userinfo, parameters whose names look secret, and secrets', () => {
  check(
    [
      ['http://u:p@h.test/', 'http://***@h.test/'],
      ['http://h.test/?access_token=x&q=1#id_token=y', 'http://h.test/?access_token=***&q=1#id_token=***'],
      ['http://h.test/cb?code=9f&state=1', 'http://h.test/cb?code=***&state=1'],
      ['http://h.test/abc/x', 'http://h.test/***/x'],
      ['http://h.test/?token=', 'http://h.test/?token='],
    ],
    mask.url,
  );
});

test('a cookie value is a secret by nature, an empty one is not', () => {
  assert.deepEqual(['x', ''].map(mask.cookie), ['***', '']);
});

test('without a mask everything stays', () => {
  assert.equal(noMask.header('Cookie', 'a=1'), 'a=1');
  assert.equal(noMask.url('http://u:p@h/'), 'http://u:p@h/');
  assert.equal(noMask.text('abc') + noMask.cookie('x'), 'abcx');
});

test('a secret may be of any size, and there may be many', () => {
  const huge = 'x'.repeat(300_000);
  assert.equal(createMask([huge]).text(`before ${huge} after`), 'before *** after');
  const many = Array.from({ length: 5000 }, (_, index) => `token-${index}-of-many`);
  const masks = createMask([huge, ...many]);
  assert.equal(masks.text(many.join('\n')), many.map(() => '***').join('\n'));
  assert.equal(masks.text(`{"a":"${huge}","b":"token-7-of-none"}`), '{"a":"***","b":"token-7-of-none"}');
});

test('of two secrets that begin alike the longer one is masked whole', () => {
  const both = createMask(['abc', 'abcdef', 'cde']);
  check(
    [
      ['abcdefg', '***g'],
      ['abcdeg', '***deg'],
      ['xcdex', 'x***x'],
      ['ab', 'ab'],
    ],
    both.text,
  );
});
