import { domainMatch, pathMatch } from 'tough-cookie';
import type { Cookie, SendVerdict } from './cookie.ts';
import type { CookieTarget } from './cookieTarget.ts';

/** Whether `cookie` goes with a request to `target` at `now`, and if not, the first rule that keeps it back (RFC 6265bis 5.8.3). */
export function sendVerdict(cookie: Cookie, target: CookieTarget, now: number): SendVerdict {
  const kept = (reason: NonNullable<SendVerdict['reason']>, message: string): SendVerdict => ({
    cookie,
    sent: false,
    reason,
    message,
  });
  if (cookie.domain !== target.host) {
    if (domainMatch(target.host, cookie.domain, false) !== true) {
      return kept('domain', `its domain ${cookie.domain} does not cover ${target.host}`);
    }
    if (cookie.hostOnly) return kept('host-only', `it goes to ${cookie.domain} only, not to hosts below it`);
  }
  if (!pathMatch(target.path, cookie.path)) {
    return kept('path', `its path ${cookie.path} does not cover ${target.path}`);
  }
  if (cookie.secure && !target.secure) return kept('secure', 'it is Secure and this connection is not');
  if (isExpired(cookie, now)) return kept('expired', 'it has expired');
  return { cookie, sent: true };
}

export function isExpired(cookie: Cookie, now: number): boolean {
  return cookie.expires !== undefined && cookie.expires <= now;
}
