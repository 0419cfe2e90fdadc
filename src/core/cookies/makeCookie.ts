import { canonicalHost, checkCookie, type CookieFault } from './checkCookie.ts';
import type { Cookie, CookieSource } from './cookie.ts';
import { cookieBytes } from './cookieText.ts';
import { browserRules, type CookieRules } from './receiveCookie.ts';

/** What a person or a file says about a cookie; the rest has defaults. */
export interface CookieFields {
  readonly name: string;
  /** Text; characters outside ASCII are stored as UTF-8. */
  readonly value: string;
  /** A host name; a leading dot makes it a cookie for all hosts below it. */
  readonly domain: string | undefined;
  readonly path?: string | undefined;
  /** True unless the domain begins with a dot. */
  readonly hostOnly?: boolean;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: Cookie['sameSite'];
  readonly partitioned?: boolean;
  /** Epoch milliseconds. */
  readonly expires?: number | undefined;
}

/** A cookie set by hand or read from a file, checked; `now` in epoch milliseconds. The fault says what is wrong with it. */
export function makeCookie(
  fields: CookieFields,
  now: number,
  source: CookieSource,
  rules: CookieRules = browserRules,
): { readonly cookie: Cookie } | { readonly fault: CookieFault } {
  const wanted = fields.domain ?? '';
  const bare = wanted.replace(/^\./, '');
  const cookie: Cookie = {
    name: cookieBytes(fields.name),
    value: cookieBytes(fields.value),
    domain: canonicalHost(bare) ?? bare,
    hostOnly: fields.hostOnly ?? !wanted.startsWith('.'),
    path: fields.path ?? '/',
    secure: fields.secure ?? false,
    httpOnly: fields.httpOnly ?? false,
    sameSite: fields.sameSite,
    partitioned: fields.partitioned ?? false,
    expires: fields.expires,
    created: now,
    lastSet: now,
    source,
  };
  const fault = checkCookie(cookie, rules);
  return fault ? { fault } : { cookie };
}
