import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NewestBytes } from '../../src/present/newestBytes.ts';

/** What is kept of `added` with a limit of 8 bytes, and whether all of it is. */
function check(added: readonly string[], expected: string, isAll: boolean): void {
  const newest = new NewestBytes(8);
  const answers = added.map((text) => {
    const lent = new TextEncoder().encode(text);
    const answer = newest.add(lent);
    lent.fill(0);
    return answer;
  });
  assert.equal(new TextDecoder().decode(newest.take()), expected);
  assert.equal(!answers.includes(false), isAll);
  assert.equal(newest.take().length, 0);
}

test('what is newest stays, up to the limit and at least half of it', () => {
  check([], '', true);
  check(['abc', 'de'], 'abcde', true);
  check(['abcd', 'efgh'], 'abcdefgh', true);
  check(['abcd', 'efgh', 'i'], 'efghi', false);
  check(['abcdefghijkl'], 'ijkl', false);
  check(['ab', 'cdefghijkl'], 'ijkl', false);
  check(['ab', 'cdefghijkl', 'mn'], 'ijklmn', false);
});
