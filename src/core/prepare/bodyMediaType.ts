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
