import type { Cookie, SetCookieVerdict } from '../cookies/cookie.ts';
import type { Failure, Warning } from '../http/failure.ts';
import type { HeaderList } from '../http/headerList.ts';
import type { PreparedRequest, WireFacts, WireResponse } from '../http/transport.ts';

/** Everything that happened in one send, kept whatever the end (invariant 4). */
export interface Exchange {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: 'completed' | 'failed' | 'cancelled';
  readonly failure: Failure | undefined;
  readonly hops: readonly Hop[];
  readonly warnings: readonly Warning[];
}

export interface Hop {
  /** Counts from 1. */
  readonly number: number;
  readonly cause: 'first' | 'redirect' | 'auth' | 'retry';
  /** Attempts on this URL so far, from 1. */
  readonly attempt: number;
  /** What was asked for, without jar cookies; `sentHeaders` has them. */
  readonly request: PreparedRequest;
  /** The header lines of this hop in order, Cookie line included. */
  readonly sentHeaders: HeaderList;
  readonly response: WireResponse | undefined;
  readonly cookies: HopCookies;
  readonly decision: Decision;
  readonly wire: WireFacts;
  /** What ended this hop, also when another attempt follows; the exchange's failure is the last hop's, or the decision's. */
  readonly failure: Failure | undefined;
  readonly warnings: readonly Warning[];
}

export interface HopCookies {
  /** In the order sent. `explicit` pairs come from a Cookie line of the file and have no jar cookie behind them. */
  readonly sent: readonly SentCookie[];
  readonly received: readonly SetCookieVerdict[];
}

export type SentCookie =
  | { readonly explicit: false; readonly name: string; readonly value: string; readonly cookie: Cookie }
  | { readonly explicit: true; readonly name: string; readonly value: string };

/** What follows from a response, with reasons: data made by the pure `decideNext`. */
export type Decision =
  | { readonly kind: 'stop'; readonly reason: StopReason; readonly nextUrl?: string; readonly failure?: Failure }
  | {
      readonly kind: 'follow';
      readonly cause: 'redirect' | 'auth' | 'retry';
      readonly reason: string;
      /** The Location as resolved, without userinfo. */
      readonly location?: string;
      readonly next: PreparedRequest;
      readonly changes: readonly Change[];
      /** Wait before it, in milliseconds (retries). */
      readonly waitMs?: number;
      /** What was left of it when the user wanted the next attempt at once. */
      readonly skippedMs?: number;
    };

export type StopReason =
  /** Not a redirect: the usual end. */
  | 'final'
  /** A redirect status without a Location (or an empty one). */
  | 'no-location'
  /** `@no-redirect`, `followRedirects: false`, HEAD under policy `requests`. */
  | 'not-followed'
  /** `# @follow N` reached. */
  | 'follow-limit'
  /** `failure` says why. */
  | 'failed';

/** One difference between a request and the next, for badges and `--json`. */
export interface Change {
  readonly kind: 'method' | 'header' | 'body' | 'fragment';
  /** Header name for `header`. */
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  /** In words, for example "other origin". */
  readonly why: string;
}
