import { problems } from '../../src/core/features/problems.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import { decodeText } from '../../src/core/text/decode.ts';
import { parseReport } from '../../src/present/parseReport.ts';
import { checkTiling } from '../core/syntax/checkTiling.ts';
import { compare, type Counts, type Difference } from './compare.ts';
import type { Corpus } from './corpusFiles.ts';
import { ruleOf } from './ruleOf.ts';

/** A difference with the rule of the grammar that decides it; without a rule it is a defect, of the parser or of the facts. */
export interface JudgedDifference extends Difference {
  readonly file: string;
  readonly rule: string | undefined;
}

export interface DialectCounts {
  readonly dialect: string;
  readonly files: Counts;
  readonly requests: Counts;
}

export interface CorpusResult {
  readonly fileCount: number;
  readonly requestCount: number;
  readonly byDialect: readonly DialectCounts[];
  readonly differences: readonly JudgedDifference[];
  /** Files that could not be read, or that the parser broke at or lost a character of: one sentence each. */
  readonly broken: readonly string[];
  /** How often each problem was reported. */
  readonly problemCodes: ReadonlyMap<string, number>;
}

/** Parses every file of the corpus and compares what is known of it. */
export function readCorpus(corpus: Corpus): CorpusResult {
  const dialects = new Map<string, { files: Counts; requests: Counts }>();
  const differences: JudgedDifference[] = [];
  const broken: string[] = [];
  const problemCodes = new Map<string, number>();
  let requestCount = 0;
  for (const file of new Set([...corpus.keys, ...corpus.facts.keys()])) {
    try {
      const document = readWhole(file, corpus.read(file));
      requestCount += requestBlocks(document).length;
      for (const { code } of document.problems) problemCodes.set(code, (problemCodes.get(code) ?? 0) + 1);
      const facts = corpus.facts.get(file);
      if (!facts) continue;
      const { differences: found, files, requests } = compare(document, facts);
      for (const each of found) differences.push({ ...each, file, rule: ruleOf(document, facts, each) });
      const dialect = corpus.dialects.get(file) ?? 'unknown';
      const sums = dialects.get(dialect) ?? { files: none, requests: none };
      dialects.set(dialect, { files: sum(sums.files, files), requests: sum(sums.requests, requests) });
    } catch (error) {
      broken.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const byDialect = [...dialects].map(([dialect, counts]) => ({ dialect, ...counts }));
  return {
    fileCount: corpus.keys.length,
    requestCount,
    byDialect: byDialect.toSorted((a, b) => a.dialect.localeCompare(b.dialect)),
    differences,
    broken,
    problemCodes,
  };
}

/** The document, when every character of the file is in it and all that looks at every file can look at it. */
function readWhole(file: string, bytes: Uint8Array) {
  const document = parse(decodeText(bytes).text);
  checkTiling(document);
  for (const { span } of problems(document)) {
    if (span.end > document.text.length) throw new Error('a problem stands behind the end of the text');
  }
  JSON.stringify(parseReport(file, document));
  return document;
}

const none: Counts = { agreed: 0, differing: 0, uncertain: 0 };

export function sum(a: Counts, b: Counts): Counts {
  return { agreed: a.agreed + b.agreed, differing: a.differing + b.differing, uncertain: a.uncertain + b.uncertain };
}
