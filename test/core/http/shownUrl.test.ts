import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownUrl } from '../../../src/core/http/shownUrl.ts';

const table: [text: string, expected: string][] = [
  ['http://a.test/x?y=u@v#w@x', 'http://a.test/x?y=u@v#w@x'],
  ['http://u:p@a.test/', 'http://***@a.test/'],
  ['//u:p@a.test/', '//***@a.test/'],
  ['http://u:p@:99999/', 'http://***@:99999/'],
  ['http:\\\\u:p@a.test/', 'http:\\\\***@a.test/'],
  ['http://u@p@a.test/', 'http://***@a.test/'],
  ['/x@y', '/x@y'],
  ['mailto:a@b', 'mailto:a@b'],
];

for (const [text, expected] of table) test(`shownUrl ${text}`, () => assert.equal(shownUrl(text), expected));
