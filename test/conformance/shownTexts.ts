import assert from 'node:assert/strict';
import type { RunInput } from '../../src/core/run/run.ts';
import { runResult } from '../../src/core/run/runResult.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { exchangeSecrets } from '../../src/present/exchangeSecrets.ts';
import { createMask } from '../../src/present/mask.ts';
import { exchangeReport } from '../../src/present/report.ts';
import { type SendResult, warningsOf } from './sendResult.ts';

/** Every text that the product shows of a send, or writes when it masks: sentences, URLs of hops, the masked report. */
export function shownTexts(result: SendResult): string[] {
  const { failure, hops } = result;
  const sentences = [failure?.message, failure?.hint, ...warningsOf(result).map(({ message }) => message)];
  const urls = hops.flatMap(({ request, decision }) => [
    request.url,
    decision.kind === 'stop' ? decision.nextUrl : decision.location,
    decision.reason,
  ]);
  return [...sentences, ...urls, maskedReport(result)].filter((text) => text !== undefined);
}

const empty = parse('');
const emptyBlock = empty.blocks[0] ?? assert.fail('A document has a block.');

function maskedReport({ exchange }: SendResult): string | undefined {
  if (exchange === undefined) return undefined;
  // The report reads what a run adds to an exchange; a send of a case comes from no file.
  const session = { key: { folder: '', profile: '-', name: 'A' } } as RunInput['session'];
  const result = runResult(
    { document: empty, block: emptyBlock, file: { path: undefined, root: '', id: '-' }, environment: [], session },
    { outcome: exchange.outcome, problems: [], exchange },
  );
  const mask = createMask(exchangeSecrets(result));
  return JSON.stringify(exchangeReport(result, { lines: empty.lines, file: '-', mask }));
}
