import type { Span } from '../text/span.ts';

/** Something that can be written at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind:
    'method' | 'header' | 'value' | 'variable' | 'function' | 'request' | 'property' | 'tag' | 'file' | 'folder';
  /** In grey beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  readonly insert: string;
  /** `insert` has stops for the cursor (`${1:…}`). */
  readonly snippet: boolean;
  /** What it replaces. */
  readonly span: Span;
  /** Choices of a lower rank come first. */
  readonly rank: number;
  /** Ask again when it was put in: there is more to choose. */
  readonly continues: boolean;
}

/** A completion with what most of them have. */
export function completion(
  place: { readonly span: Span },
  given: Pick<Completion, 'label' | 'kind'> & Partial<Completion>,
): Completion {
  const usual = { detail: '', documentation: '', insert: given.label, snippet: false, rank: 0, continues: false };
  return { ...usual, span: place.span, ...given };
}
