import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Underway } from '../../../src/extension/workspace/underway.ts';

test('it is waited for all that is under way, and no longer than is said', async () => {
  const underway = new Underway<string>();
  await underway.idle(60_000);
  underway.begin('a');
  underway.begin('b');
  assert.deepEqual([underway.all, underway.has('a')], [['a', 'b'], true]);
  let isIdle = false;
  const idle = underway.idle(60_000).then(() => (isIdle = true));
  underway.end('a');
  await Promise.resolve();
  assert.deepEqual([isIdle, underway.all], [false, ['b']]);
  underway.end('b');
  await idle;
  underway.begin('c');
  await underway.idle(1);
  assert.ok(underway.has('c'));
});
