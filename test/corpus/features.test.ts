import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completions } from '../../src/core/features/completions.ts';
import { fixes } from '../../src/core/features/fixes.ts';
import { format } from '../../src/core/features/format.ts';
import { hoverPlace } from '../../src/core/features/hover.ts';
import { isSameMeaning } from '../../src/core/features/meaning.ts';
import { problems } from '../../src/core/features/problems.ts';
import { refactorings } from '../../src/core/features/refactorings.ts';
import { replaced } from '../../src/core/features/replacement.ts';
import { selectionRanges } from '../../src/core/features/selectionRanges.ts';
import { noSurroundings } from '../../src/core/features/surroundings.ts';
import { unsentLines } from '../../src/core/features/unsentLines.ts';
import { variableProblems } from '../../src/core/features/variableProblems.ts';
import type { HttpDocument } from '../../src/core/syntax/ast.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { decodeText } from '../../src/core/text/decode.ts';
import { needsConformance } from '../conformance/conformanceFolder.ts';
import { openCorpus } from './corpusFiles.ts';
import { tokensOf } from '../support/tokensOf.ts';

describe('language features on files of real people', needsConformance, () => {
  test('formatting is idempotent and keeps what every file means', () => {
    forEachFile((document, key) => {
      const once = replaced(document.text, format(document));
      const again = parse(once);
      assert.ok(isSameMeaning(document, again), key);
      assert.equal(replaced(once, format(again)), once, key);
    });
  });

  test('every problem has fixes that can be made', () => {
    forEachFile((document) => {
      for (const problem of [...problems(document), ...variableProblems(document, noSurroundings)]) {
        const input = { document, problem, around: noSurroundings, environmentFiles: [] };
        for (const { replacements } of fixes(input)) replaced(document.text, replacements);
      }
    });
  });

  test('colours are in order and do not overlap; lines that are not sent are lines', () => {
    forEachFile((document, key) => {
      let end = 0;
      for (const { span } of tokensOf(document)) {
        assert.ok(span.start >= end && span.end > span.start, key);
        end = span.end;
      }
      for (const { start, end: last } of unsentLines(document)) {
        assert.match(document.text.slice(start, last), /^\s*(?:#|\/\/)[^\r\n]*$/, key);
      }
    });
  });

  test('the cursor may stand anywhere', () => {
    forEachFile((document) => {
      const step = Math.max(1, Math.floor(document.text.length / 25));
      for (let offset = 0; offset <= document.text.length; offset += step) {
        completions(document, offset, noSurroundings);
        hoverPlace(document, offset);
        selectionRanges(document, offset);
        refactorings(document, { start: offset, end: Math.min(offset + 5, document.text.length) });
      }
    });
  });
});

function forEachFile(check: (document: HttpDocument, key: string) => void): void {
  const corpus = openCorpus();
  for (const key of corpus.keys) check(parse(decodeText(corpus.read(key)).text), key);
}
