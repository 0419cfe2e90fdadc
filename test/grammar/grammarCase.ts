import type { Situation } from './outcome.ts';

/** One statement of GRAMMAR.md, held by what becomes of a file. */
export interface GrammarCase {
  /** A resolution of its section 2 (`C1` to `C37`), or a production of its section 3. */
  readonly rule: string;
  readonly name: string;
  /** `HOST` stands for the server that it is sent to. */
  readonly text: string;
  readonly situation?: Situation;
  /** In the words of `outcomeOf`. */
  readonly expected: readonly string[];
}
