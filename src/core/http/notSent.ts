import type { Failure } from './failure.ts';
import type { RoundTrip } from './transport.ts';

/** A round trip that did not begin, and why. `startedAt` in epoch milliseconds. */
export function notSent(failure: Failure, startedAt: number): RoundTrip {
  const wire = {
    timing: { startedAt, totalMs: 0 },
    connection: undefined,
    tls: undefined,
    rawRequestHead: undefined,
    requestBodyBytes: 0,
  };
  return { response: undefined, failure, wire, warnings: [] };
}
