import type { Failure } from '../http/failure.ts';
import type { PreparedRequest } from '../http/transport.ts';
import type { Environment } from '../http/proxy/selectProxy.ts';
import type { DigestStates } from '../http/auth/digestStates.ts';
import type { Exchange, Hop } from './exchange.ts';
import { makeHop, type HopPorts, type HopStep } from './makeHop.ts';
import { netrcLookup } from './netrcLookup.ts';
import { tell } from './hooks.ts';
import { waitAfter } from './retryWait.ts';
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
export async function sendLoop(first: PreparedRequest, options: SendOptions, ports: LoopPorts): Promise<Exchange> {
  const hopPorts: HopPorts = { ...ports, netrc: netrcLookup(ports.netrc), environment: readOnce(ports.environment) };
  const id = ports.newId();
  const startedAt = ports.now();
  const hops: Hop[] = [];
  const close = (failure: Failure | undefined, endedAt = ports.now()): Exchange => {
    const outcome = failure === undefined ? 'completed' : failure.code === 'cancelled' ? 'cancelled' : 'failed';
    const exchange = { id, startedAt, durationMs: endedAt - startedAt, outcome, failure, hops, warnings: [] } as const;
    return { ...exchange, warnings: tell('onExchange', exchange, [options.hooks?.onExchange]) };
  };
  let current = options;
  for (let step: HopStep = { request: first, cause: 'first', attempt: 1 }; ;) {
    if (options.signal.aborted) return close(abortFailure(options.signal));
    const hopOptions = await optionsFor(step, current);
    if ('code' in hopOptions) return close(hopOptions);
    current = hopOptions;
    const hop = withAbortReason(await makeHop(step, hops, hopOptions, hopPorts), options.signal);
    if (isUntouched(hop)) return close(hop.failure);
    hops.push(hop);
    // Read before anybody is told, so that a slow listener is not in the duration.
    const endedAt = ports.now();
    const warnings = tell('onHop', hop, [options.hooks?.onHop, options.onHop]);
    if (warnings.length > 0) hops.splice(-1, 1, { ...hop, warnings: [...hop.warnings, ...warnings] });
    if (hop.decision.kind === 'stop') return close(hop.failure ?? hop.decision.failure, endedAt);
    const { next: request, cause } = hop.decision;
    step = { request, cause, attempt: attemptNumber(hop.attempt, cause) };
    await ports.yieldToIo();
    hops.splice(-1, 1, await waitAfter(hops.at(-1) ?? hop, { signal: options.signal, onWait: options.onWait }, ports));
  }
}

/** The nonces belong to the session: they outlive a send. */
export interface LoopPorts extends SendPorts {
  readonly digests: DigestStates;
  readonly proxyDigests: DigestStates;
}

/** Every hop of a send sees the same environment; asking the process for a variable is dear. */
function readOnce(environment: Environment = () => undefined): Environment {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, environment(name));
    return known.get(name);
  };
}

/** Attempts on one URL; answering a challenge is part of the attempt. */
function attemptNumber(attempt: number, cause: Hop['cause']): number {
  if (cause === 'retry') return attempt + 1;
  return cause === 'auth' ? attempt : 1;
}

/** What a redirect leads to may have other mounts; how far and how redirects are followed stays as the send began. */
async function optionsFor({ request, cause }: HopStep, options: SendOptions): Promise<SendOptions | Failure> {
  if (cause !== 'redirect' || options.settingsAt === undefined) return options;
  const found = await options.settingsAt(request.url);
  if ('failure' in found) return found.failure;
  const { policy, followRedirects, followAsked, followLimit, maxRedirects, cookieJar, mountHeaders } = options.settings;
  const ofSend = { policy, followRedirects, followLimit, maxRedirects, cookieJar };
  const totalMs = options.settings.timeouts.totalMs;
  return {
    ...options,
    settings: {
      ...found.settings,
      ...ofSend,
      ...(followAsked !== undefined && { followAsked }),
      // The lines that go along are those of the first URL's mount.
      mountHeaders: mountHeaders ?? [],
      timeouts: { ...found.settings.timeouts, totalMs },
    },
  };
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
