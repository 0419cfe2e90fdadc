import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyText, type PrettyFormat } from '../../../src/core/body/prettyText.ts';

function check(text: string, format: PrettyFormat, expected: string | undefined, partial = false): void {
  assert.equal(prettyText(text, format, partial), expected);
}

test('each format has its own rules', () => {
  check('{"a":1}', 'json', '{\n  "a": 1\n}');
  check('<a><b/></a>', 'xml', '<a>\n  <b/>\n</a>');
});

test('lines of JSON are indented one by one, others stay', () => {
  check('{"a":1}\r\n\n[1,2]\nnot json\n', 'json-lines', '{\n  "a": 1\n}\n\n[\n  1,\n  2\n]\nnot json\n');
  check('one\ntwo', 'json-lines', undefined);
});

test('only the last line may be cut', () => {
  check('{"a":1}\n{"b":', 'json-lines', '{\n  "a": 1\n}\n{\n  "b": ', true);
  check('{"a":\n{"b":2}', 'json-lines', '{"a":\n{\n  "b": 2\n}', true);
});
