import type { HttpDocument } from '../syntax/ast.ts';
import { blockAt } from '../syntax/query.ts';
import { templatesIn } from '../syntax/template.ts';
import type { Span } from '../text/span.ts';
import type { Binding, VariableScope } from '../variables/scope.ts';
import { scopeOf, type Surroundings } from './surroundings.ts';

/** The value of a variable, to be shown behind its placeholder. */
export interface InlayHint {
  readonly offset: number;
  readonly text: string;
}

/** Values in sight of each placeholder in `range`, secrets masked. What only a send can know (functions, responses) stays as written. */
export function inlayHints(document: HttpDocument, range: Span, around: Surroundings): readonly InlayHint[] {
  return templatesIn(document.text.slice(range.start, range.end), range.start).flatMap(({ form, inner, span }) => {
    if (form.kind !== 'name' && form.kind !== 'path') return [];
    const scope = scopeOf(document, blockAt(document, span.start), around);
    const found = scope.lookup(inner.text)?.winner;
    return found ? [{ offset: span.end, text: `= ${short(valueOf(found, scope, []))}` }] : [];
  });
}

/** The value with the variables in it put in. One that needs itself stays as it is written; its problem is told elsewhere. */
function valueOf(binding: Binding, scope: VariableScope, trail: readonly string[]): string {
  if (binding.secret) return '***';
  if (!binding.template) return binding.value;
  const inside = [...trail, binding.name];
  let text = '';
  let end = 0;
  for (const { inner, span } of templatesIn(binding.value)) {
    const found = inside.includes(inner.text) ? undefined : scope.lookup(inner.text)?.winner;
    text += binding.value.slice(end, span.start);
    text += found ? valueOf(found, scope, inside) : binding.value.slice(span.start, span.end);
    end = span.end;
  }
  return text + binding.value.slice(end);
}

function short(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
