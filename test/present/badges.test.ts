import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SetCookieVerdict } from '../../src/core/cookies/cookie.ts';
import type { Change, Decision } from '../../src/core/session/exchange.ts';
import { badges } from '../../src/present/badges.ts';
import { cookieFixture, hopFixture, requestFixture } from './exchangeFixture.ts';

/** Expected texts; those in the warning colour begin with `! `. */
function check(decision: Decision, received: readonly SetCookieVerdict[], expected: readonly string[]): void {
  const shown = badges(hopFixture({ decision, cookies: { sent: [], received } }));
  assert.deepEqual(
    shown.map(({ text, warn }) => (warn ? `! ${text}` : text)),
    expected,
  );
}

function to(url: string, changes: readonly Change[], waitMs?: number): Decision {
  const next = requestFixture('GET', url);
  const decision = { kind: 'follow', cause: 'redirect', reason: 'redirect', next, changes } as const;
  return waitMs === undefined ? decision : { ...decision, waitMs };
}

const here = 'https://api.example.test/next';
const elsewhere = 'https://app.example.test/';
const final: Decision = { kind: 'stop', reason: 'final' };
const header = (name: string, to?: string): Change => ({
  kind: 'header',
  name,
  why: 'a reason',
  ...(to === undefined ? {} : { to }),
});
const method: Change = { kind: 'method', from: 'POST', to: 'GET', why: '302 asks for GET' };
const body: Change = { kind: 'body', why: '302 is followed without the body' };

test('changes on the way to the next hop', () => {
  check(to(here, []), [], []);
  check(to(here, [method, body, header('Content-Type'), header('content-length')]), [], ['POST → GET', 'body dropped']);
  check(to(here, [method, header('Content-Type')]), [], ['POST → GET', 'body headers dropped']);
  check(
    to(elsewhere, [header('Authorization'), header('Cookie')]),
    [],
    ['! Authorization dropped: other origin', '! Cookie dropped: other origin'],
  );
  check(to(here, [header('Proxy-Authorization')]), [], ['! Proxy-Authorization dropped']);
  check(to(elsewhere, [header('Host')]), [], ['Host dropped: other origin']);
  check(to(here, [header('Authorization', 'Digest x')]), [], ['Authorization added']);
  check(to(here, [{ kind: 'fragment', to: '#a', why: 'inherited' }]), [], []);
  check(to(here, [], 2000), [], ['wait of 2 seconds']);
  const cut = { ...(to(here, [], 2000) as Extract<Decision, { kind: 'follow' }>), skippedMs: 58_000 };
  check(cut, [], ['waited 2 seconds, then sent at once']);
});

test('a short text keeps its whole reason', () => {
  const [badge] = badges(hopFixture({ decision: to(elsewhere, [header('Authorization')]) }));
  assert.equal(badge?.why, 'a reason');
});

test('ends that are not final', () => {
  check(final, [], []);
  check({ kind: 'stop', reason: 'no-location' }, [], ['! redirect without a Location']);
  check({ kind: 'stop', reason: 'not-followed' }, [], ['! redirect not followed']);
  check({ kind: 'stop', reason: 'follow-limit' }, [], ['! stopped by @follow']);
  check({ kind: 'stop', reason: 'failed' }, [], []);
});

test('cookies are counted by what became of them', () => {
  const cookie = cookieFixture();
  const stored = (action: 'added' | 'updated' | 'unchanged'): SetCookieVerdict => ({
    kind: 'stored',
    raw: '',
    cookie,
    action,
    previous: undefined,
  });
  const refused: SetCookieVerdict = { kind: 'rejected', raw: '', name: 'x', reason: 'prefix', message: 'no' };
  const deleted: SetCookieVerdict = { kind: 'deleted', raw: '', cookie, previous: cookie };
  check(final, [stored('added'), stored('added')], ['+2 cookies']);
  check(
    final,
    [stored('added'), stored('updated'), deleted, refused],
    ['+1 cookie', '1 cookie updated', '−1 cookie', '! 1 cookie refused'],
  );
  check(final, [stored('unchanged'), { ...deleted, previous: undefined }], []);
});

test('how the server was reached: unverified in the warning colour, and through which proxy', () => {
  const { wire } = hopFixture({});
  const connection = { id: 1, origin: here, via: 'http://proxy.test:3128', reused: false, attempts: [] };
  const shown = badges(
    hopFixture({
      decision: final,
      wire: { ...wire, connection },
      warnings: [{ code: 'not-verified', message: 'It would be refused: CERT_HAS_EXPIRED.' }],
    }),
  );
  assert.deepEqual(shown, [
    { text: 'certificate not verified', warn: true, why: 'It would be refused: CERT_HAS_EXPIRED.' },
    { text: 'proxy', warn: false, why: 'through http://proxy.test:3128' },
  ]);
});
