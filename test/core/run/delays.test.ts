import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delayProblems, delaysOf } from '../../../src/core/run/delays.ts';
import { runInput } from '../../support/runInput.ts';

for (const [tags, before, after, problems] of [
  ['', 0, 0, 0],
  ['# @sleep 500\n', 500, 0, 0],
  ['# @pre-delay 1.5 s\n', 1500, 0, 0],
  ['# @sleep 100\n# @preDelay 200ms\n# @post-delay 1m\n', 300, 60_000, 0],
  ['# @sleep\n# @post-delay soon\n', 0, 0, 2],
] as const) {
  test(JSON.stringify(tags), () => {
    const { block } = runInput(`${tags}GET http://a.test/\n`);
    assert.deepEqual([delaysOf(block), delayProblems(block).length], [{ before, after }, problems]);
  });
}
