import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needsConformance } from '../conformance/conformanceFolder.ts';
import { openCorpus } from './corpusFiles.ts';
import { decidedDifferences } from './differences.ts';
import { readCorpus } from './readCorpus.ts';

describe('files of real people', needsConformance, () => {
  const result = needsConformance.skip === false ? readCorpus(openCorpus()) : undefined;

  test('every file parses and loses no character', () => {
    assert.deepEqual(result?.broken, []);
    assert.ok(result.fileCount > 700, `${result.fileCount} files`);
  });

  test('the facts that are certain hold, but for those that the grammar decides otherwise, by the rule that is named', () => {
    const named = (file: string, line: number | undefined, fact: string, rule: string | undefined) =>
      `${file}:${line ?? ''} ${fact} ${rule ?? 'without a rule'}`;
    const found = result?.differences.map(({ file, line, fact, rule }) => named(file, line, fact, rule)) ?? [];
    const decided = decidedDifferences.map(({ file, line, fact, rule }) => named(file, line, fact, rule));
    assert.deepEqual(found.toSorted(), decided.toSorted(), 'a difference is new, or a listed one is none any more');
  });
});
