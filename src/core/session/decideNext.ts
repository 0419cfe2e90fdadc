import type { Credentials } from '../http/auth/credentials.ts';
import type { DigestChallenge } from '../http/auth/digestChallenge.ts';
import type { Failure, Warning } from '../http/failure.ts';
import { firstHeader, type HeaderList } from '../http/headerList.ts';
import { parsedUrl } from '../http/parsedUrl.ts';
import type { PreparedRequest } from '../http/transport.ts';
import { answerChallenge, type ChallengeVerdict } from './answerChallenge.ts';
import type { Change, Decision, StopReason } from './exchange.ts';
import { redirectAuth } from './redirectAuth.ts';
import { redirectHeaders } from './redirectHeaders.ts';
import { redirectMethod } from './redirectMethod.ts';
import { redirectTarget, type RedirectTarget } from './redirectTarget.ts';
import { judgeAttempt, type Attempt, type RetryVerdict } from './retry.ts';
import type { SendSettings } from './settings.ts';

export interface DecisionInput {
  /** The request of the hop as asked for, without jar cookies. */
  readonly request: PreparedRequest;
  /** Only the head decides, so this can be asked before the body is read. */
  readonly response: { readonly status: number; readonly headers: HeaderList };
  /** Redirects followed before this response. */
  readonly followed: number;
  readonly settings: SendSettings;
  /** What this hop was authenticated with, and the 401 responses answered since the last redirect. */
  readonly access?: { readonly used: Credentials | undefined; readonly answered: number };
  /** What decides whether an attempt is made again; absent: none is. */
  readonly attempts?: AttemptScene;
}

export interface AttemptScene {
  /** Attempts on this URL before this one. */
  readonly before: readonly Attempt[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 to 1. */
  readonly random: number;
  /** Milliseconds left of the total timeout. */
  readonly timeLeftMs: number | undefined;
}

export interface NextStep {
  readonly decision: Decision;
  readonly warnings: readonly Warning[];
  /** The challenge that the next hop answers, of the server or of the proxy. */
  readonly challenge?: DigestChallenge;
  readonly proxyChallenge?: DigestChallenge;
}

type Resolved = Extract<RedirectTarget, { kind: 'url' }>;

/** What follows from a response head: the next request with every difference and its reason, or why the chain ends. Pure. */
export function decideNext(input: DecisionInput): NextStep {
  return repeated(input) ?? answered(input) ?? redirected(input);
}

/** What follows from an attempt that came to nothing: another one, or `undefined`. Pure. */
export function decideAgain(
  attempt: Attempt,
  { request, settings, attempts }: Pick<DecisionInput, 'request' | 'settings' | 'attempts'>,
): NextStep | undefined {
  if (attempts === undefined) return undefined;
  const { method, body } = request;
  const replayable = body?.replayable !== false;
  return again(judgeAttempt(attempt, { ...attempts, setting: settings.retry, method, replayable }), request);
}

/** A status that the retry setting lists; before anything else, as urllib3 looks at it below requests' redirects. */
function repeated(input: DecisionInput): NextStep | undefined {
  const { status, headers } = input.response;
  return decideAgain({ kind: 'response', status, retryAfter: firstHeader(headers, 'retry-after') }, input);
}

function again(verdict: RetryVerdict, request: PreparedRequest): NextStep | undefined {
  if (verdict.kind === 'end') return undefined;
  if (verdict.kind === 'failed') return fail(verdict.failure);
  const { waitMs, reason } = verdict;
  return {
    decision: { kind: 'follow', cause: 'retry', reason, next: request, changes: [], waitMs },
    warnings: [],
  };
}

function answered({ request, response, access }: DecisionInput): NextStep | undefined {
  const verdict = access && answerChallenge({ request, response, ...access });
  return verdict && toChallenge(verdict, request, 'Authorization');
}

/** The same request again, with an answer to the challenge in this header. Pure. */
export function toChallenge(
  verdict: ChallengeVerdict,
  request: PreparedRequest,
  name: 'Authorization' | 'Proxy-Authorization',
): NextStep {
  if (verdict.kind === 'failed') return fail(verdict.failure);
  const { challenge } = verdict;
  const ofProxy = name === 'Proxy-Authorization';
  const status = ofProxy ? '407 of the proxy' : '401';
  const why = `answers the Digest challenge${ofProxy ? ' of the proxy' : ''} with ${challenge.algorithm ?? 'MD5'}`;
  return {
    decision: {
      kind: 'follow',
      cause: 'auth',
      reason: challenge.stale ? `${status} wants a new nonce` : `${status} asks for credentials`,
      next: request,
      changes: [{ kind: 'header', name, to: 'Digest', why }],
    },
    warnings: [],
    ...(ofProxy ? { proxyChallenge: challenge } : { challenge }),
  };
}

function redirected(input: DecisionInput): NextStep {
  const { request, response, followed, settings } = input;
  const target = redirectTarget(response.headers, request.url);
  if (!isRedirect(response.status, settings)) return stop('final', target);
  if (target.kind === 'none') return stop('no-location', target);
  if (!follows(request, settings)) return stop('not-followed', target);
  if (target.kind === 'failure') return fail(target.failure);
  if (!settings.allowDowngrade && isDowngrade(request.url, target.url)) return stop('not-followed', target);
  if (settings.followLimit !== undefined && followed >= settings.followLimit) return stop('follow-limit', target);
  // A count, never URL equality: a login may well return to the URL it came from (SESSION 2.4).
  if (followed >= settings.maxRedirects) return fail(tooMany(settings.maxRedirects), target.url);
  return follow(input, target);
}

/** 300, 304, 305, 306 and 309 are final: their Location is offered, not followed (SESSION 2.1). */
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A 300 offers a choice, and its Location is the server's own (RFC 9110 15.4.1): followed only where that is asked for. */
function isRedirect(status: number, { follow300 }: SendSettings): boolean {
  return redirectStatuses.has(status) || (follow300 && status === 300);
}

function isDowngrade(from: string, to: string): boolean {
  return from.startsWith('https:') && to.startsWith('http:');
}

function follows(request: PreparedRequest, settings: SendSettings): boolean {
  // requests does not follow a HEAD unless it is asked to (sessions.py head()); browsers and this product do.
  const heeds = settings.policy !== 'requests' || request.method.toUpperCase() !== 'HEAD';
  return settings.followRedirects && (heeds || settings.followAsked === true);
}

function follow({ request, response, settings }: DecisionInput, target: Resolved): NextStep {
  const { method, dropBody } = redirectMethod(response.status, request.method, settings.policy);
  const bodyDropped = dropBody && request.body !== undefined;
  const body = dropBody ? undefined : request.body;
  if (body?.replayable === false) return fail(notReplayable(response.status, request.method), target.url);
  const [from, to] = [parsedUrl(request.url), parsedUrl(target.url)];
  const withoutBody = bodyDropped || method !== request.method;
  const { headers, changes, warnings } = redirectHeaders(request.headers, { from, to, withoutBody, settings });
  const access = redirectAuth(request.auth, from, to, settings);
  return {
    decision: {
      kind: 'follow',
      cause: 'redirect',
      reason: `${response.status} leads to ${target.url}`,
      location: target.url,
      next: nextRequest(request, { method, url: target.url, headers, body, ...(access.auth && { auth: access.auth }) }),
      changes: [
        ...requestChanges(request, response.status, method, bodyDropped),
        ...fragmentChange(target),
        ...changes,
        ...access.changes,
      ],
    },
    warnings: [...repeatedLocation(target), ...warnings],
  };
}

/** A target as written is that of the first URL alone, and HTTP/2 needs the TLS that a way back to http has not. */
function nextRequest(
  { httpVersion }: PreparedRequest,
  next: Pick<PreparedRequest, 'method' | 'url' | 'headers' | 'body' | 'auth'>,
): PreparedRequest {
  return { ...next, httpVersion: next.url.startsWith('https:') ? httpVersion : '1.1' };
}

function requestChanges(request: PreparedRequest, status: number, method: string, bodyDropped: boolean): Change[] {
  const changes: Change[] = [];
  if (method !== request.method) {
    changes.push({ kind: 'method', from: request.method, to: method, why: `${status} asks for ${method}` });
  }
  if (bodyDropped) changes.push({ kind: 'body', why: `${status} is followed without the body` });
  return changes;
}

function fragmentChange(target: Resolved): Change[] {
  if (!target.fragmentInherited) return [];
  const to = target.url.slice(target.url.indexOf('#'));
  return [{ kind: 'fragment', to, why: 'inherited, because the Location has none' }];
}

function repeatedLocation(target: RedirectTarget): Warning[] {
  if (target.kind !== 'url' || !target.repeated) return [];
  return [{ code: 'duplicate-location', message: 'The response has the same Location line more than once.' }];
}

function stop(reason: StopReason, target: RedirectTarget): NextStep {
  const decision: Decision =
    target.kind === 'url' ? { kind: 'stop', reason, nextUrl: target.url } : { kind: 'stop', reason };
  return { decision, warnings: reason === 'final' ? [] : repeatedLocation(target) };
}

function fail(failure: Failure, nextUrl?: string): NextStep {
  const decision: Decision = { kind: 'stop', reason: 'failed', failure };
  return { decision: nextUrl === undefined ? decision : { ...decision, nextUrl }, warnings: [] };
}

function tooMany(limit: number): Failure {
  return {
    code: 'redirect-limit',
    message: `The server redirected more than ${limit} ${limit === 1 ? 'time' : 'times'}.`,
    hint: 'Look at the hops for a loop, or raise the setting "crumbtrail.maxRedirects".',
  };
}

function notReplayable(status: number, method: string): Failure {
  return {
    code: 'body-not-replayable',
    message: `${status} asks for the ${method} again with its body, but the body is a stream that can be read only once.`,
    hint: 'Send the body from a file or as text, or request the new URL directly.',
  };
}
