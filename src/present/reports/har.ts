import { httpArchive } from '../har.ts';
import type { ReportRun } from './reportRun.ts';

/** The exchanges as an HTTP archive (HAR 1.2). What was not sent is not in it: the format knows no such thing. */
export function harReport(runs: readonly ReportRun[]): string {
  const exchanges = runs.flatMap(({ title, result, mask }) =>
    result?.exchange ? [{ title, exchange: result.exchange, mask }] : [],
  );
  return `${JSON.stringify(httpArchive(exchanges), undefined, 2)}\n`;
}
