import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearestNames } from '../../../src/core/variables/nearestName.ts';

const names = ['token', 'tokens', 'host', 'hostname', 'baseUrl', 'x'];

for (const [written, expected] of [
  ['tokne', ['token']],
  ['Token', ['token', 'tokens']],
  ['hots', ['host']],
  ['base_url', ['baseUrl']],
  ['y', ['x']],
  ['password', []],
  ['token', ['tokens']],
] as const) {
  test(`${written} may have meant ${expected.join(', ') || 'nothing'}`, () => check(written, expected));
}

test('the sentence names them, or there is none', () => {
  assert.equal(didYouMean('Token', names), ' Did you mean "token" or "tokens"?');
  assert.equal(didYouMean('password', names), '');
});

function check(written: string, expected: readonly string[]): void {
  assert.deepEqual(nearestNames(written, names), expected);
}
