import type { Timing } from '../core/http/transport.ts';

/** Moments of one round trip, all on the clock of `performance.now()`. Absent means: did not happen. */
export interface Moments {
  /** Epoch milliseconds of `begun`. */
  readonly startedAt: number;
  /** The round trip was asked for. */
  readonly begun: number;
  /** The moments of the connection, only when it was opened for this round trip. */
  opening: OpeningMoments | undefined;
  /** The request head is about to be written. */
  sending: number | undefined;
  /** The last byte of the request was given to the socket. */
  sent: number | undefined;
  /** First byte of the (final) response. */
  answered: number | undefined;
  /** Last byte, or the moment of failure. */
  ended: number | undefined;
}

export interface OpeningMoments {
  readonly begun: number;
  lookedUp: number | undefined;
  connected: number | undefined;
  secured: number | undefined;
}

/** The phases of a round trip. They lie end to end, so their sum is the total when the round trip came to its end. */
export function timingOf(moments: Moments): Timing {
  const ended = moments.ended ?? moments.begun;
  return {
    startedAt: moments.startedAt,
    ...queue(moments, ended),
    ...openingPhases(moments.opening),
    ...exchangePhases(moments, ended),
    totalMs: ended - moments.begun,
  };
}

/** All time before the request was written that the connection does not explain. */
function queue(moments: Moments, ended: number): { queueMs: number } {
  const { opening } = moments;
  const until = moments.sending ?? opening?.begun ?? ended;
  const opened = opening?.secured ?? opening?.connected;
  const openingMs = moments.sending !== undefined && opening && opened !== undefined ? opened - opening.begun : 0;
  return { queueMs: Math.max(0, until - moments.begun - openingMs) };
}

function openingPhases(opening: OpeningMoments | undefined): Partial<Timing> {
  if (!opening) return {};
  const { begun, lookedUp, connected, secured } = opening;
  return {
    ...(lookedUp !== undefined && { dnsMs: lookedUp - begun }),
    ...(connected !== undefined && { connectMs: connected - (lookedUp ?? begun) }),
    ...(connected !== undefined && secured !== undefined && { tlsMs: secured - connected }),
  };
}

function exchangePhases({ sending, sent, answered }: Moments, ended: number): Partial<Timing> {
  if (sending === undefined) return {};
  // A server may answer before it has read the whole request: then sending ends with the answer.
  const sentUntil = Math.min(sent ?? ended, answered ?? ended);
  return {
    sendMs: sentUntil - sending,
    ...((sent !== undefined || answered !== undefined) && { waitMs: (answered ?? ended) - sentUntil }),
    ...(answered !== undefined && { downloadMs: ended - answered }),
  };
}
