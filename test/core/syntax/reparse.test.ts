import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseParts, reparse, type ParsedParts } from '../../../src/core/syntax/reparse.ts';
import { LineMap } from '../../../src/core/text/lineMap.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { plainTree, startsOf } from './plainTree.ts';

const piece = fc.constantFrom(
  '###',
  '### A',
  '  ### b',
  '\t###',
  '####',
  '# @name x',
  '# c',
  '@v = 1',
  'GET /a',
  'POST http://h/a',
  'GET {{u}}',
  'A: b',
  'Content-Type: application/json',
  'Content-Type: text/markdown',
  '',
  '',
  ' ',
  '{"a": 1}',
  '< {%',
  '> {%',
  '%}',
  '{{',
  '}}',
  '/*',
  '*/',
  'prose here',
  'HTTP/1.1 200 OK',
  'curl -d "a',
  '"',
  '  ?x=1',
  'import ./a.http',
  '>> o',
  '?? a',
  'Fetch http://h/',
  '{{x}}',
);
const eol = fc.constantFrom('\n', '\n', '\r\n', '\r');
const texts = fc.array(fc.tuple(piece, eol), { maxLength: 20 }).map((pairs) => pairs.flat().join(''));
const inserted = fc.oneof(
  texts,
  fc.constantFrom('', '#', '##', '###', '\n', '\r', '\n###\n', ' ', 'GET', '{', '%}', '\ufeff'),
);
const edits = fc.array(fc.tuple(fc.nat(400), fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.nat(60)), inserted), {
  minLength: 1,
  maxLength: 5,
});

/** The law: after any edits, made one after another, the tree is what a parse of the whole text gives. */
test('parsing again after an edit is parsing the whole text', () => {
  fc.assert(
    fc.property(texts, edits, (text, changes) => {
      let state: ParsedParts = parseParts(text);
      for (const [at, length, insert] of changes) {
        const before = state.document.text;
        const offset = Math.min(at, before.length);
        const removed = Math.min(length, before.length - offset);
        const after = before.slice(0, offset) + insert + before.slice(offset + removed);
        state = reparse(state, { offset, length: removed, inserted: insert.length }, after);
        assert.deepEqual(plainTree(state.document), plainTree(parse(after)));
      }
    }),
    { numRuns: 4000 },
  );
});

test('the map of lines after an edit is the map of the whole text', () => {
  const characters = fc
    .array(fc.constantFrom('a', '\n', '\r', '\r\n', 'bc'), { maxLength: 12 })
    .map((list) => list.join(''));
  fc.assert(
    fc.property(characters, fc.nat(20), fc.nat(6), characters, (text, at, length, insert) => {
      const offset = Math.min(at, text.length);
      const removed = Math.min(length, text.length - offset);
      const after = text.slice(0, offset) + insert + text.slice(offset + removed);
      const edited = new LineMap(text).edited({ offset, length: removed, inserted: insert.length }, after);
      assert.deepEqual(startsOf(edited), startsOf(new LineMap(after)));
    }),
    { numRuns: 20_000 },
  );
});

test('a keystroke reads one block of many', () => {
  const block = '### T\nPOST http://h/a\nContent-Type: application/json\n\n{"a": "{{v}}"}\n\n';
  const text = block.repeat(200);
  const before = parseParts(text);
  const offset = text.indexOf('"a"', text.length / 2) + 2;
  const after = `${text.slice(0, offset)}x${text.slice(offset)}`;
  const { parts } = reparse(before, { offset, length: 0, inserted: 1 }, after);
  const kept = new Set(before.parts.map((part) => part.block));
  assert.equal(parts.filter((part) => !kept.has(part.block)).length, 1);
});
