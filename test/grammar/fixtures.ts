import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyCases } from './bodyCases.ts';
import { productionCases } from './productionCases.ts';
import { sendCases } from './sendCases.ts';
import { structureCases } from './structureCases.ts';
import { valueCases } from './valueCases.ts';

const examples = join(import.meta.dirname, '..', '..', 'media', 'examples');

/** Every case of the grammar, in which each construct stands at least once. */
export const grammarCases = [...structureCases, ...bodyCases, ...valueCases, ...sendCases, ...productionCases];

/** Request files, short and long, that laws are tried on: the cases of the grammar and the example that comes with the product. */
export const fixtures: readonly string[] = [
  ...new Set(grammarCases.map(({ text }) => text)),
  readFileSync(join(examples, 'demo.http'), 'utf8'),
];
