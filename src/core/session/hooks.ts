import type { Warning } from '../http/failure.ts';
import type { PreparedRequest, RoundTrip, WireResponse } from '../http/transport.ts';
import type { Exchange, Hop } from './exchange.ts';
import { reasonOf } from '../text/reasonOf.ts';

/** Code that is told about sends. It is registered in code: hooks are in no file and in no snapshot. */
export interface ResponseHooks {
  /**
   * Every response when it is whole, before anything follows from it; what it returns takes the response's place. Of a body that
   * outgrew memory `bytes` is the beginning.
   */
  readonly onResponse?: (
    response: WireResponse,
    request: PreparedRequest,
  ) => WireResponse | undefined | Promise<WireResponse | undefined>;
  readonly onHop?: (hop: Hop) => void;
  readonly onExchange?: (exchange: Exchange) => void;
}

/** Hooks of a request take the place of the session's of the same name (sessions.py merge_hooks). */
export function mergeHooks(session: ResponseHooks, request: ResponseHooks = {}): ResponseHooks {
  return { ...session, ...request };
}

/** A round trip as the response hook leaves it. A hook that throws leaves it as it was, and is told beside it. */
export async function hookedRoundTrip(
  roundTrip: RoundTrip,
  request: PreparedRequest,
  { onResponse }: ResponseHooks,
): Promise<RoundTrip> {
  if (onResponse === undefined || roundTrip.response === undefined) return roundTrip;
  try {
    return { ...roundTrip, response: (await onResponse(roundTrip.response, request)) ?? roundTrip.response };
  } catch (error) {
    return { ...roundTrip, warnings: [...roundTrip.warnings, hookFailed('onResponse', error)] };
  }
}

/** Tells listeners one after the other; each that throws becomes a warning, and the others are told all the same. */
export function tell<Told>(
  name: keyof ResponseHooks,
  told: Told,
  listeners: readonly (((told: Told) => void) | undefined)[],
): readonly Warning[] {
  return listeners.flatMap((listener) => {
    try {
      listener?.(told);
      return [];
    } catch (error) {
      return [hookFailed(name, error)];
    }
  });
}

function hookFailed(name: keyof ResponseHooks, error: unknown): Warning {
  const reason = reasonOf(error);
  return { code: 'hook-failed', message: `The hook "${name}" failed: ${reason}. The response is kept as it came.` };
}
