import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hop } from '../../src/core/session/exchange.ts';
import { exchangeSecrets } from '../../src/present/exchangeSecrets.ts';
import { exchangeFixture, hopFixture, requestFixture, resultFixture } from './exchangeFixture.ts';

const request = requestFixture('GET', 'https://a.test/');

for (const [title, hop, expected] of [
  ['nothing', {}, []],
  [
    'a password in a Basic line',
    { sentHeaders: [['Authorization', `Basic ${btoa('u:long-password')}`]] },
    ['long-password'],
  ],
  [
    'a password of Digest, which is on no line',
    { request: { ...request, auth: { own: { type: 'digest', username: 'u', password: 'long-password' } } } },
    ['long-password'],
  ],
  [
    'a token of the session',
    { request: { ...request, auth: { session: { credentials: { type: 'bearer', token: 'long-token' } } } } },
    ['long-token'],
  ],
  ['no text so short that it is everywhere', { sentHeaders: [['Authorization', `Basic ${btoa('u:p')}`]] }, []],
] as const satisfies readonly (readonly [string, Partial<Hop>, readonly string[]])[]) {
  test(title, () => {
    const secrets = exchangeSecrets(resultFixture(exchangeFixture([hopFixture(hop)])));
    assert.deepEqual(
      secrets.filter((secret) => !/^Basic |^[A-Za-z0-9+/]+={0,2}$/.test(secret)),
      expected,
    );
  });
}
