import { decodeText } from '../../src/core/text/decode.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import { needsConformance } from '../conformance/conformanceFolder.ts';
import { compare } from './compare.ts';
import { corpusKeys, readCorpusFile, readFacts } from './corpusFiles.ts';

/** Prints every fact of the corpus that the parser sees otherwise, the problems it reports by code, and the sums. */
function main(): void {
  if (needsConformance.skip) {
    console.log(`skipped: ${needsConformance.skip}`);
    return;
  }
  const facts = readFacts();
  const codes = new Map<string, number>();
  let requests = 0;
  let differences = 0;
  const keys = corpusKeys();
  for (const key of keys) {
    const document = parse(decodeText(readCorpusFile(key)).text);
    requests += requestBlocks(document).length;
    for (const { code } of document.problems) codes.set(code, (codes.get(code) ?? 0) + 1);
    const known = facts.get(key);
    for (const difference of known ? compare(document, known) : []) {
      differences++;
      console.log(`${key}:${difference.line ?? ''} ${difference.fact}`, difference.expected, '->', difference.actual);
    }
  }
  console.log([...codes].toSorted(([, a], [, b]) => b - a));
  console.log(`${keys.length} files, ${requests} requests, ${differences} differences from the facts`);
}

main();
