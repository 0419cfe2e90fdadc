import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceFolder } from './conformanceFolder.ts';

export type Level = 'must' | 'should' | 'toggle' | 'may';

/** One statement of session-cases.json. */
export interface SessionCase {
  readonly id: string;
  readonly area: string;
  readonly level: Level;
  readonly given: string;
  readonly then: string;
  readonly data: CaseObject & { readonly kind: string };
}

/** An object of the case format; its keys are checked by whoever reads it. */
export type CaseObject = Readonly<Record<string, unknown>>;

export function readCases(file = join(conformanceFolder, 'session-cases.json')): readonly SessionCase[] {
  return JSON.parse(readFileSync(file, 'utf8')) as SessionCase[];
}

/** Fails the case when an object has a key that this runner or the product does not act on: a case is never half run. */
export function only(object: object, keys: readonly string[], where: string): void {
  const unknown = Object.keys(object).filter((key) => !keys.includes(key));
  if (unknown.length > 0) throw new Error(`${where}: ${unknown.join(', ')}: unknown, or not supported yet`);
}

/** A nested object of a case, or none. */
export function objectOr(value: unknown): CaseObject {
  return typeof value === 'object' && value !== null ? (value as CaseObject) : {};
}
