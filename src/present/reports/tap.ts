import { runLines } from '../text.ts';
import { plain } from '../style.ts';
import { standingOf, type ReportRun } from './reportRun.ts';

/** The runs in the Test Anything Protocol, version 14: a test point a request, the hops as comments below it. */
export function tapReport(runs: readonly ReportRun[]): string {
  return ['TAP version 14', `1..${runs.length}`, ...runs.flatMap(pointLines), ''].join('\n');
}

function pointLines(run: ReportRun, index: number): string[] {
  const { standing, reason } = standingOf(run);
  // A skipped test counts as passed for readers: the directive says that it did not run.
  const ok = standing === 'passed' || standing === 'skipped';
  const directive = standing === 'skipped' ? ` # SKIP ${oneLine(reason)}` : '';
  const point = `${ok ? 'ok' : 'not ok'} ${index + 1} - ${described(`${run.file}:${run.line} ${run.title}`)}${directive}`;
  return [point, ...diagnostics(standing === 'failed' || standing === 'error' ? reason : ''), ...hopComments(run)];
}

function diagnostics(reason: string): string[] {
  return reason === '' ? [] : ['  ---', `  message: ${JSON.stringify(reason)}`, '  ...'];
}

function hopComments({ result, lines, file, mask }: ReportRun): string[] {
  if (!result) return [];
  const texts = runLines(result, { lines, file, mask, style: plain, terminal: false });
  return texts.slice(1).flatMap((text) => text.split('\n').map((line) => `#${line}`));
}

/** A `#` in a description would begin a directive (TAP 14, "Escaping"). */
function described(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
