import type { Token } from '../highlight.ts';

/** A range of characters of a line, and the class it is drawn with. */
export type Marked = readonly [start: number, end: number, name: string];

export interface Segment {
  readonly text: string;
  readonly names: readonly string[];
}

/** Cuts a line where its colours or its marks begin and end. */
export function segments(tokens: readonly Token[], marks: readonly Marked[]): Segment[] {
  const ranges: Marked[] = [...marks];
  let text = '';
  for (const token of tokens) {
    if (token.kind !== undefined) ranges.push([text.length, text.length + token.text.length, `tok-${token.kind}`]);
    text += token.text;
  }
  const inside = ranges.map(([start, end, name]) => [Math.max(0, start), Math.min(end, text.length), name] as const);
  const cuts = [...new Set([0, text.length, ...inside.flatMap(([start, end]) => [start, end])])].toSorted(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((start, index) => ({
    text: text.slice(start, cuts[index + 1]),
    names: inside.filter(([from, to]) => from <= start && start < to).map(([, , name]) => name),
  }));
}

const encoder = new TextEncoder();

/** Bytes of UTF-8 that the first `characters` are. */
export function bytesTo(text: string, characters: number): number {
  return encoder.encode(text.slice(0, characters)).length;
}

/** Characters that the first `bytes` of UTF-8 are. */
export function charactersTo(text: string, bytes: number): number {
  if (bytes <= 0) return 0;
  return new TextDecoder().decode(encoder.encode(text).subarray(0, bytes)).length;
}
