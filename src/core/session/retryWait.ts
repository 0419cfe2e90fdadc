import type { Hop } from './exchange.ts';
import type { SendPorts } from './sendPorts.ts';

/** A wait before the next attempt, as it begins. */
export interface RetryWait {
  /** Number of the hop that it follows. */
  readonly hop: number;
  /** How long it takes, in milliseconds. */
  readonly ms: number;
  /** Ends it: the next attempt is made at once. Does nothing when it is over. */
  readonly sendNow: () => void;
}

interface WaitScene {
  readonly signal: AbortSignal;
  readonly onWait: ((wait: RetryWait) => void) | undefined;
}

/** Waits as the hop says, or shorter when the user does not want to. Returns the hop with what was really waited. */
export async function waitAfter(hop: Hop, { signal, onWait }: WaitScene, ports: SendPorts): Promise<Hop> {
  const { decision } = hop;
  if (decision.kind === 'stop' || decision.waitMs === undefined) return hop;
  const ms = decision.waitMs;
  const skip = new AbortController();
  const begun = ports.now();
  onWait?.({ hop: hop.number, ms, sendNow: () => skip.abort() });
  await ports.sleep(ms, AbortSignal.any([signal, skip.signal]));
  if (!skip.signal.aborted) return hop;
  const waitMs = Math.min(ms, Math.max(0, ports.now() - begun));
  return { ...hop, decision: { ...decision, waitMs, skippedMs: ms - waitMs } };
}
