import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { requestId, lineOfRequest } from '../core/syntax/query.ts';
import { didYouMean } from '../core/variables/nearestName.ts';
import { exchangeSecrets } from '../present/exchangeSecrets.ts';
import { createMask, noMask } from '../present/mask.ts';
import { harReport } from '../present/reports/har.ts';
import { jsonReport } from '../present/reports/json.ts';
import { junitReport } from '../present/reports/junit.ts';
import type { ReportRun } from '../present/reports/reportRun.ts';
import { tapReport } from '../present/reports/tap.ts';
import type { Output } from './output.ts';
import type { RequestFile } from './runFile.ts';
import type { Selected } from './selectBlocks.ts';
import type { BlockRun } from './sender.ts';
import { UsageError } from './usageError.ts';

const forms = { junit: junitReport, json: jsonReport, har: harReport, tap: tapReport } as const;

type Form = keyof typeof forms;

/** A report asked for with `--report FORM[=FILE]`; without a file it goes to standard output, in place of the text. */
export interface WantedReport {
  readonly form: Form;
  readonly file: string | undefined;
}

/** Reads `--report`. Throws a `UsageError` before anything is sent: for another form, and for a file that could not be written later. */
export async function wantedReports(texts: readonly string[], json: boolean): Promise<readonly WantedReport[]> {
  const wanted = texts.map(wantedReport);
  if (wanted.filter(({ file }) => file === undefined).length > (json ? 0 : 1)) {
    throw new UsageError(
      'Only one thing can go to standard output. Give the report a file: --report junit=results.xml.',
    );
  }
  for (const { file } of wanted) if (file !== undefined) await checkFolder(file);
  return wanted;
}

function wantedReport(text: string): WantedReport {
  const at = text.indexOf('=');
  const form = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  const known = Object.keys(forms);
  if (!isForm(form)) {
    throw new UsageError(`There is no report "${form}".${didYouMean(form, known)} There are ${known.join(', ')}.`);
  }
  if (file === '') throw new UsageError(`--report ${form}= needs a file: --report ${form}=FILE.`);
  return { form, file };
}

function isForm(text: string): text is Form {
  return Object.hasOwn(forms, text);
}

async function checkFolder(file: string): Promise<void> {
  const folder = dirname(file);
  await access(folder, constants.W_OK).catch(() => {
    throw new UsageError(`The report ${file} could not be written there: make the folder ${folder} first.`);
  });
}

/** Writes the reports. Every request that was chosen is in each, sent or not. Returns whether all could be written. */
export async function writeReports(
  wanted: readonly WantedReport[],
  runs: readonly BlockRun[],
  selected: readonly Selected<RequestFile>[],
  { output, unmasked }: { readonly output: Output; readonly unmasked: boolean },
): Promise<boolean> {
  if (wanted.length === 0) return true;
  const reported = reportRuns(runs, selected, unmasked);
  const written = wanted.map(async ({ form, file }) => {
    const text = forms[form](reported);
    if (file === undefined) return output.out(text);
    await writeFile(file, text);
  });
  const failed = (await Promise.allSettled(written)).filter((each) => each.status === 'rejected');
  for (const { reason } of failed) output.error(`crumbtrail: A report was not written: ${String(reason)}\n`);
  return failed.length === 0;
}

function reportRuns(
  runs: readonly BlockRun[],
  selected: readonly Selected<RequestFile>[],
  unmasked: boolean,
): readonly ReportRun[] {
  const told = new Set(runs.flatMap(({ result, selected: by }) => [result.block, by]));
  const untold = selected.filter(({ block }) => !told.has(block));
  return [
    ...runs.map(({ file, result }): ReportRun => {
      const mask = unmasked ? noMask : createMask(exchangeSecrets(result));
      const title = result.title ?? result.name ?? `line ${result.line}`;
      return { file: file.name, lines: file.document.lines, title, line: result.line, result, mask };
    }),
    ...untold.map(({ file, block }): ReportRun => {
      const line = lineOfRequest(file.document, block) + 1;
      const title = block.title?.text ?? requestId(block) ?? `line ${line}`;
      return { file: file.name, lines: file.document.lines, title, line, result: undefined, mask: noMask };
    }),
  ];
}
