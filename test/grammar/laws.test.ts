import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { format } from '../../src/core/features/format.ts';
import { isSameMeaning } from '../../src/core/features/meaning.ts';
import { problems } from '../../src/core/features/problems.ts';
import { replaced } from '../../src/core/features/replacement.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { type ParsedParts, parseParts, reparse } from '../../src/core/syntax/reparse.ts';
import { checkTree } from '../core/syntax/checkTree.ts';
import { plainTree } from '../core/syntax/plainTree.ts';
import { fixtures } from './fixtures.ts';

/** What is written in request files; an edit that puts it somewhere changes what stands around it. */
// prettier-ignore
const pieces = fc.constantFrom(
    '', '\n', '\r', '\r\n', '\n\n', ' ', '\t', '#', '##', '###', '\n###\n', '\n### t', '\n  ### t\n', '# @name a\n', '//',
    '@v = 1', '\n@v = {{a.response.b}}\n', '{{', '}}', '{{x}}', '{{$f "', '{', '}', '[', '"', '<', '<a>', '< ./f\n', '\n< {%',
    '\n> {%', '%}', '\n>> f', '\n<> f', '\n?? a', '\n{{\n', '\n}}\n', '/*', '*/', 'GET ', '\nGET http://h/\n',
    '\n\nPOST {{h}}/a\n', ' HTTP/1.1', '\nHTTP/1.1 200 OK\n', '?a=1', '\n  &b=2', ':', '\nA: b', '\n  c', '--b', '--b--',
    '\nContent-Type: application/json\n', 'Content-Type: text/markdown\n', 'import ./a.http\n', 'curl -d "', '\\\n', '^\n',
    '\0', '\ud800', '\ufeff', '\u2028', '\u00a0', '가',
);
const edit = fc.tuple(fc.nat(), fc.oneof(fc.constant(0), fc.nat({ max: 30 })), pieces);
const edits = fc.tuple(fc.nat({ max: fixtures.length - 1 }), fc.array(edit, { minLength: 1, maxLength: 4 }));
type Edits = typeof edits extends fc.Arbitrary<infer T> ? T : never;

/** The same mutations in every run. */
const seed = 20_261_120;

describe('any beginning of a fixture', () => {
  test('has a tree, and no feature of the text breaks at it', () => {
    for (const text of fixtures) for (let end = 0; end <= text.length; end++) checkWhole(text.slice(0, end));
  });
});

describe('100,000 mutations of fixtures', () => {
  test('have trees whose spans cover the text and lie in each other', () => {
    fc.assert(
      fc.property(edits, (each) => checkTree(parse(textsOf(each).at(-1)?.text ?? ''))),
      { seed, numRuns: 100_000 },
    );
  });

  test('parsed edit by edit are what they are parsed whole', () => {
    fc.assert(fc.property(edits, checkReparse), { seed: seed + 1, numRuns: 5000 });
  });

  test('are formatted once and for all, and mean the same', () => {
    fc.assert(
      fc.property(edits, (each) => checkFormat(textsOf(each).at(-1)?.text ?? '')),
      { seed: seed + 2, numRuns: 10_000 },
    );
  });
});

interface Step {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  readonly inserted: number;
}

/** The fixture after each edit. */
function textsOf([index, list]: Edits): Step[] {
  let text = fixtures[index] ?? '';
  return list.map(([at, cut, piece]) => {
    const offset = at % (text.length + 1);
    const length = Math.min(cut, text.length - offset);
    text = text.slice(0, offset) + piece + text.slice(offset + length);
    return { text, offset, length, inserted: piece.length };
  });
}

function checkWhole(text: string): void {
  const document = parse(text);
  checkTree(document);
  problems(document);
}

function checkReparse(each: Edits): void {
  let state: ParsedParts = parseParts(fixtures[each[0]] ?? '');
  for (const { text, ...change } of textsOf(each)) {
    state = reparse(state, change, text);
    assert.deepEqual(plainTree(state.document), plainTree(parse(text)));
  }
}

function checkFormat(text: string): void {
  const document = parse(text);
  const once = replaced(text, format(document));
  const again = parse(once);
  assert.ok(isSameMeaning(document, again), once);
  assert.equal(replaced(once, format(again)), once);
}
