import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparableText } from '../../src/present/comparable.ts';
import { body, views } from '../webview/views.ts';

function check(table: readonly (readonly [type: string, content: string, expected: string])[]): void {
  for (const [type, content, expected] of table) assert.equal(comparableText(body(type, content), ['*']), expected);
}

test('bodies in a form in which only what is different differs', () => {
  check([
    ['application/json', '{"b":1.0,"a":2}', '200 OK\n\n{\n  "a": 2,\n  "b": 1.0\n}\n'],
    ['application/json', '{"b":1,', '200 OK\n\n{"b":1,\n'],
    ['application/x-ndjson', '{"a":1}\n{"b":2}\n', '200 OK\n\n{\n  "a": 1\n}\n{\n  "b": 2\n}\n'],
    ['text/plain', 'one\r\ntwo\n', '200 OK\n\none\ntwo\n'],
    ['text/plain', '', '200 OK\n'],
    ['image/png', 'ab', '200 OK\n\nYWI=\n'],
  ]);
});

test('headers by name, without those that are left out', () => {
  const view = body('text/plain', 'x');
  const [hop] = view.hops;
  const headers = [
    { name: 'Date', value: 'today', secret: false },
    { name: 'Content-Type', value: 'text/plain', secret: false },
    { name: 'age', value: '3', secret: false },
  ];
  const shown = { ...view, hops: [{ ...hop!, responseHeaders: headers }] };
  assert.equal(comparableText(shown, ['date']), '200 OK\nage: 3\ncontent-type: text/plain\n\nx\n');
  assert.equal(comparableText(shown, ['DATE', 'Age']), '200 OK\ncontent-type: text/plain\n\nx\n');
});

test('what got no response says why', () => {
  assert.match(comparableText(views.failed(), []), /^Nothing accepts connections at app\.example\.test:443\.\n$/);
  assert.match(comparableText(views.cancelled(), []), /^The request was cancelled\.\n$/);
});
