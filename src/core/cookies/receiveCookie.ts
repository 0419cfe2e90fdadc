import { defaultPath, domainMatch, pathMatch } from 'tough-cookie';
import type { Cookie, CookieSource } from './cookie.ts';
import { prefixFault } from './cookiePrefix.ts';
import type { CookieTarget } from './cookieTarget.ts';
import type { ParsedSetCookie, Refusal } from './parseSetCookie.ts';
import { isPublicSuffix } from './publicSuffix.ts';

/** The rules that a session may change. */
export interface CookieRules {
  /** False lets a cookie be set for a whole public suffix: a test tool. */
  readonly publicSuffixCheck: boolean;
  /** Longest age in days, 400 in browsers; `undefined` keeps what the server said. */
  readonly ageCapDays: number | undefined;
}

/** As browsers have them, except that a long life is not cut. */
export const browserRules: CookieRules = { publicSuffixCheck: true, ageCapDays: undefined };

export type Receipt =
  { readonly kind: 'cookie'; readonly cookie: Cookie } | { readonly kind: 'refused'; readonly refusal: Refusal };

/** 9999-12-31T23:59:59Z: later times are cut to it, so that no view ever meets an invalid date. */
export const latestExpiry = 253_402_300_799_000;
const dayMs = 86_400_000;

/**
 * The cookie that a Set-Cookie line from `target` makes at `now`, or why it is refused: the storage model of RFC 6265bis 5.7 up to step 17.
 * `secureOnes` are the Secure cookies of that name already in the jar.
 */
export function receiveCookie(
  parsed: ParsedSetCookie,
  target: CookieTarget,
  now: number,
  rules: CookieRules,
  secureOnes: readonly Cookie[],
  source: CookieSource | undefined,
): Receipt {
  const domain = domainOf(parsed, target, rules);
  if ('refusal' in domain) return refused(domain.refusal);
  const cookie = toCookie(parsed, domain, target, now, rules, source);
  const refusal = secureFault(cookie, target) ?? prefixRefusal(cookie) ?? overlayFault(cookie, target, secureOnes);
  return refusal ? refused(refusal) : { kind: 'cookie', cookie };
}

const refused = (refusal: Refusal): Receipt => ({ kind: 'refused', refusal });

type CookieDomain = { readonly domain: string; readonly hostOnly: boolean } | { readonly refusal: Refusal };

function domainOf(parsed: ParsedSetCookie, target: CookieTarget, rules: CookieRules): CookieDomain {
  const wanted = parsed.domain;
  const hostOnly = { domain: target.host, hostOnly: true };
  if (wanted === undefined || wanted === '') return hostOnly;
  if (/[^\u0000-\u007f]/.test(wanted)) {
    return refuseDomain(
      'domain-not-ascii',
      `Domain=${wanted} is not ASCII; a server must write its Punycode form (xn--…).`,
    );
  }
  // An address matches nothing but itself, and a host that is itself a public suffix may keep its own cookie (5.7 step 9).
  if (wanted === target.host && (target.isIp || isPublicSuffix(wanted))) return hostOnly;
  if (rules.publicSuffixCheck && isPublicSuffix(wanted)) {
    return refuseDomain(
      'public-suffix',
      `Domain=${wanted} is a public suffix: the cookie would go to hosts of strangers.`,
    );
  }
  if (domainMatch(target.host, wanted, false) !== true) {
    return refuseDomain('domain-mismatch', `Domain=${wanted} does not cover the host that set it (${target.host}).`);
  }
  return { domain: wanted, hostOnly: false };
}

function refuseDomain(reason: Refusal['reason'], message: string): CookieDomain {
  return { refusal: { reason, message } };
}

function toCookie(
  parsed: ParsedSetCookie,
  domain: { readonly domain: string; readonly hostOnly: boolean },
  target: CookieTarget,
  now: number,
  rules: CookieRules,
  source: CookieSource | undefined,
): Cookie {
  const { name, value, secure, httpOnly, sameSite, partitioned } = parsed;
  return {
    name,
    value,
    domain: domain.domain,
    hostOnly: domain.hostOnly,
    path: parsed.path ?? defaultPath(target.path),
    secure,
    httpOnly,
    sameSite,
    partitioned,
    expires: expiryOf(parsed, now, rules.ageCapDays),
    created: now,
    lastSet: now,
    source,
  };
}

// Max-Age becomes a point in time at once: counted from the last use, a cookie that is used would live for ever.
function expiryOf(parsed: ParsedSetCookie, now: number, ageCapDays: number | undefined): number | undefined {
  const wanted = parsed.maxAge === undefined ? parsed.expires : maxAgeExpiry(parsed.maxAge, now);
  if (wanted === undefined) return undefined;
  const cap = ageCapDays === undefined ? latestExpiry : now + ageCapDays * dayMs;
  return Math.min(wanted, cap, latestExpiry);
}

function maxAgeExpiry(seconds: number, now: number): number {
  // Zero and below mean the earliest time there is: a deletion (RFC 6265bis 5.6.2).
  return seconds <= 0 ? 0 : now + seconds * 1000;
}

function secureFault(cookie: Cookie, target: CookieTarget): Refusal | undefined {
  if (!cookie.secure || target.secure) return undefined;
  return {
    reason: 'secure-from-insecure',
    message: `A Secure cookie is taken only over https or from this machine; ${target.host} answered over plain http.`,
  };
}

function prefixRefusal(cookie: Cookie): Refusal | undefined {
  const message = prefixFault(cookie);
  return message === undefined ? undefined : { reason: 'prefix', message };
}

// "Leave Secure cookies alone" (RFC 6265bis 5.7 step 16): names equal, domains overlap either way, new path inside the old one.
function overlayFault(cookie: Cookie, target: CookieTarget, secureOnes: readonly Cookie[]): Refusal | undefined {
  if (cookie.secure || target.secure) return undefined;
  const covered = secureOnes.find(
    (other) =>
      (domainMatch(cookie.domain, other.domain, false) || domainMatch(other.domain, cookie.domain, false)) &&
      pathMatch(cookie.path, other.path),
  );
  if (!covered) return undefined;
  const place = `${covered.domain}${covered.path}`;
  return {
    reason: 'secure-overlay',
    message: `It would overlay the Secure cookie ${covered.name} of ${place}, and it came over a connection that is not secure.`,
  };
}
