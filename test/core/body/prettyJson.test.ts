import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, constantFrom, json, property } from 'fast-check';
import { prettyJson } from '../../../src/core/body/prettyJson.ts';

function check(text: string, expected: string | undefined, partial = false): void {
  assert.equal(prettyJson(text, partial), expected);
}

const lines = (...all: string[]): string => all.join('\n');

test('digits, escapes and repeated keys stay as they were sent', () => {
  check(
    String.raw`{"id":12345678901234567890,"price":12.50,"big":1E400,"text":"A\/\"\\","id":-0}`,
    lines(
      '{',
      '  "id": 12345678901234567890,',
      '  "price": 12.50,',
      '  "big": 1E400,',
      String.raw`  "text": "A\/\"\\",`,
      '  "id": -0',
      '}',
    ),
  );
});

test('the objects of a list and lists of plain values stay on one line', () => {
  check(
    '{"items":[{"sku":"A, [1]","price":12.50},{ "sku" : "B: x","price":3}],"tags":["a","b"],"none":[],"o":{}}',
    lines(
      '{',
      '  "items": [',
      '    { "sku": "A, [1]", "price": 12.50 },',
      '    { "sku": "B: x", "price": 3 }',
      '  ],',
      '  "tags": ["a", "b"],',
      '  "none": [],',
      '  "o": {}',
      '}',
    ),
  );
});

test('what does not fit on a line gets one line each', () => {
  const long = 'x'.repeat(80);
  check(
    `[["${long}"],{"a":{"b":1}}]`,
    lines('[', '  [', `    "${long}"`, '  ],', '  {', '    "a": {', '      "b": 1', '    }', '  }', ']'),
  );
});

test('a single value is itself, with the blanks around it gone', () => {
  for (const value of ['"x"', '1', '-1.5e-3', 'true', 'null', '[]', '{}']) check(` \r\n${value}\t`, value);
});

test('what is not JSON stays untouched', () => {
  const texts = [
    '',
    ' ',
    'nul',
    '01',
    '+1',
    '.5',
    '1.',
    "'a'",
    '{a:1}',
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '{"a" 1}',
    '[1]]',
    '1 2',
  ];
  for (const text of [...texts, '{"a":1', '[', '"open', '[}', '{]', '// x\n1']) check(text, undefined);
});

test('a body that was cut is indented as far as it goes', () => {
  check('{"a":[{"b":"c', lines('{', '  "a": [', '    {', '      "b": "c'), true);
  check('[1,2', lines('[', '  1,', '  2'), true);
  check('[1,]', undefined, true);
});

test('depth and growth have limits, and the time stays linear', () => {
  check('['.repeat(100_000), undefined, true);
  check(`${'['.repeat(400)}${'1,'.repeat(200_000)}1${']'.repeat(400)}`, undefined);
  check(`"${String.raw`\\`.repeat(500_000)}"`, `"${String.raw`\\`.repeat(500_000)}"`);
});

test('whatever JSON comes in, the same values come out', () => {
  holds(
    property(json(), (text) => {
      const pretty = prettyJson(text);
      assert.ok(pretty !== undefined);
      assert.deepEqual(JSON.parse(pretty), JSON.parse(text));
      assert.equal(prettyJson(pretty), pretty);
    }),
  );
});

test('what is indented is JSON, and what is not is not', () => {
  const pieces = array(constantFrom('{', '}', '[', ']', ',', ':', '"', '"a"', '1', '-', '0', 'true', 'nul', ' ', 'é'));
  holds(
    property(pieces, (all) => {
      const text = all.join('');
      assert.equal(prettyJson(text) !== undefined, isJson(text));
    }),
    { numRuns: 2000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
