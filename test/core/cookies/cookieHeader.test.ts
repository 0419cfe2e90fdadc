import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieHeader } from '../../../src/core/cookies/cookieHeader.ts';

/** Pairs of name and value, the header they make, and the codes of its warnings. */
function check(
  pairs: readonly (readonly [string, string])[],
  value: string | undefined,
  codes: readonly string[] = [],
) {
  const made = cookieHeader(pairs.map(([name, text]) => ({ name, value: text })));
  assert.equal(made.value, value);
  assert.deepEqual(made.warnings.map(({ code }) => code as string), codes); // prettier-ignore
}

test('pairs in order; a nameless cookie is its bare value', () => {
  check([], undefined);
  check([['a', '1'], ['', 'foo'], ['b', '']], 'a=1; foo; b='); // prettier-ignore
});

test('what servers refuse for its size is warned of, from the first byte over the limit', () => {
  check([['a', 'x'.repeat(8188)]], `a=${'x'.repeat(8188)}`);
  check([['a', 'x'.repeat(8189)]], `a=${'x'.repeat(8189)}`, ['cookie-header-size']);
});
