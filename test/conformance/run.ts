import { parseArgs } from 'node:util';
import { type Level, readCases, type SessionCase } from './caseFile.ts';
import { needsConformance } from './conformanceFolder.ts';
import { type CaseResult, runCase } from './kinds.ts';

type Tally = Record<Level, { passed: number; failed: number; skipped: number }>;

/** `npm run conformance [-- --area X --kind Y --id Z]`: runs the session cases, prints what failed and a table by kind. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { area: { type: 'string' }, kind: { type: 'string' }, id: { type: 'string' }, file: { type: 'string' } },
  });
  if (values.file === undefined && needsConformance.skip !== false) {
    console.error(`Nothing was run: ${needsConformance.skip}.`);
    return 1;
  }
  const cases = readCases(values.file).filter((item) => isWanted(item, values));
  const results: { item: SessionCase; result: CaseResult }[] = [];
  for (const item of cases) {
    const result = await runCase(item);
    if (result.outcome === 'failed') console.log(`✖ ${item.level} ${item.id}: ${firstLines(result.reason)}`);
    results.push({ item, result });
  }
  printKinds(results);
  console.log(JSON.stringify(tally(results)));
  return results.some(({ item, result }) => isDecisive(item, result)) ? 1 : 0;
}

/** A `must` that failed, or a kind that is not known, of whatever level. */
function isDecisive({ level }: SessionCase, result: CaseResult): boolean {
  return result.outcome === 'failed' && (level === 'must' || result.unknownKind === true);
}

function isWanted(
  { id, area, data }: SessionCase,
  wanted: { area?: string | undefined; kind?: string | undefined; id?: string | undefined },
): boolean {
  const inArea = wanted.area === undefined || area === wanted.area || area.startsWith(`${wanted.area}.`);
  return inArea && (wanted.kind ?? data.kind) === data.kind && (wanted.id ?? id) === id;
}

function printKinds(results: readonly { item: SessionCase; result: CaseResult }[]): void {
  const kinds = new Map<string, Record<CaseResult['outcome'], number>>();
  for (const { item, result } of results) {
    const row = kinds.get(item.data.kind) ?? { passed: 0, failed: 0, skipped: 0 };
    row[result.outcome] += 1;
    kinds.set(item.data.kind, row);
  }
  console.table(Object.fromEntries([...kinds].toSorted(([a], [b]) => a.localeCompare(b))));
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
