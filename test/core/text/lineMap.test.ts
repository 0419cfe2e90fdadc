import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineMap } from '../../../src/core/text/lineMap.ts';

/** Where the lines of a text begin. */
function check(text: string, starts: readonly number[]): void {
  test(JSON.stringify(text), () => {
    const map = new LineMap(text);
    assert.deepEqual(
      Array.from({ length: map.lineCount }, (_, line) => map.startOf(line)),
      starts,
    );
    for (let offset = 0; offset <= text.length; offset++) {
      const position = map.positionAt(offset);
      assert.equal(map.startOf(position.line) + position.character, offset);
      assert.equal(map.offsetAt(position), offset);
      assert.equal(map.lineAt(offset), position.line);
    }
  });
}

check('', [0]);
check('a', [0]);
check('a\n', [0, 2]);
check('a\nb\n\nc', [0, 2, 4, 5]);
check('a\r\nb\r\n', [0, 3, 6]);
check('a\rb\r', [0, 2, 4]);
check('a\r\n\rb\n\r\n', [0, 3, 4, 6, 8]);

test('places outside the text are taken to its ends', () => {
  const map = new LineMap('ab\ncd');
  assert.deepEqual(map.positionAt(99), { line: 1, character: 2 });
  assert.deepEqual(map.positionAt(-1), { line: 0, character: 0 });
  assert.equal(map.offsetAt({ line: 0, character: 99 }), 3);
  assert.equal(map.offsetAt({ line: 9, character: 0 }), 5);
});
