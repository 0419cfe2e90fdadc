import type { HttpDocument } from '../syntax/ast.ts';
import { templatesIn } from '../syntax/template.ts';
import type { Problem } from '../text/problem.ts';
import type { Surroundings } from './surroundings.ts';

/** C4: where httpYac is used, its milliseconds are what a file's author may have meant. One remark a file, at the first place. */
export function dialectProblems(
  document: HttpDocument,
  { httpYac }: Pick<Surroundings, 'httpYac'>,
): readonly Problem[] {
  if (!httpYac || !document.text.includes('$timestamp')) return [];
  const first = templatesIn(document.text).find(({ form }) => form.kind === 'function' && form.name === '$timestamp');
  if (!first) return [];
  const message =
    '"$timestamp" counts seconds here, as in most tools; httpYac, for which this workspace is set up, counts milliseconds. Write "$timestampMs" if these are meant.';
  return [{ code: 'timestamp-unit', severity: 'hint', span: first.inner.span, message }];
}
