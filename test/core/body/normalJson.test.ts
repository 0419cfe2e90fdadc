import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalJson } from '../../../src/core/body/normalJson.ts';

function check(table: readonly (readonly [text: string, expected: string | undefined])[]): void {
  for (const [text, expected] of table) assert.equal(normalJson(text), expected, text.slice(0, 100));
}

test('one form for all texts of the same meaning, with nothing rounded', () => {
  check([
    [
      '{"b":1,"a":[1.50,-0,12345678901234567890,1E+2]}',
      '{\n  "a": [\n    1.50,\n    -0,\n    12345678901234567890,\n    1E+2\n  ],\n  "b": 1\n}',
    ],
    [' { "a" : { } , "b" : [ ] } ', '{\n  "a": {},\n  "b": []\n}'],
    ['{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ['"a b \\u00e9 , : {"', '"a b \\u00e9 , : {"'],
    ['null', 'null'],
  ]);
});

test('what is no JSON is not touched', () => {
  check([
    ['', undefined],
    ['{"a":1', undefined],
    ['{"a":1}}', undefined],
    ['{"a" 1}', undefined],
    ['[1,]', undefined],
    ['{a:1}', undefined],
    ['1 2', undefined],
    ['nul', undefined],
    ['[1] // comment', undefined],
    ['['.repeat(100_000), undefined],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, undefined],
  ]);
});
