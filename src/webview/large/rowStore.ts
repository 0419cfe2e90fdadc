import type { BodyAnswer, BodyAsk, BodyForm, TextRow, TextState } from '../../core/body/bodyAsk.ts';

/** What of a text is wanted on the screen. */
export interface Wanted {
  readonly form: BodyForm;
  /** Runs of lines, first and count. */
  readonly runs: readonly (readonly [first: number, count: number])[];
  /** First column, in bytes, and how many. */
  readonly column: number;
  readonly width: number;
}

export interface RowStoreOptions {
  readonly ask: (ask: BodyAsk) => Promise<BodyAnswer>;
  /** Something new has come. */
  readonly onChange: () => void;
  readonly onTrouble: (message: string) => void;
}

const nothingKnown: TextState = { lines: 1, widest: 0, known: 0 };
/** Our choice: how long until it is asked again for a text that is not all known, in milliseconds. */
const again = 120;

/** The lines near the screen and no others. One question is under way at a time, and the next one is for what is wanted then. */
export class RowStore {
  state: TextState = nothingKnown;
  readonly #options: RowStoreOptions;
  #rows = new Map<number, TextRow>();
  #wanted: Wanted | undefined;
  #isAsking = false;
  #isStale = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RowStoreOptions) {
    this.#options = options;
  }

  row(line: number): TextRow | undefined {
    return this.#rows.get(line);
  }

  /** Keeps and fetches these lines; others are forgotten when new ones come. */
  want(wanted: Wanted): void {
    if (wanted.form !== this.#wanted?.form) this.forget();
    const isMoved = wanted.column !== this.#wanted?.column || wanted.width !== this.#wanted.width;
    this.#wanted = wanted;
    if (isMoved) this.#isStale = true;
    void this.#fetch();
  }

  /** What is here was of another text, or its marks have changed. */
  forget(): void {
    this.#rows.clear();
    this.state = nothingKnown;
    this.#isStale = true;
  }

  /** Asks again for what is here. */
  refresh(): void {
    this.#isStale = true;
    void this.#fetch();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#wanted = undefined;
  }

  async #fetch(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted || this.#isAsking || !(this.#isStale || this.#lacks(wanted))) return;
    this.#isAsking = true;
    this.#isStale = false;
    clearTimeout(this.#timer);
    const rows = new Map<number, TextRow>();
    for (const [line, count] of wanted.runs) {
      const { form, column, width } = wanted;
      const answer = await this.#options.ask({ kind: 'lines', form, line, count, column, width });
      if (answer.kind === 'trouble') this.#options.onTrouble(answer.message);
      if (answer.kind !== 'lines') continue;
      this.state = answer.state;
      for (const row of answer.rows) rows.set(row.line, row);
    }
    this.#isAsking = false;
    if (wanted.form !== this.#wanted?.form) return void this.#fetch();
    this.#rows = rows;
    this.#options.onChange();
    if (this.state.known < 1) this.#timer = setTimeout(() => this.refresh(), again);
    void this.#fetch();
  }

  #lacks({ runs }: Wanted): boolean {
    const { lines } = this.state;
    return runs.some(([first, count]) => {
      for (let line = first; line < Math.min(first + count, lines); line++) if (!this.#rows.has(line)) return true;
      return false;
    });
  }
}
