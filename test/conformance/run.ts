import { parseArgs } from 'node:util';
import { type Level, readCases, type SessionCase } from './caseFile.ts';
import { needsConformance } from './conformanceFolder.ts';
import { type CaseResult, runCase } from './kinds.ts';

type Tally = Record<Level, { passed: number; failed: number; skipped: number }>;

/**
 * `npm run conformance [-- --cases FILE --area X --kind Y --id Z]`: runs the session cases of the folder or of any file of
 * the same format, prints what failed, a table by area and level, and as its last line the tally as JSON.
 */
async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { cases: text, area: text, kind: text, id: text } });
  if (values.cases === undefined && needsConformance.skip !== false) {
    console.error(`Nothing was run: ${needsConformance.skip}.`);
    return 1;
  }
  const cases = readCases(values.cases).filter((item) => isWanted(item, values));
  const results: { item: SessionCase; result: CaseResult }[] = [];
  for (const item of cases) {
    const result = await runCase(item);
    if (result.outcome === 'failed') console.log(`✖ ${item.level} ${item.id}: ${firstLines(result.reason)}`);
    results.push({ item, result });
  }
  printAreas(results);
  console.log(JSON.stringify(tally(results)));
  return results.some(({ item, result }) => isDecisive(item, result)) ? 1 : 0;
}

/** A `must` that failed, a kind that is not known, or a case passed over that is not for a person to review. */
function isDecisive({ level, data }: SessionCase, result: CaseResult): boolean {
  if (result.outcome === 'skipped') return data.kind !== 'review';
  return result.outcome === 'failed' && (level === 'must' || result.unknownKind === true);
}

function isWanted(
  { id, area, data }: SessionCase,
  wanted: { area?: string | undefined; kind?: string | undefined; id?: string | undefined },
): boolean {
  const inArea = wanted.area === undefined || area === wanted.area || area.startsWith(`${wanted.area}.`);
  return inArea && (wanted.kind ?? data.kind) === data.kind && (wanted.id ?? id) === id;
}

const levels = ['must', 'should', 'toggle', 'may'] as const satisfies readonly Level[];

/** A row for each area: passed / failed / skipped at each level. */
function printAreas(results: readonly { item: SessionCase; result: CaseResult }[]): void {
  const areas = Map.groupBy(results, ({ item }) => item.area);
  const rows = [...areas].toSorted(([a], [b]) => a.localeCompare(b)).map(([area, own]) => [area, tally(own)] as const);
  console.log('\npassed / failed / skipped');
  console.log(['area'.padEnd(28), ...levels.map((level) => level.padStart(16))].join(''));
  for (const [area, counts] of [...rows, ['all', tally(results)] as const]) {
    console.log([area.padEnd(28), ...levels.map((level) => cell(counts[level]).padStart(16))].join(''));
  }
  console.log('');
}

function cell({ passed, failed, skipped }: Tally[Level]): string {
  return passed + failed + skipped === 0 ? '-' : `${passed} / ${failed} / ${skipped}`;
}

function tally(results: readonly { item: SessionCase; result: CaseResult }[]): Tally {
  const none = () => ({ passed: 0, failed: 0, skipped: 0 });
  const counts: Tally = { must: none(), should: none(), toggle: none(), may: none() };
  for (const { item, result } of results) counts[item.level][result.outcome] += 1;
  return counts;
}

function firstLines(reason: string): string {
  return reason.split('\n').slice(0, 6).join(' ').slice(0, 300);
}

process.exitCode = await main();
// Sockets of a case that hangs must not keep the program.
process.exit();
