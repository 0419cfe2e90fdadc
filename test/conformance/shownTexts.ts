import type { RunResult } from '../../src/core/run/run.ts';
import { LineMap } from '../../src/core/text/lineMap.ts';
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

function maskedReport({ exchange }: SendResult): string | undefined {
  if (exchange === undefined) return undefined;
  // The report reads what a run adds to an exchange; a send of a case comes from no file.
  const run = { outcome: exchange.outcome, problems: [], exchange, captured: {}, environment: [], secrets: [] };
  const result = {
    ...run,
    block: { tags: [] },
    name: undefined,
    title: undefined,
    line: 1,
    sessionName: 'A',
  } as unknown as RunResult;
  const mask = createMask(exchangeSecrets(result));
  return JSON.stringify(exchangeReport(result, { lines: new LineMap(''), file: '-', mask }));
}
