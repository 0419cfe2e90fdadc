import type { Failure } from '../http/failure.ts';
import type { PreparedRequest } from '../http/transport.ts';
import type { Exchange, Hop } from './exchange.ts';
import { makeHop, type HopStep } from './makeHop.ts';
import type { SendPorts } from './sendPorts.ts';
import type { SendOptions } from './session.ts';

/** The abort reason of a session that closes; any other reason is the user's cancel. */
export const sessionClosed: Failure = {
  code: 'session-closed',
  message: 'The session was closed while the request was under way.',
  hint: 'Send it again; the session keeps its cookies and variables and opens new connections.',
};

const cancelled: Failure = {
  code: 'cancelled',
  message: 'The request was cancelled.',
  hint: 'The hops made so far are kept; send it again when you are ready.',
};

/**
 * Sends a request and follows what comes of it. Every hop that was made is in the exchange, whatever the end
 * (invariant 4). `step.request` has no jar cookies, so a cookie of one host cannot leak to the next (invariant 6).
 */
export async function sendLoop(first: PreparedRequest, options: SendOptions, ports: SendPorts): Promise<Exchange> {
  const id = ports.newId();
  const startedAt = ports.now();
  const hops: Hop[] = [];
  const close = (failure: Failure | undefined, endedAt = ports.now()): Exchange => ({
    id,
    startedAt,
    durationMs: endedAt - startedAt,
    outcome: failure === undefined ? 'completed' : failure.code === 'cancelled' ? 'cancelled' : 'failed',
    failure,
    hops,
    warnings: [],
  });
  for (let step: HopStep = { request: first, cause: 'first', attempt: 1 }; ;) {
    if (options.signal.aborted) return close(abortFailure(options.signal));
    const hop = withAbortReason(await makeHop(step, hops, options, ports), options.signal);
    if (isUntouched(hop)) return close(hop.failure);
    hops.push(hop);
    // Read before anybody is told, so that a slow listener is not in the duration.
    const endedAt = ports.now();
    options.onHop?.(hop);
    if (hop.decision.kind === 'stop') return close(hop.failure ?? hop.decision.failure, endedAt);
    step = { request: hop.decision.next, cause: hop.decision.cause, attempt: 1 };
    await ports.yieldToIo();
  }
}

function abortFailure(signal: AbortSignal): Failure {
  return signal.reason === sessionClosed ? sessionClosed : cancelled;
}

/** A transport says `cancelled` for every abort; only the signal knows whether the user or the session ended it. */
function withAbortReason(hop: Hop, signal: AbortSignal): Hop {
  if (hop.failure?.code !== 'cancelled' || hop.decision.kind !== 'stop') return hop;
  const failure = abortFailure(signal);
  return { ...hop, failure, decision: { ...hop.decision, failure } };
}

/** Aborted before anything happened on the net: there is no hop to show. */
function isUntouched({ failure, response, wire }: Hop): boolean {
  if (failure?.code !== 'cancelled' && failure !== sessionClosed) return false;
  return response === undefined && wire.connection === undefined && wire.rawRequestHead === undefined;
}
