import type { TagNode } from './ast.ts';
import { isBlankCode, skipBlanks, skipBlanksBack, type SourceLines, trimmedText } from './sourceLines.ts';

/**
 * Reads `# @name value`, `//@name = value`; `undefined` when the comment holds no tag. A word that is no known tag and has `=`
 * behind it is a variable that somebody commented out (C3).
 */
export function readTag(source: SourceLines, line: number): TagNode | undefined {
  const { text } = source;
  const commentStart = source.indent(line);
  const end = skipBlanksBack(text, commentStart, source.end(line));
  const at = skipBlanks(text, skipMarker(text, commentStart, end), end);
  if (text.charCodeAt(at) !== 64 || at >= end) return undefined;
  const wordEnd = skipTagWord(text, at + 1, end);
  if (wordEnd === at + 1) return undefined;
  const behind = skipBlanks(text, wordEnd, end);
  const hasEquals = behind < end && text.charCodeAt(behind) === 61;
  if (wordEnd < end && !hasEquals && !isBlankCode(text.charCodeAt(wordEnd))) return undefined;
  const name = kebabCase(text.slice(at + 1, wordEnd));
  if (hasEquals && !isKnownTag(name)) return undefined;
  const value = trimmedText(text, hasEquals ? behind + 1 : behind, end);
  return {
    name,
    nameSpan: { start: at + 1, end: wordEnd },
    value: value.text === '' ? undefined : value,
    span: { start: commentStart, end },
  };
}

/** `noRedirect` and `no-redirect` are one tag. */
export function kebabCase(word: string): string {
  return actedOn.has(word) ? word : word.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

export function isKnownTag(name: string): boolean {
  return actedOn.has(name) || recognised.has(name) || name.startsWith('grpc');
}

/** Known from other tools, and without effect here. */
export function isTagWithoutEffect(name: string): boolean {
  return recognised.has(name) || name.startsWith('grpc');
}

const actedOn = new Set(
  (
    'name title description note tag disabled no-redirect follow max-redirects redirect no-cookie-jar session env ' +
    'timeout connection-timeout total-timeout retry proxy insecure no-reject-unauthorized cert no-client-cert auth no-default-header http2 ' +
    'no-auto-encoding raw-body encoding prompt kulala-prompt ref force-ref depends-on import capture save no-log ' +
    'sleep pre-delay post-delay'
  ).split(' '),
);

const recognised = new Set(
  (
    'open-with extension loop if if-not jwt ratelimit rate-limit inject-variables keep-streaming no-response-view debug verbose ' +
    'meta-data-logging no-streaming-log response-ref language'
  ).split(' '),
);

/** Every tag by its name, whether it has an effect or not. */
export const tagNames: readonly string[] = [...actedOn, ...recognised];

function skipMarker(text: string, start: number, end: number): number {
  const marker = text.charCodeAt(start);
  let at = start;
  while (at < end && text.charCodeAt(at) === marker) at++;
  return at;
}

function skipTagWord(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isTagCode(text.charCodeAt(at), at === start)) at++;
  return at;
}

function isTagCode(code: number, first: boolean): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (first) return isLetter;
  return isLetter || (code >= 48 && code <= 57) || code === 45 || code === 95 || code === 46;
}
