import assert from 'node:assert/strict';
import type { Block, HttpDocument, RequestNode } from '../../../src/core/syntax/ast.ts';
import type { Span, SpannedText } from '../../../src/core/text/span.ts';
import { checkTiling } from './checkTiling.ts';

/** The laws of every tree: blocks cover the text, nodes lie inside what they belong to, in order, and texts are what stands there. */
export function checkTree(document: HttpDocument): void {
  checkTiling(document);
  for (const block of document.blocks) checkBlock(document.text, block);
  for (const { span } of document.problems) checkInside({ start: 0, end: document.text.length }, span);
}

/** `inner` is a range and lies in `outer`. */
export function checkInside(outer: Span, inner: Span): void {
  const { start, end } = inner;
  assert.ok(
    start >= outer.start && start <= end && end <= outer.end,
    `${start} to ${end} in ${outer.start} to ${outer.end}`,
  );
}

function checkBlock(text: string, block: Block): void {
  const { span, separator, title, tags, variables, imports, scripts, outputs, problems, request } = block;
  for (const list of [tags, variables, imports, scripts, outputs]) checkInOrder(span, list);
  for (const problem of problems) checkInside(span, problem.span);
  if (separator) checkInside(span, separator);
  if (title) checkInside(separator ?? span, title.span);
  const written: (readonly [outer: Span, text: SpannedText])[] = [
    ...(title ? [[span, title] as const] : []),
    ...tags.flatMap((tag) => (tag.value ? [[tag.span, tag.value] as const] : [])),
    ...variables.flatMap((each) => [[each.span, each.name] as const, [each.span, each.value] as const]),
    ...imports.map((each) => [each.span, each.target] as const),
    ...scripts.map((each) => [each.span, each.source] as const),
    ...outputs.map((each) => [each.span, each.path] as const),
  ];
  for (const [outer, each] of written) checkWritten(text, outer, each);
  if (request) checkRequest(text, span, request);
}

function checkRequest(text: string, block: Span, request: RequestNode): void {
  checkInside(block, request.span);
  checkInside(block, request.line);
  // What a curl command says is decoded: it stands nowhere as it is.
  if (request.kind === 'curl') return;
  const { span, method, targetPieces, httpVersion, headers, body } = request;
  if (!request.methodImplicit) checkWritten(text, request.line, method);
  for (const piece of targetPieces) checkWritten(text, span, piece);
  checkInOrder(span, targetPieces);
  assert.equal(request.target.text, targetPieces.map((piece) => piece.text).join(''));
  if (httpVersion) checkWritten(text, span, httpVersion);
  checkInOrder(span, headers);
  for (const header of headers) checkWritten(text, header.span, header.name);
  if (!body) return;
  checkInside(span, body.span);
  checkInOrder(body.span, body.parts);
  for (const part of body.parts) checkWritten(text, part.span, part.kind === 'text' ? part : part.path);
}

function checkInOrder(outer: Span, nodes: readonly { readonly span: Span }[]): void {
  let end = outer.start;
  for (const { span } of nodes) {
    checkInside({ start: end, end: outer.end }, span);
    end = span.end;
  }
}

function checkWritten(text: string, outer: Span, written: SpannedText): void {
  checkInside(outer, written.span);
  assert.equal(text.slice(written.span.start, written.span.end), written.text);
}
