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

type Phases = { -readonly [Name in keyof Timing]: Timing[Name] };

/** The phases of a round trip. They lie end to end, so their sum is the total when the round trip came to its end. */
export function timingOf(moments: Moments): Timing {
  const ended = moments.ended ?? moments.begun;
  const timing: Phases = {
    startedAt: moments.startedAt,
    queueMs: queue(moments, ended),
    totalMs: ended - moments.begun,
  };
  if (moments.opening) addOpening(timing, moments.opening);
  if (moments.sending !== undefined) addExchange(timing, moments, moments.sending, ended);
  return timing;
}

/** All time before the request was written that the connection does not explain. */
function queue({ begun, opening, sending }: Moments, ended: number): number {
  const until = sending ?? opening?.begun ?? ended;
  const opened = opening?.secured ?? opening?.connected;
  const openingMs = sending !== undefined && opening && opened !== undefined ? opened - opening.begun : 0;
  return Math.max(0, until - begun - openingMs);
}

function addOpening(timing: Phases, { begun, lookedUp, connected, secured }: OpeningMoments): void {
  if (lookedUp !== undefined) timing.dnsMs = lookedUp - begun;
  if (connected === undefined) return;
  timing.connectMs = connected - (lookedUp ?? begun);
  if (secured !== undefined) timing.tlsMs = secured - connected;
}

function addExchange(timing: Phases, { sent, answered }: Moments, sending: number, ended: number): void {
  // A server may answer before it has read the whole request: then sending ends with the answer.
  const sentUntil = Math.min(sent ?? ended, answered ?? ended);
  timing.sendMs = sentUntil - sending;
  if (sent !== undefined || answered !== undefined) timing.waitMs = (answered ?? ended) - sentUntil;
  if (answered !== undefined) timing.downloadMs = ended - answered;
}
