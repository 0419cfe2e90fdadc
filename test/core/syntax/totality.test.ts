import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Block, HttpDocument } from '../../../src/core/syntax/ast.ts';
import { folds } from '../../../src/core/features/folds.ts';
import { lenses } from '../../../src/core/features/lenses.ts';
import { problems } from '../../../src/core/features/problems.ts';
import { symbols } from '../../../src/core/features/symbols.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { templatesIn } from '../../../src/core/syntax/template.ts';
import { parseReport } from '../../../src/present/parseReport.ts';
import { checkTiling } from './checkTiling.ts';

/** Pieces of which real files are made, and those that break them. */
const pieces = [
  '###',
  '  ### t',
  'GET /a',
  'POST https://h/x HTTP/1.1',
  'GRPC h/x',
  'HTTP/1.1 200 OK',
  'Content-Type: application/json',
  'Content-Type: text/markdown',
  'Content-Type: multipart/mixed; boundary=b',
  '--b--',
  'X: 1',
  '  folded',
  '  ?a=1',
  '&b=2',
  '# @name a',
  '// c',
  '@v = 1',
  '@v',
  '{',
  '}',
  '{{',
  '}}',
  '{{x}}',
  '{{+after',
  '< ./f',
  '<@latin1 f',
  '< {%',
  '> {%',
  '%}',
  '> ./a.js',
  '>> f',
  '<> f',
  '?? status == 200',
  '/*',
  '*/',
  'import ./a.http',
  'curl https://h \\',
  "  -d 'a",
  'prose',
  '',
  ' ',
  '\t',
  '\uFEFF',
  '\u00a0',
];
const ends = ['\n', '\n', '\n', '\r\n', '\r', ''];
const files = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...ends)), { maxLength: 40 })
  .map((lines) => lines.map(([line, end]) => line + end).join(''));

describe('any text gives a document', () => {
  test('random characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), checkAll));
  });
  test('lines of request files in any order', () => {
    fc.assert(fc.property(files, checkAll), { numRuns: 3000 });
  });
});

function checkAll(text: string): void {
  const document = parse(text);
  checkTiling(document);
  for (const block of document.blocks) checkSpans(document, block);
  for (const { span } of [...document.problems, ...problems(document)]) checkInside(text, span);
  for (const fold of folds(document)) assert.ok(fold.endLine < document.lines.lineCount);
  lenses(document);
  symbols(document);
  JSON.stringify(parseReport('a.http', document));
  for (const { span } of templatesIn(text, 0)) assert.equal(text.slice(span.start, span.start + 2), '{{');
}

/** Texts that are not put together from several lines are what stands at their place. */
function checkSpans({ text }: HttpDocument, block: Block): void {
  const { request } = block;
  const asWritten = [
    ...(block.title ? [block.title] : []),
    ...block.tags.flatMap((tag) => tag.value ?? []),
    ...block.variables.flatMap(({ name, value }) => [name, value]),
    ...block.imports.map(({ target }) => target),
    ...block.scripts.map(({ source }) => source),
    ...block.outputs.map(({ path }) => path),
    ...(request && request.kind !== 'curl' ? request.targetPieces : []),
    ...(request?.headers.map(({ name }) => name) ?? []),
    ...(request?.body?.parts.map((part) => (part.kind === 'text' ? part : part.path)) ?? []),
  ];
  for (const { text: written, span } of asWritten) assert.equal(text.slice(span.start, span.end), written);
  const spans = [...block.tags, ...block.variables, ...block.scripts, ...block.problems, ...(request ? [request] : [])];
  for (const { span } of spans) {
    checkInside(text, span);
    assert.ok(span.start >= block.span.start && span.end <= block.span.end);
  }
}

function checkInside(text: string, { start, end }: { readonly start: number; readonly end: number }): void {
  assert.ok(start >= 0 && start <= end && end <= text.length, `${start} to ${end} of ${text.length}`);
}
