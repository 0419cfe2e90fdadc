import type { Cookie, SetCookieVerdict } from '../core/cookies/cookie.ts';
import type { HopCookies, SentCookie } from '../core/session/exchange.ts';
import type { CookieKeyView, CookiesView } from '../protocol/exchangeView.ts';
import { momentWords } from './timeWords.ts';

/** The three groups of the Cookies tab. `now` is what "in 30 days" is counted from (epoch milliseconds). */
export function cookiesView(cookies: HopCookies, now: number): CookiesView {
  return {
    sent: cookies.sent.map(sentView),
    set: cookies.received.flatMap((verdict) => setView(verdict, now)),
    refused: cookies.received.flatMap(refusedView),
  };
}

/** A cookie's rules in words: `host only · HttpOnly · Secure · ends with the session`, `.example.test /app · in 30 days`. */
export function cookieWords(cookie: Cookie, now: number): string {
  const scope = cookie.hostOnly ? 'host only' : `.${cookie.domain}`;
  const path = cookie.hostOnly && cookie.path === '/' ? '' : ` ${cookie.path}`;
  const words = [scope + path];
  if (cookie.httpOnly) words.push('HttpOnly');
  if (cookie.secure) words.push('Secure');
  if (cookie.sameSite !== undefined) words.push(`SameSite ${cookie.sameSite}`);
  if (cookie.partitioned) words.push('Partitioned');
  return [...words, expiryWords(cookie.expires, now)].join(' · ');
}

/** `ends with the session`, `in 30 days`, `expired 2 hours ago`. */
export function expiryWords(expires: number | undefined, now: number): string {
  if (expires === undefined) return 'ends with the session';
  return expires <= now ? `expired ${momentWords(expires, now)}` : momentWords(expires, now);
}

function sentView(sent: SentCookie): CookiesView['sent'][number] {
  const { name, value } = sent;
  if (sent.explicit) return { name, value, scope: 'from the Cookie line of the file', explicit: true };
  const { domain, hostOnly, path } = sent.cookie;
  return { name, value, scope: `${hostOnly ? '' : '.'}${domain} ${path}`, explicit: false, key: keyOf(sent.cookie) };
}

function setView(verdict: SetCookieVerdict, now: number): CookiesView['set'] {
  if (verdict.kind === 'rejected') return [];
  const { cookie, previous } = verdict;
  const deleted = verdict.kind === 'deleted';
  const view = {
    name: cookie.name,
    action: deleted ? 'deleted' : verdict.action,
    value: deleted ? '' : cookie.value,
    attributes: deleted ? deletedWords(cookie, previous) : cookieWords(cookie, now),
    key: keyOf(cookie),
  } as const;
  return [previous === undefined ? view : { ...view, previous: previous.value }];
}

function deletedWords(cookie: Cookie, previous: Cookie | undefined): string {
  return previous === undefined
    ? 'deleted by the server; there was none'
    : `deleted by the server · ${scopeOf(cookie)}`;
}

function scopeOf({ hostOnly, domain, path }: Cookie): string {
  return `${hostOnly ? 'host only' : `.${domain}`} ${path}`;
}

function refusedView(verdict: SetCookieVerdict): CookiesView['refused'] {
  if (verdict.kind !== 'rejected') return [];
  const { name, reason, message, raw } = verdict;
  return [{ name, reason, message, raw }];
}

function keyOf({ name, domain, path, hostOnly }: Cookie): CookieKeyView {
  return { name, domain, path, hostOnly };
}
