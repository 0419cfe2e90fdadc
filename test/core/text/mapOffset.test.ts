import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapOffset, type TextEdit } from '../../../src/core/text/mapOffset.ts';

function check(name: string, offset: number, edits: readonly TextEdit[], expected: number | undefined): void {
  test(name, () => assert.equal(mapOffset(offset, edits), expected));
}

check('no edit moves nothing', 4, [], 4);
check('an insertion before moves it', 4, [{ offset: 0, length: 0, inserted: 3 }], 7);
check('an insertion right at it moves it', 4, [{ offset: 4, length: 0, inserted: 3 }], 7);
check('an insertion behind it does not', 4, [{ offset: 5, length: 0, inserted: 3 }], 4);
check('a deletion before moves it back', 10, [{ offset: 2, length: 3, inserted: 0 }], 7);
check('a deletion that ends at it moves it back', 10, [{ offset: 7, length: 3, inserted: 0 }], 7);
check('a deletion of its character removes it', 10, [{ offset: 10, length: 1, inserted: 0 }], undefined);
check('a replacement over it removes it', 10, [{ offset: 5, length: 10, inserted: 10 }], undefined);
check(
  'edits are made one after another, each in the text that the one before left',
  10,
  [
    { offset: 0, length: 0, inserted: 5 },
    { offset: 14, length: 1, inserted: 0 },
    { offset: 0, length: 5, inserted: 1 },
  ],
  10,
);
