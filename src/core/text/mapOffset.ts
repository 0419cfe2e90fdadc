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
