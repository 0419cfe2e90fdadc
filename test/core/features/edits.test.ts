import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { folds } from '../../../src/core/features/folds.ts';
import { lenses } from '../../../src/core/features/lenses.ts';
import { links } from '../../../src/core/features/links.ts';
import { namesOf } from '../../../src/core/features/names.ts';
import { problems } from '../../../src/core/features/problems.ts';
import { semanticTokens } from '../../../src/core/features/semanticTokens.ts';
import { symbols } from '../../../src/core/features/symbols.ts';
import { unsentLines } from '../../../src/core/features/unsentLines.ts';
import type { HttpDocument } from '../../../src/core/syntax/ast.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { parseParts, reparse } from '../../../src/core/syntax/reparse.ts';

const features = { folds, lenses, links, namesOf, problems, semanticTokens, symbols, unsentLines };

const line = fc.constantFrom(
  '###',
  '### A b',
  '# @name x',
  '# @name A_b',
  '# @loop 3',
  '# c',
  '@v = {{x.response.body.t}}',
  '@x = {{v}}',
  'GET http://h/{{v}}',
  'POST http://h/{{A_b.response.body.t}}',
  'Content-Type: application/json',
  'Authorization: {{$guid}}',
  '',
  '',
  '{"a": "{{v}}",',
  '  # no part',
  '}',
  '< ./a.json',
  '> {%',
  '%}',
  'import ./a.http',
  '...x',
);
const texts = fc.array(line, { maxLength: 24 }).map((lines) => lines.map((each) => `${each}\n`).join(''));
const inserted = fc.oneof(texts, fc.constantFrom('', '#', '\n', '\n###\n', ' ', 'v', '{', '{{v}}', '@w = 1\n'));
const edits = fc.array(fc.tuple(fc.nat(400), fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(60)), inserted), {
  minLength: 1,
  maxLength: 5,
});

/** The law: what features remember of unchanged blocks is what they would find in the text as it is. */
test('after any edits every feature finds what it finds in the whole text', () => {
  fc.assert(
    fc.property(texts, edits, (text, changes) => {
      let state = parseParts(text);
      found(state.document);
      for (const [at, length, insert] of changes) {
        const before = state.document.text;
        const offset = Math.min(at, before.length);
        const removed = Math.min(length, before.length - offset);
        const after = before.slice(0, offset) + insert + before.slice(offset + removed);
        state = reparse(state, { offset, length: removed, inserted: insert.length }, after);
        assert.deepEqual(found(state.document), found(parse(after)));
      }
    }),
    { numRuns: 1500 },
  );
});

function found(document: HttpDocument) {
  return Object.entries(features).map(([name, feature]) => [name, feature(document)]);
}
