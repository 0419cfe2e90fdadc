import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { properties } from './properties.ts';

/** The same inputs in every run: `npm run fuzz` looks for new ones. */
const seed = 20_260_401;

for (const { name, law, runs, close } of properties) {
  test(name, () => fc.assert(law, { seed, numRuns: runs }));
  if (close) after(close);
}
