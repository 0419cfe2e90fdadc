import type { Cookie } from '../core/cookies/cookie.ts';
import type { Hop } from '../core/session/exchange.ts';
import type { OfferView } from '../protocol/exchangeView.ts';

/**
 * What the user may want next, read off the last hop. `lostCookies` are cookies that the session once had and has no more,
 * because they ended or were cleared; each knows the request that set it.
 */
export function offers(hops: readonly Hop[], lostCookies: readonly Cookie[]): OfferView[] {
  const last = hops.at(-1);
  if (last === undefined) return [];
  return [...loginAgain(last, lostCookies), ...followOneHop(last)];
}

function loginAgain({ request, response }: Hop, lostCookies: readonly Cookie[]): OfferView[] {
  if (response?.status !== 401) return [];
  const { hostname } = new URL(request.url);
  const lost = lostCookies.find((cookie) => cookie.source?.requestName !== undefined && covers(cookie, hostname));
  const name = lost?.source?.requestName;
  return name === undefined ? [] : [{ command: 'loginAgain', label: `Log in again: send “${name}”`, request: name }];
}

/** RFC 6265bis 5.1.3, for a host that is known to be one of the session's. */
function covers({ domain, hostOnly }: Cookie, hostname: string): boolean {
  return hostname === domain || (!hostOnly && hostname.endsWith(`.${domain}`));
}

function followOneHop({ decision }: Hop): OfferView[] {
  const stoppedEarly =
    decision.kind === 'stop' && (decision.reason === 'not-followed' || decision.reason === 'follow-limit');
  if (!stoppedEarly || decision.nextUrl === undefined) return [];
  return [{ command: 'followOneHop', label: 'Follow one hop' }];
}
