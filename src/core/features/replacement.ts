import type { Span } from '../text/span.ts';

/** A change of one document: the text at `span` becomes `text`. Several of one change never overlap. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

export function insertion(offset: number, text: string): Replacement {
  return { span: { start: offset, end: offset }, text };
}

/** The text with all replacements made: what an editor does with them. */
export function replaced(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let end = 0;
  for (const { span, text: inserted } of replacements.toSorted((a, b) => a.span.start - b.span.start)) {
    result += text.slice(end, span.start) + inserted;
    end = span.end;
  }
  return result + text.slice(end);
}
