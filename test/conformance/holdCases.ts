import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readCases, type SessionCase } from './caseFile.ts';
import { needsConformance } from './conformanceFolder.ts';
import { runCase } from './kinds.ts';
import { notClaimed } from './notClaimed.ts';

/** Holds the must and should cases of these kinds: those claimed pass, and those that are not do not. */
export function holdCases(title: string, kinds: readonly string[]): void {
  suite(title, needsConformance, () => {
    if (needsConformance.skip !== false) return;
    const cases = readCases().filter(({ data, level }) => kinds.includes(data.kind) && isHeld(level) && !isTimed(data));
    for (const item of cases) test(`${item.id} (${item.level})`, () => hold(item));
  });
}

function isHeld(level: SessionCase['level']): boolean {
  return level === 'must' || level === 'should';
}

/** What measures or cuts time is left to `npm run conformance`: beside other tests a machine may be late. */
function isTimed(data: SessionCase['data']): boolean {
  return /"(?:cancelAfterMs|closeAfterMs|expect\w*Ms)"/.test(JSON.stringify(data));
}

async function hold(item: SessionCase): Promise<void> {
  const result = await runCase(item);
  const entry = notClaimed.find(({ ids }) => ids.includes(item.id));
  if (entry === undefined)
    return assert.equal(result.outcome, 'passed', result.outcome === 'failed' ? result.reason : '');
  assert.equal(result.outcome, 'failed', `${item.id} passes: take it out of notClaimed.ts (${entry.reason})`);
}
