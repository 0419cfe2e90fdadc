import type { HttpDocument, RequestNode } from '../syntax/ast.ts';
import { blockAt } from '../syntax/query.ts';
import type { Span } from '../text/span.ts';
import { lineEnd, lineStart } from './fix.ts';

/** What somebody is about to write at the cursor. `typed` is what stands there already, and `span` what a choice replaces. */
export interface CompletionPlace {
  readonly kind:
    | 'placeholder'
    | 'tag'
    | 'tag-value'
    | 'request-line'
    | 'method'
    | 'header-name'
    | 'header-value'
    | 'path'
    | 'nothing';
  readonly typed: string;
  readonly span: Span;
  /** The header's or the tag's name, in lower case, for values. */
  readonly subject?: string;
}

/** Judges by the line and by what stands above it: the tree says which request the cursor is in. */
export function completionPlace(document: HttpDocument, offset: number): CompletionPlace {
  const start = lineStart(document, offset);
  const before = document.text.slice(start, offset);
  const after = document.text.slice(offset, lineEnd(document, document.lines.lineAt(offset)));
  const from = (kind: CompletionPlace['kind'], typed: string, tail = '', subject?: string): CompletionPlace => ({
    kind,
    typed,
    span: { start: offset - typed.length, end: offset + tail.length },
    ...(subject !== undefined && { subject }),
  });
  const placeholder = /\{\{%?\s*((?:(?!\}\}|\{\{).)*)$/.exec(before);
  if (placeholder) return from('placeholder', placeholder[1] ?? '', /^[\w.$-]*/.exec(after)?.[0]);
  const tag = /^\s*(?:#+|\/\/+)\s*@([\w-]*)$/.exec(before);
  if (tag) return from('tag', tag[1] ?? '', /^[\w-]*/.exec(after)?.[0]);
  const value = /^\s*(?:#+|\/\/+)\s*@([\w-]+)(?:\s*=\s*|\s+)(.*)$/.exec(before);
  if (value) return tagValue(value[1] ?? '', value[2] ?? '', from);
  if (/^\s*(?:#|\/\/)/.test(before)) return from('nothing', '');
  const run = /^run\s+#\s*([^(]*)$/.exec(before);
  if (run) return from('tag-value', run[1] ?? '', '', 'ref');
  const path = /^(?:<@?[\w-]*|>>!?|>|import|run)\s+(\S*)$/.exec(before);
  if (path) return from('path', path[1] ?? '', after.trimEnd());
  return inRequest(document, start, before, after, from);
}

type From = (kind: CompletionPlace['kind'], typed: string, tail?: string, subject?: string) => CompletionPlace;

function tagValue(tag: string, typed: string, from: From): CompletionPlace {
  const name = tag.toLowerCase();
  if (name === 'import' || name === 'cert' || name === 'save') return from('path', typed);
  return from('tag-value', typed, '', name);
}

/** Above a request a method is next; in its head a header; in its body nothing that could be known. */
function inRequest(document: HttpDocument, start: number, before: string, after: string, from: From): CompletionPlace {
  const request = blockAt(document, start)?.request;
  if (!request || start < lineStart(document, request.line.start)) return methodPlace(before, after, from);
  if (start === lineStart(document, request.line.start)) {
    return /^\s*[A-Za-z]*$/.test(before)
      ? methodPlace(before, after, from)
      : from('request-line', /\S*$/.exec(before)?.[0] ?? '');
  }
  if (request.kind === 'curl' || !isHead(document, request, start)) return from('nothing', '');
  const header = /^\s*([^\s:{]+)\s*:\s*(.*)$/.exec(before);
  if (header) return from('header-value', header[2] ?? '', '', (header[1] ?? '').toLowerCase());
  const name = /^\s*([\w-]*)$/.exec(before);
  return name ? from('header-name', name[1] ?? '', /^[\w-]*/.exec(after)?.[0]) : from('nothing', '');
}

function methodPlace(before: string, after: string, from: From): CompletionPlace {
  const word = /^\s*([A-Za-z]*)$/.exec(before);
  return word ? from('method', word[1] ?? '', /^[A-Za-z]*/.exec(after)?.[0]) : from('nothing', '');
}

/** No blank line stands between the request line and the cursor's line. */
function isHead(document: HttpDocument, request: RequestNode, start: number): boolean {
  const above = document.text.slice(request.line.start, start);
  return !/(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)/.test(above);
}
