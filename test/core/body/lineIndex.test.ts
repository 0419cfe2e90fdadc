import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineIndex } from '../../../src/core/body/lineIndex.ts';

/** The index of a text, given in pieces of `size` bytes. */
function indexOf(text: Buffer, size: number): LineIndex {
  const index = new LineIndex();
  for (let at = 0; at < text.length; at += size) index.add(text.subarray(at, at + size));
  return index;
}

const lines = Array.from({ length: 60_000 }, (_, at) => (at % 20_000 === 7 ? 'x'.repeat(300_000) : `line ${at}`));
const text = Buffer.from(lines.join('\n'));

test('lines, bytes and the widest line are counted, however the pieces come', () => {
  for (const size of [777, 64 * 1024, text.length]) {
    const index = indexOf(text, size);
    assert.deepEqual([index.breaks, index.bytes, index.widest], [lines.length - 1, text.length, 300_000]);
  }
  const none = indexOf(Buffer.alloc(0), 1);
  assert.deepEqual([none.breaks, none.bytes, none.widest, none.before(5)], [0, 0, 0, { line: 0, offset: 0 }]);
});

test('a place near each line is known, and the end of a long one', () => {
  const index = indexOf(text, 5000);
  let offset = 0;
  for (const [line, content] of lines.entries()) {
    const [before, next] = index.around(line);
    assert.ok(before.line <= line && before.offset <= offset, `line ${line}`);
    assert.ok(offset - before.offset <= 128 * 1024, `line ${line} is ${offset - before.offset} bytes behind`);
    assert.ok(next === undefined || next.line > line, `line ${line}`);
    if (content.length > 65_536) assert.deepEqual(next, { line: line + 1, offset: offset + content.length + 1 });
    assert.ok(index.before(offset).offset <= offset);
    offset += content.length + 1;
  }
});
