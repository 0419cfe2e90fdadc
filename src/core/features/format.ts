import type { Block, HeaderNode, HttpDocument, RequestNode, TagNode, VariableNode } from '../syntax/ast.ts';
import { bodyMedia } from '../syntax/bodyMedia.ts';
import { isKnownVerb } from '../syntax/methods.ts';
import { parse } from '../syntax/parse.ts';
import type { Span } from '../text/span.ts';
import { lineEnd, lineStart } from './fix.ts';
import { isSameMeaning } from './meaning.ts';
import { replaced, type Replacement } from './replacement.ts';

/**
 * Replacements that give a document its usual form: one blank around what stands on a line, one blank line between head and body and
 * above each separator, one line break at the end. Bodies are left as they are. The result is read again: if it meant anything else
 * than the document does, there would be none.
 */
export function format(document: HttpDocument): readonly Replacement[] {
  const changes = document.blocks.flatMap((block, index) => [
    ...lineChanges(document, block),
    ...blankLineChanges(document, block, index === document.blocks.length - 1),
  ]);
  const real = withoutOverlaps(changes.filter(({ span, text }) => document.text.slice(span.start, span.end) !== text));
  if (real.length === 0) return [];
  return isSameMeaning(document, parse(replaced(document.text, real))) ? real : [];
}

function lineChanges(document: HttpDocument, block: Block): readonly Replacement[] {
  return [
    ...separatorChange(document, block.separator),
    ...block.tags.flatMap((tag) => tagChange(document, tag)),
    ...block.variables.map((variable) => variableChange(document, variable)),
    ...(block.request && block.request.kind !== 'curl' ? requestChanges(document, block.request) : []),
  ];
}

/** `###title` → `### title`; banners of other characters stay. */
function separatorChange({ text }: HttpDocument, separator: Span | undefined): readonly Replacement[] {
  if (!separator) return [];
  const line = text.slice(separator.start, separator.end);
  const match = /^(#{3,})[^\S\r\n]*([^#\s].*)?$/.exec(line);
  if (!match) return [];
  const title = match[2]?.trimEnd() ?? '';
  return [{ span: separator, text: title === '' ? (match[1] ?? '') : `${match[1]} ${title}` }];
}

/** `#@name x` → `# @name x`. */
function tagChange(document: HttpDocument, { nameSpan, span }: TagNode): readonly Replacement[] {
  const written = document.text.slice(span.start, nameSpan.start);
  const marker = /^(#|\/\/)[^\S\r\n]*@$/.exec(written)?.[1];
  return [
    ...(marker === undefined ? [] : [{ span: { start: span.start, end: nameSpan.start }, text: `${marker} @` }]),
    trailing(document, span),
  ];
}

function variableChange(document: HttpDocument, { name, value, lazy, span }: VariableNode): Replacement {
  const end = lineEnd(document, document.lines.lineAt(span.start));
  const text = `@${name.text} ${lazy ? ':=' : '='} ${value.text}`.trimEnd();
  return { span: { start: span.start, end }, text };
}

function requestChanges(document: HttpDocument, request: RequestNode): readonly Replacement[] {
  return [
    ...requestLineChanges(document, request),
    ...request.headers.flatMap((header) => headerChange(document, header)),
  ];
}

/** Blanks around the target belong to nobody, and known verbs are sent in capitals anyway (C18). */
function requestLineChanges(document: HttpDocument, request: RequestNode): readonly Replacement[] {
  const { method, target, targetPieces, httpVersion } = request;
  const changes: Replacement[] = [];
  const upper = method.text.toUpperCase();
  const [first] = targetPieces;
  if (!request.methodImplicit && isKnownVerb(upper)) changes.push({ span: method.span, text: upper });
  if (!request.methodImplicit && first && isOnLine(document, first.span.start, method.span.start)) {
    changes.push({ span: { start: method.span.end, end: first.span.start }, text: ' ' });
  }
  if (httpVersion && targetPieces.length === 1 && isOnLine(document, httpVersion.span.start, method.span.start)) {
    changes.push({ span: { start: target.span.end, end: httpVersion.span.start }, text: ' ' });
  }
  return [...changes, trailing(document, httpVersion?.span ?? target.span)];
}

/** `name : value` → `name: value`. A value that is folded over several lines keeps its lines. */
function headerChange(document: HttpDocument, { kind, name, value, span }: HeaderNode): readonly Replacement[] {
  if (kind !== 'field') return [trailing(document, span)];
  if (value.text === '') {
    const end = lineEnd(document, document.lines.lineAt(name.span.start));
    return [{ span: { start: name.span.end, end }, text: ':' }];
  }
  if (!isOnLine(document, value.span.start, name.span.start)) return [];
  return [{ span: { start: name.span.end, end: value.span.start }, text: ': ' }, trailing(document, span)];
}

/** Takes off the blanks behind what `span` ends with. */
function trailing(document: HttpDocument, { end }: Span): Replacement {
  const stop = lineEnd(document, document.lines.lineAt(end));
  const behind = document.text.slice(end, stop);
  return { span: { start: end, end: behind.trim() === '' ? stop : end }, text: '' };
}

function blankLineChanges(document: HttpDocument, block: Block, isLast: boolean): readonly Replacement[] {
  return [...headToBody(document, block.request), ...(isLast ? fileEnd(document) : blockEnd(document, block))];
}

/** C13: blank lines above a body are not sent, but for those of a multipart body's preamble. */
function headToBody(document: HttpDocument, request: RequestNode | undefined): readonly Replacement[] {
  if (!request?.body || bodyMedia(request.headers, request.kind).isMultipart) return [];
  const body = lineStart(document, request.body.span.start);
  const first = blankLinesUpTo(document, body);
  return first === body ? [] : [{ span: { start: first, end: body }, text: eolAbove(document, first) }];
}

/** One blank line above the separator that ends the block; none between two separators. */
function blockEnd(document: HttpDocument, block: Block): readonly Replacement[] {
  const { end } = block.span;
  const first = blankLinesUpTo(document, end);
  if (first <= block.span.start || document.text.charAt(end) !== '#') return [];
  if (block.separator && first <= lineEnd(document, document.lines.lineAt(block.separator.start)) + 2) return [];
  return [{ span: { start: first, end }, text: eolAbove(document, first) }];
}

/** The file ends with its last line and one line break. */
function fileEnd(document: HttpDocument): readonly Replacement[] {
  const { text } = document;
  const end = text.length - (/\s*$/.exec(text.slice(-10_000))?.[0].length ?? 0);
  if (end === 0) return [];
  // Blanks behind the last word may be part of a body: only whole lines go.
  const stop = lineEnd(document, document.lines.lineAt(end));
  return [{ span: { start: stop, end: text.length }, text: eolOf(document) }];
}

/** Start of the first of the blank lines that end at `end`, which is the start of a line. */
function blankLinesUpTo({ text, lines }: HttpDocument, end: number): number {
  let line = lines.lineAt(end);
  while (line > 0 && text.slice(lines.startOf(line - 1), lines.startOf(line)).trim() === '') line--;
  return lines.startOf(line);
}

function isOnLine({ lines }: HttpDocument, offset: number, other: number): boolean {
  return lines.lineAt(offset) === lines.lineAt(other);
}

/** How the line above ends that begins at `start`: behind a lone CR a LF would be a part of that line break and no line. */
function eolAbove(document: HttpDocument, start: number): string {
  return /(?:\r\n|\r|\n)$/.exec(document.text.slice(Math.max(0, start - 2), start))?.[0] ?? eolOf(document);
}

function eolOf({ text }: HttpDocument): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}

function withoutOverlaps(changes: readonly Replacement[]): readonly Replacement[] {
  let end = -1;
  return changes
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .filter(({ span }) => {
      if (span.start < end) return false;
      end = span.end;
      return true;
    });
}
