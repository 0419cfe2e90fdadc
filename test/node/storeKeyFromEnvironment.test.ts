import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storeKeyFromEnvironment } from '../../src/node/storeKeyFromEnvironment.ts';

function keyOf(text: string): NonNullable<ReturnType<typeof storeKeyFromEnvironment>['key']> {
  const { key } = storeKeyFromEnvironment({ CRUMBTRAIL_KEY: text });
  assert.ok(key);
  assert.equal(key.secret.length, 32);
  return key;
}

test('no key without a text', () => {
  assert.deepEqual(storeKeyFromEnvironment({}), {});
  assert.deepEqual(storeKeyFromEnvironment({ CRUMBTRAIL_KEY: '' }), {});
});

test('hexadecimal and Base64 are the key itself', () => {
  const bytes = Buffer.alloc(32, 7);
  assert.deepEqual(Buffer.from(keyOf(bytes.toString('hex')).secret), bytes);
  assert.deepEqual(Buffer.from(keyOf(bytes.toString('base64')).secret), bytes);
});

test('a passphrase makes the same key each time, another one another key and another name', () => {
  assert.deepEqual(keyOf('correct horse'), keyOf('correct horse'));
  assert.notDeepEqual(keyOf('correct horse').secret, keyOf('correct horses').secret);
  assert.notEqual(keyOf('correct horse').id, keyOf('correct horses').id);
  assert.doesNotMatch(keyOf('correct horse').id, /correct|horse/);
});
