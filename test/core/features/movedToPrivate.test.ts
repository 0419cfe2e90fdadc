import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedToPrivate } from '../../../src/core/features/movedToPrivate.ts';

/** Both files after the value behind `|` was moved. */
function check(marked: string, privateText: string, expected: readonly [string, unknown, unknown] | undefined): void {
  const offset = marked.indexOf('|');
  const moved = movedToPrivate(marked.replace('|', ''), offset, privateText);
  const read = moved && [moved.name, JSON.parse(moved.publicText), JSON.parse(moved.privateText)];
  assert.deepEqual(read, expected);
}

test('a value goes over with its place, and leaves the others', () => {
  check('{ "dev": { "a": "1", "token": |"abc" } }', '', ['token', { dev: { a: '1' } }, { dev: { token: 'abc' } }]);
  check('{ "dev": { "Auth": { "token": |"abc" } } }', '{ "dev": { "b": "2" }, "prod": {} }', [
    'token',
    { dev: { Auth: {} } },
    { dev: { b: '2', Auth: { token: 'abc' } }, prod: {} },
  ]);
  check('{ "token": |"abc" }', '', undefined);
});
