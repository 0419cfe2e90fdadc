import type { BodyNode, BodyPart } from '../syntax/ast.ts';
import { commentStyle, isLeftOut, type CommentStyle } from '../syntax/bodyMedia.ts';
import { isMultipart, mediaTypeOf, multipartBoundary } from './bodyMediaType.ts';

/** A body as written, cut into what is handled as one: a line without its end, or a file. */
export type BodyItem =
  | { readonly kind: 'line'; readonly text: string; readonly at: number }
  | { readonly kind: 'file'; readonly part: Extract<BodyPart, { kind: 'file' }> };

/**
 * The lines and files that are sent: comment lines left out where the media type does not allow them (C1) unless
 * `keepComments`, and blank lines at both ends trimmed (C13).
 */
export function bodyItems(body: BodyNode, contentType: string | undefined, keepComments: boolean): readonly BodyItem[] {
  const items = body.parts.flatMap((part, index): readonly BodyItem[] => {
    if (part.kind === 'file') return [{ kind: 'file', part }];
    // The line break that ends a file's line begins the text behind it.
    const ended = body.parts[index - 1]?.kind === 'file' ? (/^(?:\r\n|\r|\n)/.exec(part.text)?.[0].length ?? 0) : 0;
    return linesOf(part.text.slice(ended), part.span.start + ended);
  });
  return trimmed(keepComments ? items : withoutComments(items, contentType));
}

function linesOf(text: string, start: number): readonly BodyItem[] {
  const items: BodyItem[] = [];
  const line = /([^\r\n]*)(\r\n|\r|\n|$)/g;
  while (line.lastIndex < text.length) {
    const at = line.lastIndex;
    const match = line.exec(text);
    items.push({ kind: 'line', text: match?.[1] ?? '', at: start + at });
  }
  return items;
}

function withoutComments(items: readonly BodyItem[], contentType: string | undefined): readonly BodyItem[] {
  const type = mediaTypeOf(contentType);
  if (isMultipart(type)) return withoutPartComments(items, multipartBoundary(contentType));
  const style = commentStyle(type);
  return items.filter((item) => item.kind === 'file' || !isLeftOut(item.text, style));
}

/** C1 part by part: each part's own Content-Type decides, and a part without one is `text/plain` (RFC 2046 section 5.1). */
function withoutPartComments(items: readonly BodyItem[], boundary: string | undefined): readonly BodyItem[] {
  let style: CommentStyle = 'hash-and-slashes';
  let inHead = false;
  return items.filter((item) => {
    if (item.kind === 'file') return true;
    if (isDelimiter(item.text, boundary)) {
      style = commentStyle('text/plain');
      inHead = true;
      return true;
    }
    if (!inHead) return !isLeftOut(item.text, style);
    inHead = item.text.trim() !== '';
    const partType = /^\s*content-type\s*:(.*)$/i.exec(item.text)?.[1];
    if (partType !== undefined) style = commentStyle(mediaTypeOf(partType));
    return !isLeftOut(item.text, 'hash-and-slashes');
  });
}

function isDelimiter(line: string, boundary: string | undefined): boolean {
  if (boundary === undefined) return line.startsWith('--');
  return line.startsWith(`--${boundary}`) && /^(?:--)?[ \t]*$/.test(line.slice(boundary.length + 2));
}

function trimmed(items: readonly BodyItem[]): readonly BodyItem[] {
  const isSent = (item: BodyItem): boolean => item.kind === 'file' || item.text.trim() !== '';
  const first = items.findIndex(isSent);
  return first < 0 ? [] : items.slice(first, items.findLastIndex(isSent) + 1);
}
