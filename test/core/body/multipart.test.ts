import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multipartParts } from '../../../src/core/body/multipart.ts';

type Expected = readonly (readonly [headers: Readonly<Record<string, string>>, text: string])[];

function check(body: string | Uint8Array, boundary: string, expected: Expected | undefined): void {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const parts = multipartParts(bytes, boundary)?.map((part) => [
    Object.fromEntries(part.headers),
    new TextDecoder('latin1').decode(part.bytes),
  ]);
  assert.deepEqual(parts, expected, String(body));
}

test('parts stand between the delimiters, with their header lines', () => {
  check('preamble\r\n--X\r\nA: 1\r\nB:2\r\n\r\none\r\ntwo\r\n--X \r\n\r\nthree\r\n--X--\r\nepilogue', 'X', [
    [{ A: '1', B: '2' }, 'one\r\ntwo'],
    [{}, 'three'],
  ]);
});

test('line breaks of Unix, folded lines, names in UTF-8 and a body that was cut are read as well', () => {
  check('--X\nA: 1\n  2\n\none\n--X--', 'X', [[{ A: '1 2' }, 'one']]);
  check('--X\r\nContent-Disposition: form-data; name="é"\r\n\r\none', 'X', [
    [{ 'Content-Disposition': 'form-data; name="é"' }, 'one'],
  ]);
  check('--X\r\n\r\n\r\n--X\r\nA: 1\r\n\r\n\r\n--X--', 'X', [
    [{}, ''],
    [{ A: '1' }, ''],
  ]);
});

test('what looks like a delimiter and is none stays in the part', () => {
  check('--X\r\n\r\na --X\r\n--Xtra\r\nb\r\n--X--', 'X', [[{}, 'a --X\r\n--Xtra\r\nb']]);
  check('no delimiter', 'X', undefined);
  check('--\r\n\r\na', '', undefined);
});

test('bytes come through as they are', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const body = Uint8Array.from([
    ...new TextEncoder().encode('--X\r\n\r\n'),
    ...bytes,
    ...new TextEncoder().encode('\r\n--X--'),
  ]);
  assert.deepEqual(multipartParts(body, 'X')?.[0]?.bytes, bytes);
});
