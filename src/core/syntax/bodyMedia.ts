import type { HeaderNode, RequestKind } from './ast.ts';
import { headerNamed } from './headerLines.ts';

/** What the media type of a body says about its lines. */
export interface BodyMedia {
  /** `type/subtype` in lower case; empty when there is no Content-Type or it holds a placeholder. */
  readonly type: string;
  /** Comment lines are no part of the body (C1). */
  readonly stripsComments: boolean;
  /** A `# x` line is a heading and not a comment. */
  readonly isMarkdown: boolean;
  readonly isMultipart: boolean;
  /** JSON, or nothing known: `@name = value` behind a blank line at the end is a variable (C16). */
  readonly allowsVariables: boolean;
  /** A request line may end a body that already has text (C17). */
  readonly allowsRequests: boolean;
  /** A request line never ends such a body, not even an empty one (C17). */
  readonly forbidsRequests: boolean;
}

export function bodyMedia(headers: readonly HeaderNode[], kind: RequestKind = 'http'): BodyMedia {
  const field = headerNamed(headers, 'content-type');
  return kind === 'graphql' ? graphqlMedia : mediaOf(field?.value.text ?? '');
}

export function mediaOf(contentType: string): BodyMedia {
  const frequent = contentType === '' ? noMedia : contentType === 'application/json' ? jsonMedia : undefined;
  if (frequent) return frequent;
  if (contentType.includes('{{')) return noMedia;
  // What is no `type/subtype` says nothing (RFC 9110 section 8.3.1).
  return describe(/^\s*([^\s;,/]+\/[^\s;,/]+)\s*(?:[;,]|$)/.exec(contentType)?.[1]?.toLowerCase() ?? '');
}

function describe(type: string): BodyMedia {
  const isJson = type === '' || /[/+](x-)?(nd)?json(lines|-seq|c|5|l)?$/.test(type) || type === 'application/graphql';
  const isForm = type === 'application/x-www-form-urlencoded';
  const isMultipart = type.startsWith('multipart/');
  return {
    type,
    stripsComments: isMultipart || commentStyle(type) !== 'none',
    isMarkdown: type === 'text/markdown' || type === 'text/x-markdown',
    isMultipart,
    allowsVariables: isJson,
    allowsRequests: isJson || isForm,
    forbidsRequests: type.startsWith('text/') || isMultipart || type === 'message/http' || type === 'application/http',
  };
}

/** Which comment lines are left out of a body (C1): those that its media type does not allow as text. */
export type CommentStyle = 'hash-and-slashes' | 'slashes' | 'none';

/**
 * C1, for the editor that fades such lines and the send that leaves them out. `text/plain` and no media type lose their comments as in
 * three of five dialects; types in which `#` or `//` is a comment or text of its own (Markdown, YAML, CSV, code) keep them, and so does
 * every type that is not known. The parts of a multipart body are judged one by one.
 */
export function commentStyle(type: string): CommentStyle {
  if (type === '' || type === 'text/plain' || type === 'application/x-www-form-urlencoded') return 'hash-and-slashes';
  if (/[/+](?:xml|html|(?:x-)?(?:nd-?)?json(?:5|l|-?lines|-seq)?)$/.test(type)) return 'hash-and-slashes';
  // GraphQL has `#` comments of its own.
  return type === 'application/graphql' ? 'slashes' : 'none';
}

/** Whether a line is a comment that is left out. */
export function isLeftOut(line: string, style: CommentStyle): boolean {
  if (style === 'none') return false;
  return (style === 'slashes' ? /^\s*\/\// : /^\s*(?:#|\/\/)/).test(line);
}

const noMedia = describe('');
const jsonMedia = describe('application/json');
const graphqlMedia = describe('application/graphql');
