import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cookie } from '../../src/core/cookies/cookie.ts';
import { cookiesView, cookieWords } from '../../src/present/cookieViews.ts';
import { cookieFixture, loginHops, sentAt } from './exchangeFixture.ts';

function check(fields: Partial<Cookie>, expected: string): void {
  assert.equal(cookieWords(cookieFixture(fields), sentAt), expected);
}

const plain = { secure: false, httpOnly: false };
const day = 24 * 3600 * 1000;

test('a cookie in words', () => {
  check({}, 'host only · HttpOnly · Secure · ends with the session');
  check({ ...plain, path: '/app' }, 'host only /app · ends with the session');
  check(
    { ...plain, hostOnly: false, domain: 'example.test', expires: sentAt + 30 * day },
    '.example.test / · in 30 days',
  );
  check(
    { ...plain, sameSite: 'lax', partitioned: true },
    'host only · SameSite lax · Partitioned · ends with the session',
  );
  check({ ...plain, expires: sentAt - 7200_000 }, 'host only · expired 2 hours ago');
  check({ ...plain, expires: sentAt + 500 }, 'host only · in less than a second');
});

test('the three groups of a hop', () => {
  const view = cookiesView(loginHops()[0]!.cookies, sentAt);
  assert.deepEqual(
    view.sent.map(({ name, value, scope, explicit }) => [name, value, scope, explicit]),
    [['theme', 'dark', '.example.test /', false]],
  );
  assert.deepEqual(
    view.set.map(({ name, action, value, previous, attributes }) => [name, action, previous, value, attributes]),
    [
      ['sid', 'added', undefined, '8f14e45fceea167a', 'host only · HttpOnly · Secure · ends with the session'],
      ['theme', 'updated', 'dark', 'light', '.example.test / · in 30 days'],
    ],
  );
  assert.deepEqual(view.refused, [
    {
      name: 'track',
      reason: 'domain-mismatch',
      message: 'Domain=ads.test does not cover the host that set it (api.example.test)',
      raw: 'track=1; Domain=ads.test',
    },
  ]);
});

test('a pair of the file has no cookie behind it', () => {
  const view = cookiesView({ sent: [{ explicit: true, name: 'theme', value: 'light' }], received: [] }, sentAt);
  assert.deepEqual(view.sent, [
    { name: 'theme', value: 'light', scope: 'from the Cookie line of the file', explicit: true },
  ]);
});

test('a deletion says what was deleted, or that there was nothing', () => {
  const cookie = cookieFixture({ value: '' });
  const words = (previous: Cookie | undefined): string | undefined =>
    cookiesView({ sent: [], received: [{ kind: 'deleted', raw: '', cookie, previous }] }, sentAt).set[0]?.attributes;
  assert.equal(words(cookieFixture()), 'deleted by the server · host only /');
  assert.equal(words(undefined), 'deleted by the server; there was none');
});
