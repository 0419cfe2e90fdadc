import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeoutsOf } from '../../../src/core/session/timeouts.ts';

const defaults = { connectMs: 30_000, readMs: 120_000 };

const table: [value: unknown, expected: object | 'invalid-setting'][] = [
  [100, { connectMs: 100, readMs: 100 }],
  [null, {}],
  [{ connectMs: 5 }, { connectMs: 5, readMs: 120_000 }],
  [
    { readMs: null, totalMs: 9 },
    { connectMs: 30_000, readMs: undefined, totalMs: 9 },
  ],
  [{}, defaults],
  [-1, 'invalid-setting'],
  [Number.NaN, 'invalid-setting'],
  ['abc', 'invalid-setting'],
  [[3, 4, 5], 'invalid-setting'],
  [{ connectMs: '1' }, 'invalid-setting'],
  [{ conectMs: 1 }, 'invalid-setting'],
];

for (const [value, expected] of table) {
  test(`timeoutsOf ${JSON.stringify(value)}`, () => {
    const verdict = timeoutsOf(value, defaults);
    assert.deepEqual(verdict.ok ? verdict.timeouts : verdict.failure.code, expected);
  });
}
