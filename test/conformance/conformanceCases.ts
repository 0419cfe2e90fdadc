import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceFolder } from './conformanceFolder.ts';

/** One case of session-cases.json; the format is described beside it. */
export interface ConformanceCase {
  readonly id: string;
  readonly level: 'must' | 'should' | 'toggle' | 'may';
  readonly then: string;
  readonly data: { readonly kind: string };
}

/** The cases of these kinds, in the order of the file. */
export function casesOf(kinds: readonly string[]): ConformanceCase[] {
  const text = readFileSync(join(conformanceFolder, 'session-cases.json'), 'utf8');
  const cases = JSON.parse(text) as ConformanceCase[];
  return cases.filter(({ data }) => kinds.includes(data.kind));
}
