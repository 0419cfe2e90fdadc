import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A mistake in the file, at its place. An `error` on a block blocks its send; anything less never does. */
export interface Problem {
  /** Stable kebab-case code, for example `unknown-variable`; shown to users and matched by quick fixes. */
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  /** What is wrong and what to do next, in one or two sentences, in English (translated at the edge). */
  readonly message: string;
}
