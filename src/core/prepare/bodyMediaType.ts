import { parseMediaType } from '../http/mediaType.ts';

/** Type and subtype in lower case, without parameters: `application/json`. Empty for none. */
export function mediaTypeOf(contentType: string | undefined): string {
  return parseMediaType(contentType)?.essence ?? '';
}

/** The `boundary` parameter (RFC 2046 section 5.1.1). */
export function multipartBoundary(contentType: string | undefined): string | undefined {
  return parseMediaType(contentType)?.parameters.get('boundary');
}

export function isMultipart(type: string): boolean {
  return type.startsWith('multipart/');
}

export function isForm(type: string): boolean {
  return type === 'application/x-www-form-urlencoded';
}

/** One JSON value a line: the last line ends too. */
export function isJsonLines(type: string): boolean {
  return /^application\/(?:x-)?(?:nd-?json|json-?lines|jsonl)$/.test(type);
}

function isJson(type: string): boolean {
  return /[/+]json5?$/.test(type) || isJsonLines(type);
}

/** Which comment lines are left out of a body (C1): those that its media type does not allow as text. */
export type CommentStyle = 'hash-and-slashes' | 'slashes' | 'none';

/**
 * C1. `text/plain` and no media type lose their comments as in three of five dialects; types in which `#` or `//` is a
 * comment or text of its own (markdown, yaml, csv, code) keep them, and so does every type that is not known.
 */
export function commentStyle(type: string): CommentStyle {
  if (type === '' || type === 'text/plain' || isJson(type) || isForm(type)) return 'hash-and-slashes';
  if (/[/+](?:xml|html)$/.test(type)) return 'hash-and-slashes';
  // GraphQL has `#` comments of its own.
  return type === 'application/graphql' ? 'slashes' : 'none';
}
