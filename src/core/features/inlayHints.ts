import type { HttpDocument } from '../syntax/ast.ts';
import { blockAt } from '../syntax/query.ts';
import { templatesIn } from '../syntax/template.ts';
import type { Span } from '../text/span.ts';
import { scopeOf, type Surroundings } from './surroundings.ts';

/** The value of a variable, to be shown behind its placeholder. */
export interface InlayHint {
  readonly offset: number;
  readonly text: string;
}

/** Values in sight of each placeholder in `range`. Secrets stay hidden; a value made of other values is shown as it is written. */
export function inlayHints(document: HttpDocument, range: Span, around: Surroundings): readonly InlayHint[] {
  return templatesIn(document.text.slice(range.start, range.end), range.start).flatMap(({ form, inner, span }) => {
    if (form.kind !== 'name' && form.kind !== 'path') return [];
    const found = scopeOf(document, blockAt(document, span.start), around).lookup(inner.text)?.winner;
    if (!found || (found.layer === 'block' && found.value === '')) return [];
    return [{ offset: span.end, text: `= ${found.secret ? '***' : short(found.value)}` }];
  });
}

function short(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
