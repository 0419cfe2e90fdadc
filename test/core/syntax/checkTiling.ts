import assert from 'node:assert/strict';
import type { HttpDocument } from '../../../src/core/syntax/ast.ts';

/** Every character belongs to exactly one block: each begins where the one above ends. */
export function checkTiling({ text, blocks }: HttpDocument): void {
  let end = 0;
  for (const { span } of blocks) {
    assert.equal(span.start, end);
    assert.ok(span.end >= span.start);
    end = span.end;
  }
  assert.equal(end, text.length);
}
