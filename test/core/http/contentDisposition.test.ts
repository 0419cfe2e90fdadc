import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentDispositionName } from '../../../src/core/http/contentDisposition.ts';

function check(table: readonly (readonly [value: string | undefined, expected: string | undefined])[]): void {
  for (const [value, expected] of table) assert.equal(contentDispositionName(value), expected, value);
}

test('names as RFC 6266 and RFC 8187 write them, and as servers do', () => {
  check([
    [undefined, undefined],
    ['attachment', undefined],
    ['inline; filename=plain.txt', 'plain.txt'],
    ['attachment;FILENAME="with blank.txt"', 'with blank.txt'],
    ['attachment; filename="a \\"quoted\\" name;.txt"; size=3', 'a "quoted" name;.txt'],
    ['attachment; filename = spaced.txt ; x=y', 'spaced.txt'],
    ["attachment; filename=fallback.txt; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt", 'naïve €.txt'],
    ["attachment; filename*=utf-8'en'first.txt; filename=second.txt", 'first.txt'],
    ["attachment; filename*=ISO-8859-1''%A3.txt", '£.txt'],
    ["attachment; filename*=UTF-8''%ff.txt; filename=ok.txt", 'ok.txt'],
    ["attachment; filename*=shift_jis''x.txt; filename=ok.txt", 'ok.txt'],
    ['attachment; filename*=broken; filename=ok.txt', 'ok.txt'],
    ['attachment; filename="na\xc3\xafve.txt"', 'naïve.txt'],
    ['attachment; filename="na\xefve.txt"', 'naïve.txt'],
    ['attachment; filename=two words.txt', 'two words.txt'],
    ['attachment; filename="unclosed', '"unclosed'],
    ['attachment; filename=first.txt; filename=second.txt', 'first.txt'],
    ['attachment; filename=""', ''],
  ]);
});
