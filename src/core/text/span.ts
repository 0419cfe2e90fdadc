/** A half-open range of offsets in UTF-16 code units, for example `{ start: 0, end: 3 }` for the "GET" of "GET /". */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of the document with the place it stands at. */
export interface SpannedText {
  readonly text: string;
  readonly span: Span;
}

/** The piece of `text` from `start` to `end`. */
export function spannedText(text: string, start: number, end: number): SpannedText {
  return new Piece(text.slice(start, end), start, end);
}

/**
 * One object where a literal would be two: a tree of a long file holds hundreds of thousands of pieces, and few of their spans are ever
 * asked for. A spread loses the span.
 */
export class Piece implements SpannedText {
  readonly text: string;
  readonly start: number;
  readonly end: number;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }
}

/** Whether the two have a character in common. */
export function spansOverlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Both ends count: a cursor behind the last character still belongs to the word. */
export function spanContains(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}
