import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeAttempt, retryWaitMs, type Attempt, type RetryScene } from '../../../src/core/session/retry.ts';

const now = Date.UTC(2026, 0, 1);
const status = (code: number, retryAfter?: string): Attempt => ({ kind: 'response', status: code, retryAfter });
const refused: Attempt = { kind: 'failure', code: 'connect-refused', requestSent: false };
const lost: Attempt = { kind: 'failure', code: 'connection-lost', requestSent: true };
const lostBefore: Attempt = { kind: 'failure', code: 'connection-lost', requestSent: false };
const slow: Attempt = { kind: 'failure', code: 'read-timeout', requestSent: true };

/** In words: `again`, `end`, or the code of the failure. */
function verdict(attempt: Attempt, scene: Partial<RetryScene>): string {
  const found = judgeAttempt(attempt, {
    setting: undefined,
    method: 'GET',
    replayable: true,
    before: [],
    now,
    random: 0,
    timeLeftMs: undefined,
    ...scene,
  });
  return found.kind === 'failed' ? found.failure.code : found.kind;
}

describe('whether an attempt is made again', () => {
  const list = { total: 3, statusForcelist: [503] };
  for (const [title, attempt, scene, expected] of [
    ['without a setting nothing is', refused, {}, 'end'],
    ['with 0 nothing is', refused, { setting: 0 }, 'end'],
    ['a number: a refused connection', refused, { setting: 2 }, 'again'],
    ['a number: whatever the method', refused, { setting: 2, method: 'POST' }, 'again'],
    ['a number: until it is used up', refused, { setting: 2, before: [refused, refused] }, 'end'],
    ['a number: no status', status(503, '1'), { setting: 2 }, 'end'],
    ['a number: no connection that was used', lost, { setting: 2 }, 'end'],
    [
      'a number: a connection that was lost before anything was sent',
      lostBefore,
      { setting: 2, method: 'POST' },
      'again',
    ],
    ['rules: a listed status', status(503), { setting: list }, 'again'],
    ['rules: no other status', status(500), { setting: list }, 'end'],
    ['rules: no method that is not allowed', status(503), { setting: list, method: 'POST' }, 'end'],
    [
      'rules: a method that is',
      status(503),
      { setting: { ...list, allowedMethods: ['post'] }, method: 'POST' },
      'again',
    ],
    ['rules: any method', status(503), { setting: { ...list, allowedMethods: 'any' }, method: 'POST' }, 'again'],
    ['rules: null is any method', status(503), { setting: { ...list, allowedMethods: null }, method: 'POST' }, 'again'],
    ['a lost connection and an idempotent method', lost, { setting: { total: 1 } }, 'again'],
    ['a lost connection and POST', lost, { setting: { total: 1 }, method: 'POST' }, 'end'],
    [
      'not even where every method is allowed',
      lost,
      { setting: { total: 1, allowedMethods: 'any' }, method: 'POST' },
      'end',
    ],
    ['no answer in time', slow, { setting: { total: 1 } }, 'again'],
    ['no answer in time to POST', slow, { setting: { total: 1 }, method: 'POST' }, 'end'],
    ['read used up before the total', lost, { setting: { total: 9, read: 1 }, before: [lost] }, 'end'],
    ['the total before connect', refused, { setting: { total: 1, connect: 5 }, before: [refused] }, 'end'],
    ['budgets are apart', refused, { setting: { connect: 1, read: 1 }, before: [lost] }, 'again'],
    [
      'a certificate that is not trusted',
      { kind: 'failure', code: 'tls-untrusted', requestSent: false },
      { setting: 3 },
      'end',
    ],
    ['a cancel', { kind: 'failure', code: 'cancelled', requestSent: true }, { setting: { total: 3 } }, 'end'],
    ['Retry-After without a list', status(429, '1'), { setting: { total: 1 } }, 'again'],
    ['Retry-After of another status', status(500, '1'), { setting: { total: 1 } }, 'end'],
    [
      'Retry-After that is not heeded',
      status(429, '1'),
      { setting: { total: 1, respectRetryAfterHeader: false } },
      'end',
    ],
    [
      'Retry-After when the total is used up',
      status(429, '1'),
      { setting: { total: 1 }, before: [status(429, '1')] },
      'end',
    ],
    ['a list used up fails', status(503), { setting: { ...list, total: 1 }, before: [status(503)] }, 'retry-exhausted'],
    ['a list used up without raising', status(503), { setting: { ...list, total: 0, raiseOnStatus: false } }, 'end'],
    ['a stream cannot be sent again', status(503), { setting: list, replayable: false }, 'body-not-replayable'],
    ['a stream that was not read can', refused, { setting: 1, replayable: false }, 'again'],
    ['a stream on a lost connection', lost, { setting: { total: 1 }, replayable: false }, 'end'],
    [
      'a wait that the total timeout does not allow',
      status(503, '5'),
      { setting: list, timeLeftMs: 5000 },
      'total-timeout',
    ],
  ] as const satisfies readonly (readonly [string, Attempt, Partial<RetryScene>, string])[]) {
    test(title, () => assert.equal(verdict(attempt, scene), expected));
  }

  test('the failure says what urllib3 says, and how often it was tried', () => {
    const setting = { total: 1, statusForcelist: [503] };
    const scene = { setting, method: 'GET', replayable: true, before: [status(503)], now, random: 0 };
    const found = judgeAttempt(status(503), { ...scene, timeLeftMs: undefined });
    assert.match(found.kind === 'failed' ? found.failure.message : '', /too many 503 error responses: all 2 attempts/);
  });
});

describe('milliseconds before the next attempt', () => {
  const rules = { backoffFactor: 0.5, backoffMax: 3 };
  for (const [title, failedAttempts, retryAfter, setting, expected] of [
    ['none after the first', 1, undefined, rules, 0],
    ['then doubled', 2, undefined, rules, 1000],
    ['and doubled', 3, undefined, rules, 2000],
    ['up to a limit', 4, undefined, rules, 3000],
    ['with jitter', 2, undefined, { ...rules, backoffJitter: 1 }, 1500],
    ['within the limit', 3, undefined, { ...rules, backoffJitter: 9 }, 3000],
    ['as the server says', 2, '7', rules, 7000],
    ['by a date', 2, 'Thu, 01 Jan 2026 00:00:04 GMT', rules, 4000],
    ['by a date of old form', 2, 'Thursday, 01-Jan-26 00:00:04 GMT', rules, 4000],
    ['by a date that is past', 2, 'Wed, 31 Dec 2025 23:59:59 GMT', rules, 0],
    ['not by other words', 2, 'soon', rules, 1000],
    ['not when it is not heeded', 2, '7', { ...rules, respectRetryAfterHeader: false }, 1000],
    ['at most six hours', 1, '99999999999999', rules, 21_600_000],
    ['of a number', 3, '7', 5, 0],
  ] as const) {
    test(title, () => assert.equal(retryWaitMs({ setting, failedAttempts, retryAfter, now, random: 0.5 }), expected));
  }
});
