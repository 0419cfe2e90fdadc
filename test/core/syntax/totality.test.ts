import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { folds } from '../../../src/core/features/folds.ts';
import { lenses } from '../../../src/core/features/lenses.ts';
import { problems } from '../../../src/core/features/problems.ts';
import { symbols } from '../../../src/core/features/symbols.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { templatesIn } from '../../../src/core/syntax/template.ts';
import { parseReport } from '../../../src/present/parseReport.ts';
import { checkInside, checkTree } from './checkTree.ts';

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
  checkTree(document);
  for (const { span } of problems(document)) checkInside({ start: 0, end: text.length }, span);
  for (const fold of folds(document)) assert.ok(fold.endLine < document.lines.lineCount);
  lenses(document);
  symbols(document);
  JSON.stringify(parseReport('a.http', document));
  for (const { span } of templatesIn(text, 0)) assert.equal(text.slice(span.start, span.start + 2), '{{');
}
