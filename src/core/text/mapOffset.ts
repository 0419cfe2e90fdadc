import type { Span } from './span.ts';

/** One replacement of `length` characters at `offset` by `inserted` characters, in the text before it. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly inserted: number;
}

/**
 * Where the character at `offset` stands after `edits`, made one after another; `undefined` when an edit removed it.
 * An insertion right at the offset moves it, for example 4 -> 7 for three characters inserted at 4.
 */
export function mapOffset(offset: number, edits: readonly TextEdit[]): number | undefined {
  let mapped = offset;
  for (const edit of edits) {
    if (mapped < edit.offset) continue;
    if (mapped < edit.offset + edit.length) return undefined;
    mapped += edit.inserted - edit.length;
  }
  return mapped;
}

/** Where the characters of `span` stand after `edits`; `undefined` when the first or the last of them was removed. */
export function mapSpan({ start, end }: Span, edits: readonly TextEdit[]): Span | undefined {
  const from = mapOffset(start, edits);
  const last = end === start ? from : mapOffset(end - 1, edits);
  if (from === undefined || last === undefined) return undefined;
  return { start: from, end: end === start ? last : last + 1 };
}

/** One edit that covers `edits`, made one after another: what lies outside it is as before. `undefined` for none. */
export function joinedEdit(edits: readonly TextEdit[]): TextEdit | undefined {
  const [first, ...rest] = edits;
  if (!first) return undefined;
  return rest.reduce((joined, { offset, length, inserted }) => {
    const end = Math.max(joined.offset + joined.inserted, offset + length);
    const start = Math.min(joined.offset, offset);
    // Both ends of the new edit count in the text after the joined one; what it adds at the end was there before it too.
    const oldEnd = end - joined.inserted + joined.length;
    return { offset: start, length: oldEnd - start, inserted: end - length + inserted - start };
  }, first);
}
