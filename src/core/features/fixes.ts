import type { Fix, FixInput } from './fix.ts';
import { bodyFixes } from './fixBody.ts';
import { lineFixes } from './fixLines.ts';
import { nameFixes } from './fixNames.ts';
import { secretFixes } from './fixSecrets.ts';

/** The quick fixes of a problem, the likeliest first; none for most codes. */
export function fixes(input: FixInput): readonly Fix[] {
  return [...lineFixes(input), ...bodyFixes(input), ...nameFixes(input), ...secretFixes(input)];
}
