import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problems } from '../../src/core/features/problems.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { decodeText } from '../../src/core/text/decode.ts';
import { parseReport } from '../../src/present/parseReport.ts';
import { needsConformance } from '../conformance/conformanceFolder.ts';
import { checkTiling } from '../core/syntax/checkTiling.ts';
import { compare, type Difference } from './compare.ts';
import { corpusKeys, readCorpusFile, readFacts } from './corpusFiles.ts';
import { decidedDifferences } from './differences.ts';

describe('files of real people', needsConformance, () => {
  test('every file parses and loses no character', () => {
    const keys = corpusKeys();
    assert.ok(keys.length > 700, `${keys.length} files`);
    for (const key of keys) {
      const document = parse(decodeText(readCorpusFile(key)).text);
      checkTiling(document);
      for (const { span } of problems(document)) assert.ok(span.end <= document.text.length, key);
      JSON.stringify(parseReport(key, document));
    }
  });

  test('the facts that are certain hold, but for those that the grammar decides otherwise', () => {
    const found = [...readFacts()].flatMap(([key, facts]) =>
      compare(parse(decodeText(readCorpusFile(key)).text), facts).map((difference) => named(key, difference)),
    );
    const decided = decidedDifferences.map(({ file, line, fact }) => `${file}:${line ?? ''} ${fact}`);
    assert.deepEqual(
      found.filter((difference) => !decided.includes(difference.name)),
      [],
    );
    const names = found.map(({ name }) => name);
    assert.deepEqual(
      decided.filter((name) => !names.includes(name)),
      [],
      'a listed difference is none any more: remove it from the list',
    );
  });
});

function named(key: string, { line, fact, expected, actual }: Difference) {
  return { name: `${key}:${line ?? ''} ${fact}`, expected, actual };
}
