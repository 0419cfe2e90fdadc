import type { FailureCode, Warning } from '../http/failure.ts';
import type { Cookie, CookieFilter, CookieKey, CookieSource, SendVerdict, SetCookieVerdict } from './cookie.ts';

/** The jar port of a session. Time always comes in as `now` (epoch milliseconds). */
export interface CookieJar {
  /** Cookies that go with a request to `url`, longest path first, then oldest first (RFC 6265bis 5.8.3). */
  cookiesFor(url: string, now: number): readonly Cookie[];
  /** Every cookie of the jar with its verdict for `url`: the "why not sent?" list. */
  explain(url: string, now: number): readonly SendVerdict[];
  /** One verdict for each Set-Cookie line, in order. `requestUrl` is the hop's URL. */
  accept(setCookies: readonly string[], requestUrl: string, now: number, source?: CookieSource): Acceptance;
  /** Unexpired cookies, sorted by domain, path, name. */
  all(now: number): readonly Cookie[];
  /** Puts a cookie as given, replacing the one with its key; used by undo, import and snapshots. Throws nothing; returns why not. */
  put(
    cookie: Cookie,
  ): { readonly ok: true } | { readonly ok: false; readonly code: FailureCode; readonly reason: string };
  delete(key: CookieKey): Cookie | undefined;
  /** Removes all that match every key given, returns what was removed. An empty filter removes all. */
  clear(filter: CookieFilter): readonly Cookie[];
  clearSession(): readonly Cookie[];
  purgeExpired(now: number): readonly Cookie[];
}

export interface Acceptance {
  readonly verdicts: readonly SetCookieVerdict[];
  readonly warnings: readonly Warning[];
}
