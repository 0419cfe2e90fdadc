import { inspect, parseArgs, styleText } from 'node:util';
import { needsConformance } from '../conformance/conformanceFolder.ts';
import type { Counts } from './compare.ts';
import { CorpusError, openCorpus } from './corpusFiles.ts';
import { type CorpusResult, type JudgedDifference, readCorpus, sum } from './readCorpus.ts';

const usage = `npm run corpus [-- --dir DIR [--expected FILE]]

Parses every .http and .rest file below DIR (or below its folder "files") and compares the facts of FILE (else of expected.json in
DIR). manifest.json beside the facts tells the dialects. Without --dir it reads the shared conformance corpus.
Exit codes: 0 all certain facts agree or a rule of the grammar decides otherwise, 1 not so, 2 the arguments are wrong.`;

/** Prints agreed, differing and uncertain by dialect, every difference with its rule, and as its last line the sums as JSON. */
function main(): number {
  const wanted = readArguments();
  if (typeof wanted === 'number') return wanted;
  if (wanted.dir === undefined && needsConformance.skip !== false) {
    console.error(`Nothing was read: ${needsConformance.skip}. Name a folder with --dir.`);
    return 1;
  }
  const result = readCorpus(openCorpus(wanted.dir, wanted.expected));
  print(result);
  return result.broken.length > 0 || result.differences.some(({ rule }) => rule === undefined) ? 1 : 0;
}

function readArguments(): { readonly dir: string | undefined; readonly expected: string | undefined } | number {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { dir: text, expected: text, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.dir === undefined && values.expected !== undefined) {
    throw new CorpusError('--expected says what is known of the files; name their folder with --dir.');
  }
  return { dir: values.dir, expected: values.expected };
}

function print({ broken, byDialect, differences, fileCount, problemCodes, requestCount }: CorpusResult): void {
  if (byDialect.length === 0)
    console.log('Nothing is known of these files (there is no expected.json): they were only parsed.\n');
  const all = {
    dialect: 'all',
    requests: byDialect.map(({ requests }) => requests).reduce(sum, none),
    files: byDialect.map(({ files }) => files).reduce(sum, none),
  };
  const heads = ['dialect', 'requests: agreed', 'differing', 'uncertain', 'files: agreed', 'differing', 'uncertain'];
  printTable(
    heads,
    [...byDialect, all].map(({ dialect, requests, files }) => [dialect, ...cells(requests), ...cells(files)]),
  );
  if (differences.length > 0) {
    console.log(`\n${differences.length} certain facts differ; the rule of the grammar that decides each:\n`);
    printTable(['rule', 'fact', 'expected', 'ours', 'place'], differences.map(differenceRow));
  }
  for (const reason of broken) console.log(`✖ ${reason}`);
  console.log(
    `\nproblems reported: ${[...problemCodes].map(([code, count]) => `${code} ${count}`).join(', ') || 'none'}`,
  );
  console.log(`${fileCount} files, ${requestCount} requests, ${broken.length} broken`);
  console.log(JSON.stringify({ ...all, dialect: undefined, differences: differences.length, broken: broken.length }));
}

const none: Counts = { agreed: 0, differing: 0, uncertain: 0 };

function cells({ agreed, differing, uncertain }: Counts): string[] {
  return [agreed, differing, uncertain].map(String);
}

function differenceRow({ rule, fact, expected, actual, file, line }: JudgedDifference): string[] {
  const place = line === undefined ? file : `${file}:${line}`;
  return [rule ?? 'NONE', fact, shown(expected, actual), shown(actual, expected), place];
}

/** A value in one line; of two lists only what the other has not. */
function shown(value: unknown, other: unknown): string {
  const isLists = Array.isArray(value) && Array.isArray(other);
  const short = isLists
    ? value.filter((item, index) => item !== other[index] && count(value, item) !== count(other, item))
    : value;
  const text = inspect(short, { breakLength: Number.POSITIVE_INFINITY });
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function count(list: readonly unknown[], item: unknown): number {
  return list.filter((each) => each === item).length;
}

function printTable(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  console.log(styleText('bold', line(heads)));
  for (const row of rows) console.log(line(row));
}

try {
  process.exitCode = main();
} catch (error) {
  const isOurs = error instanceof CorpusError || (error instanceof TypeError && 'code' in error);
  if (!isOurs) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
