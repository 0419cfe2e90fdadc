import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { joinedEdit, mapOffset, mapSpan, type TextEdit } from '../../../src/core/text/mapOffset.ts';

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

for (const [name, edit, expected] of [
  ['typing in a span keeps it', { offset: 6, length: 0, inserted: 2 }, { start: 4, end: 10 }],
  ['typing at its end is outside of it', { offset: 8, length: 0, inserted: 2 }, { start: 4, end: 8 }],
  ['typing at its start moves it', { offset: 4, length: 0, inserted: 2 }, { start: 6, end: 10 }],
  ['without its last character it is gone', { offset: 7, length: 1, inserted: 0 }, undefined],
  ['without its first character it is gone', { offset: 3, length: 2, inserted: 0 }, undefined],
] as const) {
  test(name, () => assert.deepEqual(mapSpan({ start: 4, end: 8 }, [edit]), expected));
}

test('an empty span is moved as the character behind it', () => {
  assert.deepEqual(mapSpan({ start: 4, end: 4 }, [{ offset: 0, length: 0, inserted: 1 }]), { start: 5, end: 5 });
});

test('one edit that covers many leaves what is outside it as it was', () => {
  const edits = fc.array(fc.tuple(fc.nat(20), fc.nat(6), fc.stringMatching(/^[a-z]{0,5}$/)), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{0,20}$/), edits, (text, changes) => {
      let after = text;
      const made: TextEdit[] = [];
      for (const [at, count, inserted] of changes) {
        const offset = Math.min(at, after.length);
        const length = Math.min(count, after.length - offset);
        after = after.slice(0, offset) + inserted + after.slice(offset + length);
        made.push({ offset, length, inserted: inserted.length });
      }
      const joined = joinedEdit(made);
      assert.ok(joined);
      const end = joined.offset + joined.length;
      assert.equal(after.slice(0, joined.offset), text.slice(0, joined.offset));
      assert.equal(after.slice(joined.offset + joined.inserted), text.slice(end));
      assert.equal(after.length - text.length, joined.inserted - joined.length);
    }),
    { numRuns: 5000 },
  );
});

test('no edits are no edit', () => assert.equal(joinedEdit([]), undefined));
