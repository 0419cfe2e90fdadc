import type { Acceptance, CookieJar } from '../cookies/cookieJar.ts';
import type { FailureCode, Warning } from '../http/failure.ts';
import { firstHeader, headerValues, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import { shownUrl } from '../http/shownUrl.ts';
import type { PreparedRequest, RoundTrip, RoundTripOptions, WireResponse } from '../http/transport.ts';
import { connectionFor, type ConnectionChoice } from './connectionFor.ts';
import { decideNext, type DecisionInput, type NextStep } from './decideNext.ts';
import type { Hop } from './exchange.ts';
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

/** One round trip with the jar around it: cookies out, cookies in, and what follows from the response. */
export async function makeHop(
  step: HopStep,
  before: readonly Hop[],
  options: SendOptions,
  ports: SendPorts,
): Promise<Hop> {
  const { request, cause, attempt } = step;
  const number = before.length + 1;
  const jar = options.settings.cookieJar ? ports.jar : undefined;
  const url = cookieUrl(request, options.settings);
  const outgoing = requestCookies(request.headers, jar?.cookiesFor(url, ports.now()) ?? [], options.settings);
  const sent: PreparedRequest = { ...request, headers: outgoing.headers };
  const followed = before.filter((hop) => hop.decision.kind === 'follow' && hop.decision.cause === 'redirect').length;
  const judge = (response: DecisionInput['response']): NextStep =>
    decideNext({ request, response, followed, settings: options.settings });
  const connection = connectionFor(request.url, options.settings, {
    environment: ports.environment ?? (() => undefined),
    firstUrl: before[0]?.request.url ?? request.url,
  });
  const roundTrip = await ports.transport.roundTrip(sent, {
    ...roundTripOptions(number, before, options, judge),
    ...connection,
  });
  const accepted = acceptCookies(jar, ownResponse(roundTrip), { url, number, options, now: ports.now() });
  const next = nextStep(roundTrip, judge);
  return {
    number,
    cause,
    attempt,
    request,
    sentHeaders: outgoing.headers,
    response: roundTrip.response && maskLocation(roundTrip.response),
    cookies: { sent: outgoing.sent, received: accepted.verdicts },
    decision: next.decision,
    wire: roundTrip.wire,
    failure: next.decision.kind === 'stop' ? roundTrip.failure : undefined,
    warnings: [
      ...outgoing.warnings,
      ...roundTrip.warnings,
      ...accepted.warnings,
      ...next.warnings,
      ...loopHint(sent, before),
    ],
  };
}

function roundTripOptions(
  number: number,
  before: readonly Hop[],
  options: SendOptions,
  judge: (response: DecisionInput['response']) => NextStep,
): Omit<RoundTripOptions, keyof ConnectionChoice> {
  const { settings, signal, onProgress } = options;
  const totalMs = settings.timeouts.totalMs;
  return {
    signal,
    // The total holds for the whole send; connect and read limits apply to each hop anew.
    timeouts: totalMs === undefined ? settings.timeouts : { ...settings.timeouts, totalMs: remaining(totalMs, before) },
    bodyLimit: settings.bodyLimit,
    maxDecodedBytes: settings.maxDecodedBytes,
    maxHeaderBytes: settings.maxHeaderBytes,
    stopBodyAt: (status, headers) =>
      judge({ status, headers }).decision.kind === 'follow' ? settings.hopBodyLimit : undefined,
    onProgress: (progress) => progress.kind === 'body' && onProgress?.(number, progress.wireBytes),
  };
}

/** Time that the hops took on the wire, by their own clocks: core reads none (invariant 8). At least a millisecond is left. */
function remaining(totalMs: number, before: readonly Hop[]): number {
  return Math.max(1, totalMs - before.reduce((sum, { wire }) => sum + wire.timing.totalMs, 0));
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

/** Failures of a body whose head is whole: a redirect does not need the body (SESSION 2.4, R12). */
const bodyFailures: ReadonlySet<FailureCode> = new Set(['truncated-body', 'decode-limit']);

function nextStep(
  { response, failure }: RoundTrip,
  judge: (response: DecisionInput['response']) => NextStep,
): NextStep {
  if (failure === undefined && response !== undefined) return judge(response);
  if (failure === undefined) throw new Error('A round trip came back with neither a response nor a failure.');
  if (response !== undefined && bodyFailures.has(failure.code)) {
    const next = judge(response);
    if (next.decision.kind === 'follow') return { ...next, warnings: [...next.warnings, tolerated(failure.message)] };
  }
  return { decision: { kind: 'stop', reason: 'failed', failure }, warnings: [] };
}

function tolerated(message: string): Warning {
  return { code: 'truncated-body', message: `${message} The redirect was followed all the same.` };
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

/** Userinfo of a Location is neither used nor kept (SESSION 2.2): a hop is shown, exported and recorded. */
function maskLocation(response: WireResponse): WireResponse {
  const headers: HeaderList = response.headers.map(([name, value]): HeaderLine => [
    name,
    name.toLowerCase() === 'location' ? shownUrl(value) : value,
  ]);
  return { ...response, headers };
}
