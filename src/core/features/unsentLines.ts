import { bodyItems } from '../prepare/bodyLines.ts';
import type { HttpDocument, RequestBlock } from '../syntax/ast.ts';
import { blockTag, isRequestBlock } from '../syntax/query.ts';
import type { Span } from '../text/span.ts';
import { movedSpan, perBlock } from './perBlock.ts';

/** Comment lines inside bodies that are left out of what is sent (C1): shown faded, so that nobody misses them on the other side. */
export const unsentLines: (document: HttpDocument) => readonly Span[] = perBlock({
  read: (block) => (isRequestBlock(block) ? unsentOf(block) : []),
  moved: (span, by) => movedSpan(span, by),
});

/** The lines of one block. */
export function unsentOf(block: RequestBlock): readonly Span[] {
  const { body, headers, kind } = block.request;
  if (!body || !/(?:^|[\r\n])[^\S\r\n]*(?:#|\/\/)/.test(textOf(body.parts))) return [];
  if (blockTag(block, 'raw-body') !== undefined) return [];
  const field = headers.find((header) => header.name.text.toLowerCase() === 'content-type');
  const contentType = kind === 'graphql' ? 'application/graphql' : field?.value.text;
  const sent = new Set(bodyItems(body, contentType, false).flatMap((item) => (item.kind === 'line' ? [item.at] : [])));
  return bodyItems(body, contentType, true).flatMap((item) => {
    if (item.kind === 'file' || sent.has(item.at) || !/^\s*(?:#|\/\/)/.test(item.text)) return [];
    return [{ start: item.at, end: item.at + item.text.length }];
  });
}

function textOf(parts: readonly { readonly kind: string; readonly text?: string }[]): string {
  return parts.map((part) => part.text ?? '').join('');
}
