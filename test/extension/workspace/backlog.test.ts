import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backlog } from '../../../src/extension/workspace/backlog.ts';

/** What is done of what was added at once, at most so many of it waiting. */
async function check(added: readonly string[], most: number, expected: readonly string[]): Promise<void> {
  const done: string[] = [];
  const backlog = new Backlog<string>(async (item) => {
    await new Promise((resolve) => setImmediate(resolve));
    done.push(item);
  });
  for (const item of added) backlog.add(item, most);
  assert.deepEqual(done, [], 'nothing is done while somebody waits for what comes next');
  await backlog.idle();
  assert.deepEqual(done, expected);
}

test('all is done, in order', () => check(['a', 'b', 'c'], 3, ['a', 'b', 'c']));
test('of what waits the newest stay', () => check(['a', 'b', 'c', 'd'], 2, ['c', 'd']));
test('what waits already is done once, as the newest', () => check(['a', 'b', 'a'], 9, ['b', 'a']));
test('idle with nothing to do', () => check([], 1, []));

test('what is added while something is done comes after it, one at a time, and after a rest', async () => {
  const done: string[] = [];
  let under = 0;
  const backlog = new Backlog<string>(async (item) => {
    assert.equal(++under, 1);
    if (item === 'a') backlog.add('b', 9);
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
    done.push(item);
  });
  backlog.add('a', 9);
  await backlog.idle();
  backlog.add('c', 9);
  await backlog.idle();
  assert.deepEqual(done, ['a', 'b', 'c']);
});

test('a flood costs the memory of what may wait', async () => {
  const seen: number[] = [];
  const backlog = new Backlog<{ readonly number: number }>(async ({ number }) => {
    seen.push(number);
    await new Promise((resolve) => setImmediate(resolve));
  });
  for (let number = 0; number < 10_000; number += 1) backlog.add({ number }, 5);
  await backlog.idle();
  assert.deepEqual(seen, [9995, 9996, 9997, 9998, 9999]);
});
