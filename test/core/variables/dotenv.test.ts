import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dotenvVariables } from '../../../src/core/variables/dotenv.ts';

for (const [text, expected] of [
  ['A=1\nB=2\n', { A: '1', B: '2' }],
  ['A = spaced  \r\nB=x', { A: 'spaced', B: 'x' }],
  ['export A=1', { A: '1' }],
  ['\uFEFFA=1', { A: '1' }],
  ['# A=1\n  # B=2\nC=3 # comment', { C: '3' }],
  ['A=a#b\nB=#fff', { A: 'a#b', B: '#fff' }],
  ['A="a b # c"', { A: 'a b # c' }],
  ['A="two\\nlines" \nB="real\nbreak"', { A: 'two\nlines', B: 'real\nbreak' }],
  ["A='a\\nb'", { A: 'a\\nb' }],
  ['A=`x "y"`', { A: 'x "y"' }],
  ['A=', { A: '' }],
  ['A=$HOME $(id) {{b}}', { A: '$HOME $(id) {{b}}' }],
  ['no line\nA=1', { A: '1' }],
  ['A=x=y', { A: 'x=y' }],
  ['', {}],
] as const) {
  test(JSON.stringify(text), () => check(text, expected));
}

test('names that look like secrets are marked, and each knows its place', () => {
  const variables = dotenvVariables({ path: '.env', kind: 'dotenv', text: 'URL=x\n  API_TOKEN=y' });
  assert.deepEqual(
    variables.map(({ name, secret, offset }) => [name, secret, offset]),
    [
      ['URL', false, 0],
      ['API_TOKEN', true, 8],
    ],
  );
});

function check(text: string, expected: object): void {
  const variables = dotenvVariables({ path: '.env', kind: 'dotenv', text });
  assert.deepEqual(Object.fromEntries(variables.map(({ name, value }) => [name, value])), expected);
}
