import { runLines } from '../text.ts';
import { plain } from '../style.ts';
import { standingOf, type ReportRun, type Standing } from './reportRun.ts';

/**
 * The runs as a JUnit document, the form that CI services read: a `testsuite` a file, a `testcase` a request, seconds as times,
 * the hops as `system-out`. There is no norm; the elements are those of the Ant task, which every reader knows.
 */
export function junitReport(runs: readonly ReportRun[]): string {
  const suites = Map.groupBy(runs, ({ file }) => file);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="crumbtrail" ${totals(runs)}>`,
    ...[...suites].flatMap(([file, members]) => suiteLines(file, members)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines(file: string, runs: readonly ReportRun[]): string[] {
  return [
    `  <testsuite name="${escaped(file)}" ${totals(runs)}>`,
    ...runs.flatMap((run) => caseLines(run)),
    '  </testsuite>',
  ];
}

function caseLines(run: ReportRun): string[] {
  const { standing, reason } = standingOf(run);
  const open = `    <testcase name="${escaped(run.title)}" classname="${escaped(run.file)}" file="${escaped(run.file)}" line="${run.line}" time="${seconds(run)}">`;
  return [
    open,
    ...(standing === 'passed' ? [] : [`      ${standingElement(standing, reason)}`]),
    ...hopLines(run).map((text) => `      <system-out>${escaped(text)}</system-out>`),
    '    </testcase>',
  ];
}

function standingElement(standing: Exclude<Standing, 'passed'>, reason: string): string {
  const element = { failed: 'failure', error: 'error', skipped: 'skipped' }[standing];
  return `<${element} message="${escaped(reason)}"/>`;
}

function hopLines({ result, lines, file, mask }: ReportRun): string[] {
  if (!result) return [];
  return [runLines(result, { lines, file, mask, style: plain, terminal: false }).join('\n')];
}

function totals(runs: readonly ReportRun[]): string {
  const count = (wanted: Standing) => runs.filter((run) => standingOf(run).standing === wanted).length;
  const time = runs.reduce((sum, run) => sum + milliseconds(run), 0) / 1000;
  return `tests="${runs.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}" time="${time.toFixed(3)}"`;
}

function seconds(run: ReportRun): string {
  return (milliseconds(run) / 1000).toFixed(3);
}

function milliseconds({ result }: ReportRun): number {
  return result?.exchange?.durationMs ?? 0;
}

/** For element text and attribute values. What no XML 1.0 document may hold (section 2.2) is shown as U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
