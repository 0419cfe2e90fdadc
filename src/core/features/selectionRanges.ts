import type { HttpDocument } from '../syntax/ast.ts';
import { blockAt } from '../syntax/query.ts';
import { templatesIn } from '../syntax/template.ts';
import { spanContains, type Span } from '../text/span.ts';
import { lineEnd, lineStart } from './fix.ts';

/** What a growing selection takes in turn: word, placeholder, value, line, body or head, request, block, file. Each holds the one before. */
export function selectionRanges(document: HttpDocument, offset: number): readonly Span[] {
  const { text } = document;
  const start = lineStart(document, offset);
  const line = { start, end: lineEnd(document, document.lines.lineAt(offset)) };
  const block = blockAt(document, offset);
  const request = block?.request;
  const placeholder = templatesIn(text.slice(line.start, line.end), start).find(({ span }) =>
    spanContains(span, offset),
  );
  const header = request?.headers.find(({ span }) => spanContains(span, offset));
  const variable = block?.variables.find(({ span }) => spanContains(span, offset));
  const candidates: readonly (Span | undefined)[] = [
    wordAt(text, offset, line),
    placeholder?.inner.span,
    placeholder?.span,
    header?.value.span,
    variable?.value.span,
    request?.target.span,
    header?.span,
    variable?.span,
    { start: start + (/^\s*/.exec(text.slice(line.start, line.end))?.[0].length ?? 0), end: line.end },
    line,
    request?.body?.span,
    request && { start: request.line.start, end: request.headers.at(-1)?.span.end ?? request.line.end },
    request?.span,
    block?.span,
    { start: 0, end: text.length },
  ];
  return nested(candidates.filter((span) => span !== undefined && spanContains(span, offset)) as Span[]);
}

function wordAt(text: string, offset: number, line: Span): Span | undefined {
  let { start, end } = { start: offset, end: offset };
  while (start > line.start && /[\p{L}\p{N}_-]/u.test(text.charAt(start - 1))) start--;
  while (end < line.end && /[\p{L}\p{N}_-]/u.test(text.charAt(end))) end++;
  return end > start ? { start, end } : undefined;
}

/** Each span really holds the one before and is larger; others are left out. */
function nested(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
    const last = result.at(-1);
    if (last && (span.start > last.start || span.end < last.end)) continue;
    if (last?.start !== span.start || last.end !== span.end) result.push(span);
  }
  return result;
}
