import type { Warning } from '../http/failure.ts';
import { checkCookie } from './checkCookie.ts';
import type { Cookie, CookieFilter, CookieKey, CookieSource, SendVerdict, SetCookieVerdict } from './cookie.ts';
import type { Acceptance, CookieJar } from './cookieJar.ts';
import { CookieTable } from './cookieTable.ts';
import { cookieTarget, type CookieTarget } from './cookieTarget.ts';
import { parseSetCookie, type Refusal } from './parseSetCookie.ts';
import { browserRules, type CookieRules, receiveCookie } from './receiveCookie.ts';
import { isExpired, sendVerdict } from './sendVerdict.ts';

/** As many as browsers keep for one domain, and as RFC 6265bis 6.1 asks for at least in all. */
export const maxCookiesPerDomain = 180;
export const maxCookies = 3000;

/**
 * An empty jar by RFC 6265bis. The date, path, domain and public-suffix algorithms are tough-cookie's; storage is our own, because tough-cookie's jar
 * keys cookies without their host-only flag, counts Max-Age from the last use, reads the clock and gives no reasons.
 */
export function createCookieJar(rules: Partial<CookieRules> = {}): CookieJar {
  return new Jar({ ...browserRules, ...rules });
}

class Jar implements CookieJar {
  readonly #table = new CookieTable();
  readonly #rules: CookieRules;

  constructor(rules: CookieRules) {
    this.#rules = rules;
  }

  cookiesFor(url: string, now: number): readonly Cookie[] {
    const target = cookieTarget(url);
    return this.#table
      .covering(target.host)
      .filter((cookie) => sendVerdict(cookie, target, now).sent)
      .toSorted(bySendOrder);
  }

  explain(url: string, now: number): readonly SendVerdict[] {
    const target = cookieTarget(url);
    const verdicts = this.#table.all().map((cookie) => sendVerdict(cookie, target, now));
    return verdicts.toSorted(
      (a, b) => Number(b.sent) - Number(a.sent) || (a.sent ? bySendOrder : byPlace)(a.cookie, b.cookie),
    );
  }

  accept(setCookies: readonly string[], requestUrl: string, now: number, source?: CookieSource): Acceptance {
    const target = cookieTarget(requestUrl);
    let stored = 0;
    const verdicts = setCookies.map((raw) => {
      const verdict = this.#acceptOne(raw, target, now, source, stored);
      if (verdict.kind === 'stored') stored++;
      return verdict;
    });
    return { verdicts, warnings: warningsOf(verdicts) };
  }

  all(now: number): readonly Cookie[] {
    return this.#table
      .all()
      .filter((cookie) => !isExpired(cookie, now))
      .toSorted(byPlace);
  }

  put(cookie: Cookie): ReturnType<CookieJar['put']> {
    const fault = checkCookie(cookie, this.#rules);
    if (fault) return { ok: false, code: fault.code, reason: fault.message };
    this.#table.set(cookie);
    return { ok: true };
  }

  delete(key: CookieKey): Cookie | undefined {
    return this.#table.delete(key);
  }

  clear(filter: CookieFilter): readonly Cookie[] {
    return this.#remove(
      (cookie) =>
        (filter.name === undefined || cookie.name === filter.name) &&
        (filter.domain === undefined || cookie.domain === filter.domain) &&
        (filter.path === undefined || cookie.path === filter.path),
    );
  }

  clearSession(): readonly Cookie[] {
    return this.#remove((cookie) => cookie.expires === undefined);
  }

  purgeExpired(now: number): readonly Cookie[] {
    return this.#remove((cookie) => isExpired(cookie, now));
  }

  #remove(matches: (cookie: Cookie) => boolean): readonly Cookie[] {
    const removed = this.#table.all().filter(matches);
    for (const cookie of removed) this.#table.delete(cookie);
    return removed.toSorted(byPlace);
  }

  #acceptOne(
    raw: string,
    target: CookieTarget,
    now: number,
    source: CookieSource | undefined,
    stored: number,
  ): SetCookieVerdict {
    const reading = parseSetCookie(raw);
    if ('refusal' in reading) return rejected(raw, reading.name, reading.refusal);
    const { name } = reading.parsed;
    const receipt = receiveCookie(reading.parsed, target, now, this.#rules, this.#secureOnes(name, now), source);
    if (receipt.kind === 'refused') return rejected(raw, name, receipt.refusal);
    const { cookie } = receipt;
    const previous = this.#living(cookie, now);
    if (isExpired(cookie, now)) {
      this.#table.delete(cookie);
      return { kind: 'deleted', raw, cookie, previous };
    }
    const full = this.#limitFault(cookie, previous, now, stored);
    if (full) return rejected(raw, name, full);
    return this.#store(raw, cookie, previous, now);
  }

  #store(raw: string, received: Cookie, previous: Cookie | undefined, now: number): SetCookieVerdict {
    // The place in the Cookie header is that of the first setting (RFC 6265bis 5.7 step 23.3).
    const cookie = { ...received, created: previous?.created ?? this.#nextCreation(now) };
    this.#table.set(cookie);
    const action = previous === undefined ? 'added' : sameContent(previous, cookie) ? 'unchanged' : 'updated';
    return { kind: 'stored', raw, cookie, action, previous };
  }

  #living(key: CookieKey, now: number): Cookie | undefined {
    const found = this.#table.get(key);
    return found && !isExpired(found, now) ? found : undefined;
  }

  #secureOnes(name: string, now: number): Cookie[] {
    return this.#table.all().filter((cookie) => cookie.secure && cookie.name === name && !isExpired(cookie, now));
  }

  // Creation times are unique by microseconds, so that the order of one response survives sorting, saving and merging.
  #nextCreation(now: number): number {
    const millisecond = Math.floor(now);
    const sameTime = this.#table.all().filter((cookie) => Math.floor(cookie.created) === millisecond);
    return sameTime.reduce((latest, cookie) => Math.max(latest, cookie.created + 0.001), now);
  }

  #limitFault(cookie: Cookie, previous: Cookie | undefined, now: number, stored: number): Refusal | undefined {
    if (stored >= maxCookiesPerDomain) return limit(`One response may set ${maxCookiesPerDomain} cookies.`);
    if (previous) return undefined;
    if (this.#table.ofDomain(cookie.domain).length >= maxCookiesPerDomain || this.#table.size >= maxCookies) {
      this.purgeExpired(now);
    }
    if (this.#table.ofDomain(cookie.domain).length >= maxCookiesPerDomain) {
      return limit(`${cookie.domain} has ${maxCookiesPerDomain} cookies already; delete some to make room.`);
    }
    return this.#table.size >= maxCookies
      ? limit(`The session has ${maxCookies} cookies already; delete some to make room.`)
      : undefined;
  }
}

const limit = (message: string): Refusal => ({ reason: 'cookie-limit', message });

function rejected(raw: string, name: string, refusal: Refusal): SetCookieVerdict {
  return { kind: 'rejected', raw, name, ...refusal };
}

function sameContent(a: Cookie, b: Cookie): boolean {
  return (
    a.value === b.value &&
    a.expires === b.expires &&
    a.secure === b.secure &&
    a.httpOnly === b.httpOnly &&
    a.sameSite === b.sameSite &&
    a.partitioned === b.partitioned
  );
}

function warningsOf(verdicts: readonly SetCookieVerdict[]): Warning[] {
  const leftOut = verdicts.filter((verdict) => verdict.kind === 'rejected' && verdict.reason === 'cookie-limit').length;
  const insecure = verdicts.flatMap((verdict) =>
    verdict.kind === 'stored' && verdict.cookie.sameSite === 'none' && !verdict.cookie.secure
      ? [verdict.cookie.name]
      : [],
  );
  const warnings = insecure.map((name): Warning => ({
    code: 'samesite-none-insecure',
    message: `Browsers refuse the cookie ${name}: SameSite=None needs Secure. It was stored here.`,
  }));
  if (leftOut === 0) return warnings;
  return [...warnings, { code: 'set-cookie-limit', message: `${leftOut} cookies above the limit were left out.` }];
}

// Longer paths first, then older cookies (RFC 6265bis 5.8.3 step 2).
function bySendOrder(a: Cookie, b: Cookie): number {
  return b.path.length - a.path.length || a.created - b.created;
}

function byPlace(a: Cookie, b: Cookie): number {
  return (
    compare(a.domain, b.domain) ||
    compare(a.path, b.path) ||
    compare(a.name, b.name) ||
    Number(a.hostOnly) - Number(b.hostOnly)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
