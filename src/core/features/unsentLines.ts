import { bodyItems } from '../prepare/bodyLines.ts';
import type { HttpDocument, RequestBlock } from '../syntax/ast.ts';
import { blockTag, requestBlocks } from '../syntax/query.ts';
import type { Span } from '../text/span.ts';

/** Comment lines inside bodies that are left out of what is sent (C1): shown faded, so that nobody misses them on the other side. */
export function unsentLines(document: HttpDocument): readonly Span[] {
  return requestBlocks(document).flatMap((block) => unsentOf(block));
}

function unsentOf(block: RequestBlock): readonly Span[] {
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
