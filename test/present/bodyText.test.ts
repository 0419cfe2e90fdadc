import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyText, readBodyText } from '../../src/present/bodyText.ts';

function check(
  contentType: string | undefined,
  bytes: readonly number[],
  expected: string | undefined,
  cut = false,
): void {
  assert.equal(bodyText(Uint8Array.from(bytes), contentType, cut), expected);
}

const cafe = [0x63, 0x61, 0x66];

test('what the type calls text is read in its encoding', () => {
  check('text/plain; charset=iso-8859-1', [...cafe, 0xe9, 0x73], 'cafés');
  check('text/plain', [...cafe, 0xe9, 0x73], 'cafés');
  check('application/json', [0x31, 0x00, 0x32, 0x00], '12');
  check('image/svg+xml', [0x3c, 0x61, 0x2f, 0x3e], '<a/>');
  check('text/plain', [0x61, 0x00], 'a\0');
});

test('bytes that are no character of the encoding are told, a replacement character of the server is not', () => {
  const flawed = (contentType: string, bytes: readonly number[], cut = false) =>
    readBodyText(Uint8Array.from(bytes), contentType, cut)?.flawed ?? false;
  assert.equal(flawed('text/plain; charset=utf-8', [...cafe, 0xe9, 0x73]), true);
  assert.equal(flawed('text/plain; charset=utf-8', [...cafe, 0xef, 0xbf, 0xbd]), false);
  assert.equal(flawed('text/plain; charset=utf-8', [...cafe, 0xc3, 0xa9]), false);
  assert.equal(flawed('text/plain; charset=utf-8', [...cafe, 0xc3], true), false, 'it was cut there');
  assert.equal(flawed('text/plain; charset=utf-16le', [0x61, 0x00, 0x00, 0xd8]), true);
});

test('where the type says nothing, the bytes do', () => {
  check(undefined, [...cafe, 0xc3, 0xa9], 'café');
  check('application/x-unknown', [...cafe, 0xe9, 0x73], undefined);
  check(undefined, [0x61, 0x00], undefined);
  check(undefined, [], '');
});

test('media and archives are never text', () => {
  for (const type of [
    'image/png',
    'audio/mpeg',
    'video/mp4',
    'font/woff2',
    'application/pdf',
    'application/octet-stream',
  ])
    check(type, cafe, undefined);
});

test('a character that was cut at the end is left away', () => {
  check('text/plain', [...cafe, 0xc3], 'caf', true);
  check('text/plain', [...cafe, 0xc3, 0xa9], 'café', true);
});
