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
  return mediaOf(kind === 'graphql' ? '' : (field?.value.text ?? ''));
}

export function mediaOf(contentType: string): BodyMedia {
  const frequent = contentType === '' ? noMedia : contentType === 'application/json' ? jsonMedia : undefined;
  if (frequent) return frequent;
  if (contentType.includes('{{')) return noMedia;
  return describe((contentType.split(';', 1)[0] ?? '').trim().toLowerCase());
}

function describe(type: string): BodyMedia {
  const isJson = type === '' || /[/+](x-)?(nd)?json(lines|-seq|c|5|l)?$/.test(type) || type === 'application/graphql';
  const isForm = type === 'application/x-www-form-urlencoded';
  const isMultipart = type.startsWith('multipart/');
  return {
    type,
    stripsComments: stripsComments(type),
    isMarkdown: type === 'text/markdown' || type === 'text/x-markdown',
    isMultipart,
    allowsVariables: isJson,
    allowsRequests: isJson || isForm,
    forbidsRequests: type.startsWith('text/') || isMultipart || type === 'message/http' || type === 'application/http',
  };
}

/**
 * C1: whether `#` and `//` lines of a body of this media type are left out. They are where that text is illegal in the type,
 * where there is no type, and in `text/plain` (three of five tools); Markdown, YAML, TOML, CSV, code and the unknown keep them.
 */
export function stripsComments(type: string): boolean {
  if (type === '' || type === 'text/plain' || type === 'text/html') return true;
  if (type === 'application/x-www-form-urlencoded' || type.startsWith('multipart/')) return true;
  return /[/+](x-)?(nd)?json(lines|-seq|l)?$|[/+]xml$|[/+]graphql$/.test(type);
}

const noMedia = describe('');
const jsonMedia = describe('application/json');
