import type { HttpDocument, RequestBlock } from '../syntax/ast.ts';
import { blockAt, isRequestBlock } from '../syntax/query.ts';
import { spanContains, type Span } from '../text/span.ts';
import { curlAsRequest } from './curlAsRequest.ts';
import { fix, lineStart, type Fix } from './fix.ts';
import { namesOf } from './names.ts';
import { insertion } from './replacement.ts';

/** Changes that somebody may want although nothing is wrong. `kind` is where an editor's menu puts them. */
export interface Refactoring extends Fix {
  readonly kind: 'extract' | 'rewrite';
}

export function refactorings(document: HttpDocument, selection: Span): readonly Refactoring[] {
  const block = blockAt(document, selection.start);
  if (!block || !isRequestBlock(block)) return [];
  return [
    ...extracted(document, block, selection),
    ...curlRewritten(block, selection),
    ...requestBelow(document, block, selection),
  ];
}

/** The selected text becomes the value of a variable above the request: C8 finds it there. */
function extracted(document: HttpDocument, block: RequestBlock, selection: Span): readonly Refactoring[] {
  const text = document.text.slice(selection.start, selection.end);
  const isWhole = text !== '' && text.trim() === text && !/[\r\n]/.test(text) && isBalanced(text);
  const isSent = sentPlaces(block).some((span) => selection.start >= span.start && selection.end <= span.end);
  if (!isWhole || !isSent || isInsidePlaceholder(document, selection)) return [];
  const name = freeName(document, suggestedName(block, selection));
  const at = lineStart(document, block.request.line.start);
  const made = fix(`Extract to the variable ${name}`, [
    // A backslash would begin an escape in a variable's value (GRAMMAR 3).
    insertion(at, `@${name} = ${text.replaceAll('\\', '\\\\')}\n`),
    { span: selection, text: `{{${name}}}` },
  ]);
  return [{ ...made, kind: 'extract' }];
}

function sentPlaces({ request }: RequestBlock): readonly Span[] {
  if (request.kind === 'curl') return [];
  const bodies = request.body?.parts.flatMap((part) => (part.kind === 'text' ? [part.span] : [])) ?? [];
  return [
    ...request.targetPieces.map(({ span }) => span),
    ...request.headers.map(({ value }) => value.span),
    ...bodies,
  ];
}

/** As many placeholders opened as closed: a half of one cannot be a value. */
function isBalanced(text: string): boolean {
  return text.split('{{').length === text.split('}}').length && !/^\}|\{$/.test(text);
}

function isInsidePlaceholder({ text }: HttpDocument, { start }: Span): boolean {
  const before = text.slice(Math.max(0, start - 500), start);
  return before.lastIndexOf('{{') > Math.max(before.lastIndexOf('}}'), before.lastIndexOf('\n'));
}

/** `Authorization: Bearer x` → `token`; the URL's beginning → `baseUrl`; a JSON value → its key. */
function suggestedName(block: RequestBlock, selection: Span): string {
  const { request } = block;
  const header = request.headers.find(({ value }) => spanContains(value.span, selection.start));
  if (header) return /^authorization$/i.test(header.name.text) ? 'token' : camelCase(header.name.text);
  if (selection.start === request.target.span.start) return 'baseUrl';
  const part = request.body?.parts.find(({ span }) => spanContains(span, selection.start));
  const before = part?.kind === 'text' ? part.text.slice(0, selection.start - part.span.start) : '';
  const key = /["'&\n]?([\p{L}_][\p{L}\p{N}_]*)["']?\s*[:=]\s*["']?$/u.exec(before)?.[1];
  return key ?? 'value';
}

function camelCase(words: string): string {
  const [first = 'value', ...rest] = words.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return first.toLowerCase() + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('');
}

function freeName(document: HttpDocument, name: string): string {
  const taken = new Set(namesOf(document).map((each) => each.name));
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}

function curlRewritten(block: RequestBlock, selection: Span): readonly Refactoring[] {
  if (!spanContains(block.request.span, selection.start)) return [];
  const text = curlAsRequest(block);
  if (text === undefined) return [];
  const made = fix('Rewrite the curl command as method, URL and headers', [{ span: block.request.span, text }]);
  return [{ ...made, kind: 'rewrite' }];
}

/** Offered where nothing is selected, on the request line. */
function requestBelow({ text }: HttpDocument, block: RequestBlock, { start, end }: Span): readonly Refactoring[] {
  if (start !== end || !spanContains(block.request.line, start)) return [];
  const at = block.span.end;
  const gap = text.slice(0, at).endsWith('\n') ? '' : '\n';
  const made = fix('Insert ### and a request below', [insertion(at, `${gap}###\nGET \n\n`)], false);
  return [{ ...made, kind: 'rewrite' }];
}
