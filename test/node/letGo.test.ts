import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letGo } from '../../src/node/letGo.ts';

test('only memory that is nobody else’s is given back', () => {
  const check = (bytes: Uint8Array, expected: boolean): void => {
    letGo(bytes);
    assert.equal((bytes.buffer as ArrayBuffer).detached, expected);
  };
  check(new Uint8Array(10), true);
  check(new Uint8Array(10).subarray(1), false);
  check(Buffer.from('in a pool'), false);
  // A parser hands on one and the same empty piece again and again.
  check(new Uint8Array(0), false);
});
