import type { DigestStates } from '../http/auth/digestStates.ts';
import type { HeaderList } from '../http/headerList.ts';
import type { PreparedRequest, RoundTrip, RoundTripOptions, RoundTripProgress } from '../http/transport.ts';
import { connectionFor, type ConnectionChoice } from './connectionFor.ts';
import type { NextStep } from './decideNext.ts';
import type { Hop } from './exchange.ts';
import { hookedTrip } from './hooks.ts';
import { hopAuth } from './hopAuth.ts';
import { acceptCookies, cookieUrl } from './hopCookies.ts';
import { judgeHead, judgeTrip, timeLeft, type TripScene } from './judgeTrip.ts';
import { keptResponse } from './keptResponse.ts';
import { learnNonce } from './learnNonce.ts';
import { loopHint } from './loopHint.ts';
import type { NetrcLookup } from './netrcLookup.ts';
import { learnProxyNonce, provenProxy } from './proxyAccess.ts';
import { requestCookies } from './requestCookies.ts';
import type { SendPorts } from './sendPorts.ts';
import type { SendOptions } from './session.ts';
import { defaultSettings, type SendSettings } from './settings.ts';

/** What a hop is made for: the request without jar cookies, and why it is sent. */
export interface HopStep {
  readonly request: PreparedRequest;
  readonly cause: Hop['cause'];
  readonly attempt: number;
}

/** What hops share: of their session the nonces, of their send the logins of netrc. */
export interface HopPorts extends Omit<SendPorts, 'netrc'> {
  readonly digests: DigestStates;
  readonly proxyDigests: DigestStates;
  readonly netrc: NetrcLookup;
}

/** One round trip with credentials and the jar around it: both out, cookies and nonces in, and what follows from the response. */
export async function makeHop(
  step: HopStep,
  before: readonly Hop[],
  options: SendOptions,
  ports: HopPorts,
): Promise<Hop> {
  const { request, cause, attempt } = step;
  const { settings } = options;
  const number = before.length + 1;
  const jar = settings.cookieJar ? ports.jar : undefined;
  const url = cookieUrl(request, settings);
  const auth = await hopAuth(request, { ...ports, settings, now: ports.now() });
  const outgoing = requestCookies(auth.headers, jar?.cookiesFor(url, ports.now()) ?? [], settings);
  const random = randomFor(settings, ports);
  const connection = connectionFor(request.url, settings, {
    environment: ports.environment ?? (() => undefined),
    firstUrl: before[0]?.request.url ?? request.url,
  });
  const { proxy } = connection;
  const scene: TripScene = { request, used: auth.used, proxy, before, settings, now: ports.now(), random };
  let atHead: JudgedHead | undefined;
  const whole: PreparedRequest = { ...request, headers: outgoing.headers };
  const { sent, roundTrip } = await hookedTrip(whole, options.hooks ?? {}, scene.now, (asked) =>
    ports.transport.roundTrip(asked, {
      ...roundTripOptions(number, options, scene),
      stopBodyAt: (status, headers) => {
        atHead = { status, headers, next: judgeHead({ status, headers }, scene) };
        return atHead.next.decision.kind === 'follow' ? settings.hopBodyLimit : undefined;
      },
      ...connection,
      ...(proxy && { proxy: provenProxy(proxy, ports) }),
    }),
  );
  const next = stillHolds(atHead, roundTrip, settings) ?? judgeTrip(roundTrip, { ...scene, now: ports.now() });
  const accepted = acceptCookies(roundTrip, next, { jar, url, number, options, now: ports.now() });
  learnNonce(request.url, auth.used, { next, response: roundTrip.response, digests: ports.digests });
  if (next.proxyChallenge) learnProxyNonce(proxy, next.proxyChallenge, ports.proxyDigests);
  return {
    number,
    cause,
    attempt,
    request,
    sentHeaders: sent.headers,
    response: roundTrip.response && keptResponse(roundTrip.response, settings),
    cookies: { sent: outgoing.sent, received: accepted.verdicts },
    decision: next.decision,
    wire: roundTrip.wire,
    failure: isTolerated(next) ? undefined : roundTrip.failure,
    warnings: [
      ...auth.warnings,
      ...outgoing.warnings,
      ...roundTrip.warnings,
      ...accepted.warnings,
      ...next.warnings,
      ...(cause === 'redirect' ? loopHint(sent, before) : []),
    ],
  };
}

/** What was decided when the head came, which is before anybody read the body. */
interface JudgedHead {
  readonly status: number;
  readonly headers: HeaderList;
  readonly next: NextStep;
}

/** That decision, when the response is whole and as it was; whether to try again depends on the moment, and is decided at the end. */
function stillHolds(
  atHead: JudgedHead | undefined,
  { response, failure }: RoundTrip,
  { retry }: SendSettings,
): NextStep | undefined {
  if (atHead === undefined || failure !== undefined || retry !== undefined) return undefined;
  return response?.headers === atHead.headers && response.status === atHead.status ? atHead.next : undefined;
}

function roundTripOptions(
  number: number,
  options: SendOptions,
  scene: TripScene,
): Omit<RoundTripOptions, keyof ConnectionChoice | 'stopBodyAt'> {
  const { settings, signal, bodyStore } = options;
  const totalMs = settings.timeouts.totalMs;
  return {
    signal,
    // The total holds for the whole send; connect and read limits apply to each hop anew.
    timeouts:
      totalMs === undefined
        ? settings.timeouts
        : { ...settings.timeouts, totalMs: Math.max(1, timeLeft(totalMs, scene.before)) },
    quietStreams: settings.timeouts.readMs === defaultSettings.timeouts.readMs,
    bodyLimit: settings.bodyLimit,
    maxDecodedBytes: settings.maxDecodedBytes,
    maxHeaderBytes: settings.maxHeaderBytes,
    ...(bodyStore && { bodyStore }),
    onProgress: (progress) => tellProgress(number, progress, options),
  };
}

function tellProgress(number: number, progress: RoundTripProgress, { onProgress, onArrival }: SendOptions): void {
  switch (progress.kind) {
    case 'upload':
    case 'body':
      return onProgress?.(number, progress);
    case 'head':
    case 'content':
      return onArrival?.(number, progress);
    case 'sent':
      return undefined;
  }
}

/** A failed body does not hinder what follows from the head; a failed attempt stays one when another is made. */
function isTolerated({ decision }: NextStep): boolean {
  return decision.kind === 'follow' && decision.cause !== 'retry';
}

/** Only the wait before a retry is random. */
function randomFor({ retry }: SendSettings, { crypto }: HopPorts): number {
  if (retry === undefined) return 0;
  return Number.parseInt(crypto.randomHex(4), 16) / 0xffffffff;
}
