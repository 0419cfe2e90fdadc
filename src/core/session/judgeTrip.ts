import type { Credentials } from '../http/auth/credentials.ts';
import type { FailureCode, Warning } from '../http/failure.ts';
import { firstHeader } from '../http/headerList.ts';
import type { PreparedRequest, ProxyChoice, RoundTrip, WireResponse } from '../http/transport.ts';
import { answerProxyChallenge } from './answerChallenge.ts';
import { decideAgain, decideNext, toChallenge, type DecisionInput, type NextStep } from './decideNext.ts';
import type { Hop } from './exchange.ts';
import { namesUser } from './proxyAccess.ts';
import type { Attempt } from './retry.ts';
import type { SendSettings } from './settings.ts';

/** What a round trip is judged by. */
export interface TripScene {
  readonly request: PreparedRequest;
  /** What the hop was authenticated with. */
  readonly used: Credentials | undefined;
  /** The proxy that it goes through. */
  readonly proxy: ProxyChoice | undefined;
  readonly before: readonly Hop[];
  readonly settings: SendSettings;
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 to 1. */
  readonly random: number;
}

/** What follows once the head of a response is known. Pure. */
export function judgeHead(response: DecisionInput['response'], scene: TripScene): NextStep {
  return decideNext({ ...decisionInput(scene), response });
}

/** What follows from a whole round trip, failed or not. Pure. */
export function judgeTrip({ response, failure, wire }: RoundTrip, scene: TripScene): NextStep {
  if (failure === undefined && response !== undefined) return judgeHead(response, scene);
  if (failure === undefined) throw new Error('A round trip came back with neither a response nor a failure.');
  if (response !== undefined && bodyFailures.has(failure.code)) {
    const next = judgeHead(response, scene);
    if (next.decision.kind === 'follow') return { ...next, warnings: [...next.warnings, tolerated(failure.message)] };
  }
  const answer =
    failure.code === 'proxy-auth' && response && toProxy(response, wire.rawRequestHead !== undefined, scene);
  if (answer) return answer;
  const attempt: Attempt = { kind: 'failure', code: failure.code, requestSent: wire.rawRequestHead !== undefined };
  // When the head of a response is there, the server has answered: urllib3 repeats nothing then.
  const again = response === undefined ? decideAgain(attempt, decisionInput(scene)) : undefined;
  return again ?? { decision: { kind: 'stop', reason: 'failed', failure }, warnings: [] };
}

/** What is answered to the 407 of a proxy; `undefined`: nothing can be. */
function toProxy({ headers }: WireResponse, wasSent: boolean, scene: TripScene): NextStep | undefined {
  const { request, proxy, before } = scene;
  const verdict = answerProxyChallenge({
    headers,
    hasUser: namesUser(proxy),
    answered: answeredSince(before, 407),
    replayable: !wasSent || request.body?.replayable !== false,
  });
  return verdict && toChallenge(verdict, request, 'Proxy-Authorization');
}

/** Challenges that were answered since the last redirect. */
function answeredSince(before: readonly Hop[], status: 401 | 407): number {
  const redirect = before.findLastIndex((hop) => followedBy(hop, 'redirect'));
  return before.slice(redirect + 1).filter((hop) => followedBy(hop, 'auth') && hop.response?.status === status).length;
}

/** Milliseconds left of a total timeout: the hops by their own clocks, and the waits between them (invariant 8). */
export function timeLeft(totalMs: number, before: readonly Hop[]): number {
  const spent = before.map(({ wire, decision }) => wire.timing.totalMs + waitAfter(decision));
  return totalMs - spent.reduce((sum, ms) => sum + ms, 0);
}

/** Failures of a body whose head is whole: what follows does not need the body (SESSION 2.4, R12). */
const bodyFailures: ReadonlySet<FailureCode> = new Set(['truncated-body', 'decode-limit']);

function decisionInput({ request, used, before, settings, now, random }: TripScene): Omit<DecisionInput, 'response'> {
  const redirect = before.findLastIndex((hop) => followedBy(hop, 'redirect'));
  const since = before.slice(redirect + 1);
  const { totalMs } = settings.timeouts;
  return {
    request,
    settings,
    followed: before.filter((hop) => followedBy(hop, 'redirect')).length,
    access: { used, answered: answeredSince(before, 401) },
    attempts: {
      before: since.filter((hop) => followedBy(hop, 'retry')).map(attemptOf),
      now,
      random,
      timeLeftMs: totalMs === undefined ? undefined : timeLeft(totalMs, before),
    },
  };
}

function followedBy({ decision }: Hop, cause: Hop['cause']): boolean {
  return decision.kind === 'follow' && decision.cause === cause;
}

function attemptOf({ response, failure, wire }: Hop): Attempt {
  if (response !== undefined) {
    return { kind: 'response', status: response.status, retryAfter: firstHeader(response.headers, 'retry-after') };
  }
  const code = failure?.code ?? 'connection-lost';
  return { kind: 'failure', code, requestSent: wire.rawRequestHead !== undefined };
}

function waitAfter(decision: Hop['decision']): number {
  return decision.kind === 'follow' ? (decision.waitMs ?? 0) : 0;
}

function tolerated(message: string): Warning {
  return { code: 'truncated-body', message: `${message} What follows from its head was done all the same.` };
}
