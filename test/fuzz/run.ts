/*
 * Tries new inputs on every property: `npm run fuzz -- [--minutes N] [--only TEXT] [--seed N]`. A failure is printed with its smallest
 * input and its seed; it belongs into a test of the room that it broke.
 */
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { properties } from './properties.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, only: { type: 'string' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const chosen = properties.filter(({ name }) => name.includes(values.only ?? ''));
if (!(minutes > 0) || chosen.length === 0) {
  const names = properties.map(({ name }) => `  ${name}`).join('\n');
  console.error(`--minutes takes a number above 0, --only a part of one of these names:\n${names}`);
  process.exit(2);
}

let failures = 0;
for (const { name, law, close } of chosen) {
  const result = await fc.check(law, {
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: (minutes * 60_000) / chosen.length,
    ...(values.seed !== undefined && { seed: Number(values.seed) }),
  });
  await close?.();
  if (!result.failed || result.counterexample === null) {
    console.log(`held for ${result.numRuns} inputs: ${name}`);
    continue;
  }
  failures += 1;
  console.log(`broken, seed ${result.seed}: ${name}\n${fc.defaultReportMessage(result) ?? ''}`);
}
process.exitCode = failures > 0 ? 1 : 0;
