import type { Span, SpannedText } from '../text/span.ts';

/** A text to be resolved, and where each of its characters stands in the file. */
export interface Written {
  readonly text: string;
  /** Place in the document of `text.slice(start, end)`. */
  spanOf(start: number, end: number): Span;
}

/** A text that stands in the file as it is, for example a header value on one line. */
export function writtenAs(source: SpannedText, documentText: string): Written {
  const { text, span } = source;
  if (span.end - span.start === text.length) {
    return { text, spanOf: (start, end) => ({ start: span.start + start, end: span.start + end }) };
  }
  // Folded and joined lines: the placeholder itself is unbroken, so its place is the one with the same number.
  return {
    text,
    spanOf: (start, end) => {
      const piece = text.slice(start, end);
      const at = nthIndexOf(documentText.slice(span.start, span.end), piece, countBefore(text, piece, start));
      if (at < 0) return span;
      return { start: span.start + at, end: span.start + at + piece.length };
    },
  };
}

/** A text put together from pieces of the file; characters between them (`joint`) belong to the piece before. */
export function writtenFrom(pieces: readonly SpannedText[], joint: string): Written {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length + joint.length;
  }
  const placeOf = (offset: number): number => {
    const index = lastAtOrBelow(starts, offset);
    const piece = pieces[index];
    if (!piece) return 0;
    return Math.min(piece.span.start + offset - (starts[index] ?? 0), piece.span.end);
  };
  return {
    text: pieces.map((piece) => piece.text).join(joint),
    spanOf: (start, end) => ({ start: placeOf(start), end: Math.max(placeOf(end - 1) + 1, placeOf(start)) }),
  };
}

/** A text from elsewhere (a body file, a command line): everything in it stands at one place of the document. */
export function writtenElsewhere(text: string, span: Span): Written {
  return { text, spanOf: () => span };
}

function countBefore(text: string, piece: string, offset: number): number {
  let count = 0;
  for (let at = text.indexOf(piece); at >= 0 && at < offset; at = text.indexOf(piece, at + 1)) count += 1;
  return count;
}

function nthIndexOf(text: string, piece: string, n: number): number {
  let at = text.indexOf(piece);
  for (let count = 0; count < n && at >= 0; count += 1) at = text.indexOf(piece, at + 1);
  return at;
}

/** Index of the last of `starts` that is not behind `offset`. */
function lastAtOrBelow(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
