import type { TextPlace, TextRow } from '../../core/body/bodyAsk.ts';
import type { TextRange } from './rows.ts';
import { bytesTo, charactersTo } from './segments.ts';

/** What is selected of a text of which only a few lines are on the screen: from where it was begun to where it is led. */
export class Selecting {
  anchor: TextPlace | undefined;
  focus: TextPlace | undefined;

  get range(): TextRange | undefined {
    const { anchor, focus } = this;
    if (!anchor || !focus || isSame(anchor, focus)) return undefined;
    return isBefore(anchor, focus) ? { from: anchor, to: focus } : { from: focus, to: anchor };
  }

  begin(place: TextPlace): void {
    this.anchor = place;
    this.focus = place;
  }

  lead(place: TextPlace): void {
    this.anchor ??= place;
    this.focus = place;
  }

  select({ from, to }: TextRange): void {
    this.anchor = from;
    this.focus = to;
  }
}

/** The place in a drawn row that is nearest to a point of the screen. */
export function placeAt(row: TextRow, text: HTMLElement, x: number, y: number): TextPlace {
  const caret = document.caretPositionFromPoint(x, y);
  const { left } = text.getBoundingClientRect();
  if (!caret || !text.contains(caret.offsetNode)) {
    return { line: row.line, column: x <= left ? row.from : row.from + bytesTo(row.text, row.text.length) };
  }
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(caret.offsetNode, caret.offset);
  return { line: row.line, column: row.from + bytesTo(row.text, before.toString().length) };
}

/** The word around a place. */
export function wordAt(row: TextRow, { column }: TextPlace): TextRange {
  const at = charactersTo(row.text, column - row.from);
  const isWord = (index: number): boolean => /[\p{L}\p{N}_]/u.test(row.text.charAt(index));
  let start = at;
  let end = at;
  while (start > 0 && isWord(start - 1)) start--;
  while (end < row.text.length && isWord(end)) end++;
  const place = (index: number): TextPlace => ({ line: row.line, column: row.from + bytesTo(row.text, index) });
  return { from: place(start), to: place(end) };
}

/** The place one character further. */
export function besideIt(row: TextRow, { column }: TextPlace, step: 1 | -1): TextPlace {
  const at = charactersTo(row.text, column - row.from) + step;
  const next = Math.min(Math.max(0, at), row.text.length);
  return { line: row.line, column: row.from + bytesTo(row.text, next) };
}

function isSame(one: TextPlace, other: TextPlace): boolean {
  return one.line === other.line && one.column === other.column;
}

function isBefore(one: TextPlace, other: TextPlace): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}
