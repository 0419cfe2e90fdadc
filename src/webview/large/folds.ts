/** A run of lines that is hidden behind the line above it: the first and the last hidden one. */
export type HiddenLines = readonly [first: number, last: number];

/** Lines of a text as rows on the screen, some of them folded away. Immutable. */
export class Folds {
  /** In order, none inside of another. */
  readonly hidden: readonly HiddenLines[];

  constructor(hidden: readonly HiddenLines[] = []) {
    this.hidden = hidden;
  }

  /** Hides the lines behind `line` up to `last`; folds inside are swallowed. */
  fold(line: number, last: number): Folds {
    const kept = this.hidden.filter(([first, end]) => end <= line || first > last);
    return new Folds([...kept, [line + 1, last] as const].toSorted((a, b) => a[0] - b[0]));
  }

  unfold(line: number): Folds {
    return new Folds(this.hidden.filter(([first]) => first !== line + 1));
  }

  /** Shows a line that is hidden. */
  reveal(line: number): Folds {
    return new Folds(this.hidden.filter(([first, last]) => line < first || line > last));
  }

  /** The last line hidden behind `line`. */
  behind(line: number): number | undefined {
    return this.hidden.find(([first]) => first === line + 1)?.[1];
  }

  rowsOf(lines: number): number {
    return this.hidden.reduce((rows, [first, last]) => rows - (Math.min(last, lines - 1) - first + 1), lines);
  }

  lineOf(row: number): number {
    let line = row;
    for (const [first, last] of this.hidden) if (line >= first) line += last - first + 1;
    return line;
  }

  rowOf(line: number): number {
    let row = line;
    for (const [first, last] of this.hidden) {
      if (line >= first) row -= Math.min(last, line) - first + 1;
    }
    return row;
  }
}
