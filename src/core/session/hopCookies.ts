import type { Acceptance, CookieJar } from '../cookies/cookieJar.ts';
import { firstHeader, headerValues } from '../http/headerList.ts';
import { parsedUrl } from '../http/parsedUrl.ts';
import type { PreparedRequest, RoundTrip, WireResponse } from '../http/transport.ts';
import type { NextStep } from './decideNext.ts';
import type { SendOptions } from './session.ts';
import type { SendSettings } from './settings.ts';

/** Under policy `requests` a Host line names the cookie host (cookies.py MockRequest.get_full_url); else the URL does. */
export function cookieUrl(request: PreparedRequest, settings: SendSettings): string {
  const host = settings.policy === 'requests' ? firstHeader(request.headers, 'host') : undefined;
  if (host === undefined) return request.url;
  const url = new URL(request.url);
  url.host = host;
  return url.href;
}

export interface CookieScene {
  /** `undefined`: cookies are not kept (`# @no-cookie-jar`). */
  readonly jar: CookieJar | undefined;
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
export function acceptCookies(roundTrip: RoundTrip, next: NextStep, scene: CookieScene): Acceptance {
  const { jar, url, number, options, now } = scene;
  const lines = headerValues(ownResponse(roundTrip)?.headers ?? [], 'set-cookie');
  if (jar === undefined || lines.length === 0 || isForgotten(next, options.settings)) {
    return { verdicts: [], warnings: [] };
  }
  const shown = parsedUrl(url);
  return jar.accept(lines, url, now, {
    kind: 'response',
    url: shown.origin + shown.pathname,
    hop: number,
    at: now,
    ...(options.requestName === undefined ? {} : { requestName: options.requestName }),
  });
}

/** Policy `requests`: urllib3 repeats below requests, which never sees the responses of failed attempts. */
function isForgotten({ decision }: NextStep, { policy }: SendSettings): boolean {
  return policy === 'requests' && decision.kind === 'follow' && decision.cause === 'retry';
}
