import type { Acceptance, CookieJar } from '../cookies/cookieJar.ts';
import type { Credentials } from '../http/auth/credentials.ts';
import { parseAuthParams } from '../http/auth/challenges.ts';
import type { DigestStates } from '../http/auth/digestStates.ts';
import type { Warning } from '../http/failure.ts';
import { firstHeader, hasHeader, headerValues, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import { shownUrl } from '../http/shownUrl.ts';
import type { PreparedRequest, RoundTrip, RoundTripOptions, WireResponse } from '../http/transport.ts';
import { connectionFor, type ConnectionChoice } from './connectionFor.ts';
import type { NextStep } from './decideNext.ts';
import type { Hop } from './exchange.ts';
import { hookedRoundTrip } from './hooks.ts';
import { hopAuth } from './hopAuth.ts';
import { judgeHead, judgeTrip, timeLeft, type TripScene } from './judgeTrip.ts';
import type { NetrcLookup } from './netrcLookup.ts';
import { requestCookies } from './requestCookies.ts';
import type { SendPorts } from './sendPorts.ts';
import type { SendOptions } from './session.ts';
import type { SendSettings } from './settings.ts';

/** What a hop is made for: the request without jar cookies, and why it is sent. */
export interface HopStep {
  readonly request: PreparedRequest;
  readonly cause: Hop['cause'];
  readonly attempt: number;
}

/** What hops share: of their session the nonces, of their send the logins of netrc. */
export interface HopPorts extends Omit<SendPorts, 'netrc'> {
  readonly digests: DigestStates;
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
  const sent: PreparedRequest = { ...request, headers: outgoing.headers };
  const scene: TripScene = {
    request,
    used: auth.used,
    before,
    settings,
    now: ports.now(),
    random: randomFor(settings, ports),
  };
  const connection = connectionFor(request.url, settings, {
    environment: ports.environment ?? (() => undefined),
    firstUrl: before[0]?.request.url ?? request.url,
  });
  const answered = await ports.transport.roundTrip(sent, {
    ...roundTripOptions(number, options, scene),
    ...connection,
  });
  const roundTrip = await hookedRoundTrip(answered, sent, options.hooks ?? {});
  const next = judgeTrip(roundTrip, { ...scene, now: ports.now() });
  const keptBy = isForgotten(next, settings) ? undefined : jar;
  const accepted = acceptCookies(keptBy, ownResponse(roundTrip), { url, number, options, now: ports.now() });
  learnNonce(request.url, auth.used, { next, response: roundTrip.response, digests: ports.digests });
  return {
    number,
    cause,
    attempt,
    request,
    sentHeaders: outgoing.headers,
    response: roundTrip.response && keptResponse(roundTrip.response, options.settings),
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

function roundTripOptions(
  number: number,
  options: SendOptions,
  scene: TripScene,
): Omit<RoundTripOptions, keyof ConnectionChoice> {
  const { settings, signal, onProgress } = options;
  const totalMs = settings.timeouts.totalMs;
  return {
    signal,
    // The total holds for the whole send; connect and read limits apply to each hop anew.
    timeouts:
      totalMs === undefined
        ? settings.timeouts
        : { ...settings.timeouts, totalMs: Math.max(1, timeLeft(totalMs, scene.before)) },
    bodyLimit: settings.bodyLimit,
    maxDecodedBytes: settings.maxDecodedBytes,
    maxHeaderBytes: settings.maxHeaderBytes,
    stopBodyAt: (status, headers) =>
      judgeHead({ status, headers }, scene).decision.kind === 'follow' ? settings.hopBodyLimit : undefined,
    onProgress: (progress) => progress.kind === 'body' && onProgress?.(number, progress.wireBytes),
  };
}

/** Under policy `requests` a Host line names the cookie host (cookies.py MockRequest.get_full_url); else the URL does. */
function cookieUrl(request: PreparedRequest, settings: SendSettings): string {
  const host = settings.policy === 'requests' ? firstHeader(request.headers, 'host') : undefined;
  if (host === undefined) return request.url;
  const url = new URL(request.url);
  url.host = host;
  return url.href;
}

interface CookieScene {
  readonly url: string;
  readonly number: number;
  readonly options: SendOptions;
  readonly now: number;
}

/** What a proxy answers in place of the server sets no cookies of the server. */
function ownResponse({ response, failure }: RoundTrip): WireResponse | undefined {
  return failure?.code === 'proxy-auth' || failure?.code === 'proxy-refused' ? undefined : response;
}

/** Cookies count as soon as the head is there, even if the body failed afterwards (C1). */
function acceptCookies(jar: CookieJar | undefined, response: WireResponse | undefined, scene: CookieScene): Acceptance {
  const lines = response === undefined ? [] : headerValues(response.headers, 'set-cookie');
  if (jar === undefined || lines.length === 0) return { verdicts: [], warnings: [] };
  const { url, number, options, now } = scene;
  const shown = new URL(url);
  return jar.accept(lines, url, now, {
    kind: 'response',
    url: shown.origin + shown.pathname,
    hop: number,
    at: now,
    ...(options.requestName === undefined ? {} : { requestName: options.requestName }),
  });
}

/** A failed body does not hinder what follows from the head; a failed attempt stays one when another is made. */
function isTolerated({ decision }: NextStep): boolean {
  return decision.kind === 'follow' && decision.cause !== 'retry';
}

/** Policy `requests`: urllib3 repeats below requests, which never sees the responses of failed attempts. */
function isForgotten({ decision }: NextStep, { policy }: SendSettings): boolean {
  return policy === 'requests' && decision.kind === 'follow' && decision.cause === 'retry';
}

interface Learned {
  readonly next: NextStep;
  readonly response: WireResponse | undefined;
  readonly digests: DigestStates;
}

/** The nonce of a challenge that will be answered, or the one that the server wants next (RFC 7616 3.5). */
function learnNonce(url: string, used: Credentials | undefined, { next, response, digests }: Learned): void {
  if (used?.type !== 'digest') return;
  if (next.challenge !== undefined) return digests.remember(url, used.username, next.challenge);
  const nonce = parseAuthParams(firstHeader(response?.headers ?? [], 'authentication-info') ?? '').get('nextnonce');
  if (nonce !== undefined) digests.renew(url, used.username, nonce);
}

/** Only the wait before a retry is random. */
function randomFor({ retry }: SendSettings, { crypto }: HopPorts): number {
  if (retry === undefined) return 0;
  return Number.parseInt(crypto.randomHex(4), 16) / 0xffffffff;
}

/** Only a hint: the server may well answer differently the second time, so the count decides (RFC 9110 15.4). */
function loopHint(sent: PreparedRequest, before: readonly Hop[]): Warning[] {
  const known = before.some((hop) => isSameRequest(sent, hop));
  const told = before.some((hop) => hop.warnings.some(({ code }) => code === 'redirect-loop'));
  if (!known || told) return [];
  const message = `${sent.method} ${sent.url} repeats an earlier hop with the same cookies and body; this looks like a redirect loop.`;
  return [{ code: 'redirect-loop', message }];
}

function isSameRequest(sent: PreparedRequest, hop: Hop): boolean {
  return (
    withoutFragment(sent.url) === withoutFragment(hop.request.url) &&
    sent.method === hop.request.method &&
    sent.body === hop.request.body &&
    firstHeader(sent.headers, 'cookie') === firstHeader(hop.sentHeaders, 'cookie')
  );
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

/** Policy `requests` reads text without a charset as ISO-8859-1 (utils.get_encoding_from_headers). */
function keptResponse(response: WireResponse, { policy }: SendSettings): WireResponse {
  const shown = maskLocation(response);
  return policy === 'requests' ? { ...shown, body: { ...shown.body, textDefault: 'iso-8859-1' } } : shown;
}

/** Userinfo of a Location is neither used nor kept (SESSION 2.2): a hop is shown, exported and recorded. */
function maskLocation(response: WireResponse): WireResponse {
  if (!hasHeader(response.headers, 'location')) return response;
  const headers: HeaderList = response.headers.map(([name, value]): HeaderLine => [
    name,
    name.toLowerCase() === 'location' ? shownUrl(value) : value,
  ]);
  return { ...response, headers };
}
