import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf } from '../../../src/core/text/reasonOf.ts';

test('says what an error says, and what anything else that was thrown looks like', () => {
  assert.equal(reasonOf(new TypeError('no such thing')), 'no such thing');
  assert.equal(reasonOf('a text'), 'a text');
  assert.equal(reasonOf(undefined), 'undefined');
});
