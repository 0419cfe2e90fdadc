import { exchangeReport } from '../report.ts';
import { standingOf, type ReportRun } from './reportRun.ts';

/** The runs as one JSON object: totals, and each as `send --json` prints it, with how it stands. */
export function jsonReport(runs: readonly ReportRun[]): string {
  const reported = runs.map((run) => ({ run, ...standingOf(run) }));
  const count = (wanted: string) => reported.filter(({ standing }) => standing === wanted).length;
  const report = {
    version: 1,
    totals: {
      requests: runs.length,
      passed: count('passed'),
      failed: count('failed'),
      errors: count('error'),
      skipped: count('skipped'),
    },
    runs: reported.map(({ run, standing, reason }) => ({
      standing,
      ...(reason !== '' && { reason }),
      ...(run.result
        ? exchangeReport(run.result, { file: run.file, lines: run.lines, mask: run.mask })
        : { title: run.title, file: run.file, line: run.line }),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
