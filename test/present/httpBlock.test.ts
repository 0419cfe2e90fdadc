import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeaderList } from '../../src/core/http/headerList.ts';
import { createMask } from '../../src/present/mask.ts';
import { hopAsHttp, httpBlock } from '../../src/present/httpBlock.ts';
import { hopFixture, loginHops, requestFixture, responseFixture } from './exchangeFixture.ts';

/** What stands below the separator line. */
function check(headers: HeaderList, body: string | undefined, expected: readonly string[]): void {
  const block = httpBlock(requestFixture('POST', 'https://api.example.test/login', headers, body));
  assert.equal(block, ['### POST /login', ...expected, ''].join('\n'));
}

const line = 'POST https://api.example.test/login';

test('a request as a block, without the lines that a send writes by itself', () => {
  check([], undefined, [line]);
  check(
    [
      ['Host', 'api.example.test'],
      ['Content-Length', '7'],
      ['Content-Type', 'application/json'],
      ['X-Twice', '1'],
      ['X-Twice', '2'],
    ],
    '{"a":1}',
    [line, 'Content-Type: application/json', 'X-Twice: 1', 'X-Twice: 2', '', '{"a":1}'],
  );
  check([['Host', 'other.test']], 'x', [line, 'Host: other.test', '', 'x']);
  check([], 'one\n\n  two', [line, '', 'one', '', '  two']);
});

test('a body with lines that look like comments asks for them to be sent', () => {
  check([], 'a\n# b', ['# @raw-body', line, '', 'a', '# b']);
});

test('a body that the format would read as its own becomes a file', () => {
  const note = '# The body (SIZE) cannot be written out here: save it to a file and put its path below.';
  const file = (size: string): string[] => ['', note.replace('SIZE', size), '< ./body'];
  check([], 'a\n### b', [line, ...file('7 bytes')]);
  check([], '< ./secret.txt', [line, ...file('14 bytes')]);
  check([], '\nblank first', [line, ...file('12 bytes')]);
  check([], 'a\r\nb', [line, ...file('4 bytes')]);
  check([], 'Hello {{name}}', [line, ...file('14 bytes')]);
  const form: HeaderList = [['Content-Type', 'application/x-www-form-urlencoded']];
  check(form, 'a=1&\nb=2', [line, 'Content-Type: application/x-www-form-urlencoded', ...file('8 bytes')]);
});

test('braces of a URL cannot become a placeholder', () => {
  const request = requestFixture('GET', 'https://api.example.test/?q={{x}}');
  assert.equal(httpBlock(request), '### GET /\nGET https://api.example.test/?q=%7B%7Bx%7D%7D\n');
});

test('braces of a header cannot be written, and that is said', () => {
  check([['X-T', '{{x}}']], undefined, [
    '# "{{" in a header is read as a placeholder here; it was sent as it stands.',
    line,
    'X-T: {{x}}',
  ]);
});

test('a multipart body is written with plain ends of lines; one that is not made so becomes a file', () => {
  const type: HeaderList = [['Content-Type', 'multipart/form-data; boundary=x']];
  const [contentType, parts] = [
    'Content-Type: multipart/form-data; boundary=x',
    ['--x', 'Content-Type: a/b', '', '1', '--x--'],
  ];
  check(type, `${parts.join('\r\n')}\r\n`, [line, contentType, '', ...parts]);
  const note = '# The body (SIZE) cannot be written out here: save it to a file and put its path below.';
  check(type, parts.join('\n'), [line, contentType, '', note.replace('SIZE', '30 bytes'), '< ./body']);
});

test('HTTP/2 is asked for where it was used', () => {
  const request = { ...requestFixture('GET', 'https://api.example.test/'), httpVersion: '2' as const };
  assert.match(httpBlock(request), /^GET \S+ HTTP\/2$/m);
});

test('a hop brings no cookies of the jar, and may bring what follows from it', () => {
  const [login, callback] = loginHops();
  assert.doesNotMatch(hopAsHttp(login!), /Cookie/);
  assert.match(hopAsHttp(login!, { next: true }), /^GET https:\/\/api\.example\.test\/sso\/callback/m);
  assert.doesNotMatch(hopAsHttp(callback!, { next: true }), /Authorization/);
});

test('the next hop of a redirect that was not followed is decided as if it were', () => {
  const stopped = hopFixture({
    request: requestFixture('POST', 'https://api.example.test/a', [['Authorization', 'Bearer x']], 'body'),
    response: responseFixture(302, 'Found', [['Location', 'https://other.test/b']]),
    decision: { kind: 'stop', reason: 'not-followed', nextUrl: 'https://other.test/b' },
  });
  assert.equal(hopAsHttp(stopped, { next: true }), '### GET /b\nGET https://other.test/b\n');
});

test('a mask takes the secrets out', () => {
  assert.match(hopAsHttp(loginHops()[0]!, { mask: createMask([]) }), /^Authorization: Bearer \*\*\*$/m);
});
