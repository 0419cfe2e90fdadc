import type { Failure } from '../http/failure.ts';
import type { Timeouts } from '../http/transport.ts';

export type TimeoutsVerdict =
  { readonly ok: true; readonly timeouts: Timeouts } | { readonly ok: false; readonly failure: Failure };

/**
 * The timeout setting as a person writes it: a number of milliseconds for connecting and reading alike (as in requests),
 * `{ connectMs, readMs, totalMs }` over `defaults`, or `null` for no limit at all. In the object `null` lifts one limit.
 */
export function timeoutsOf(value: unknown, defaults: Timeouts): TimeoutsVerdict {
  if (value === null) return { ok: true, timeouts: {} };
  if (isLimit(value)) return { ok: true, timeouts: { ...defaults, connectMs: value, readMs: value } };
  if (typeof value !== 'object' || Array.isArray(value)) return { ok: false, failure: invalid(value) };
  const entries = Object.entries(value ?? {});
  if (!entries.every(([name, limit]) => names.has(name) && (limit === null || isLimit(limit)))) {
    return { ok: false, failure: invalid(value) };
  }
  const limits = Object.fromEntries(entries.map(([name, limit]) => [name, isLimit(limit) ? limit : undefined]));
  return { ok: true, timeouts: { ...defaults, ...limits } };
}

const names: ReadonlySet<string> = new Set(['connectMs', 'readMs', 'totalMs'] satisfies (keyof Timeouts)[]);

function isLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function invalid(value: unknown): Failure {
  return {
    code: 'invalid-setting',
    message: `The timeout ${JSON.stringify(value)} is not a number of milliseconds above 0.`,
    hint: 'Write a number, an object of "connectMs", "readMs" and "totalMs", or null for no limit.',
  };
}
