import { isList, isObject, isText, type JsonObject } from '../../text/jsonShape.ts';
import type { Cookie } from '../cookie.ts';
import { cookieText } from '../cookieText.ts';
import { makeCookie } from '../makeCookie.ts';
import { latestExpiry } from '../receiveCookie.ts';
import { type CookieExport, type CookieImport, creationAt } from './cookieImport.ts';

/** True for what tough-cookie's `serializeSync` gives, or its bare list: cookies have a `key` where ours have a `name`. */
export function isToughJson(json: unknown): boolean {
  const [first] = isObject(json) && isList(json['cookies']) ? json['cookies'] : isList(json) ? json : [];
  return isObject(first) && isText(first['key']);
}

/** Reads a jar that tough-cookie serialized, as many JavaScript clients keep theirs. `now` in epoch milliseconds. */
export function importToughJson(text: string, now: number): CookieImport {
  const json = parsed(text);
  const entries = isObject(json) ? json['cookies'] : json;
  if (!isList(entries)) return { cookies: [], errors: [{ message: 'This is no jar of tough-cookie in JSON.' }] };
  const readings = entries.map((entry, index) => readEntry(entry, index + 1, now));
  return {
    cookies: readings.flatMap((reading) => (typeof reading === 'string' ? [] : [reading])),
    errors: readings.flatMap((reading) => (typeof reading === 'string' ? [{ message: reading }] : [])),
  };
}

function readEntry(entry: unknown, number: number, now: number): Cookie | string {
  if (!isObject(entry) || !isText(entry['key']) || !isText(entry['domain'])) {
    return `Cookie ${number}: "key" or "domain" is missing or no text.`;
  }
  const made = makeCookie(
    {
      name: entry['key'],
      value: isText(entry['value']) ? entry['value'] : '',
      domain: entry['domain'],
      path: isText(entry['path']) ? entry['path'] : '/',
      // Without the flag the narrower reading is the safe one.
      hostOnly: entry['hostOnly'] !== false,
      secure: entry['secure'] === true,
      httpOnly: entry['httpOnly'] === true,
      sameSite: sameSiteOf(entry['sameSite']),
      expires: expiryOf(entry, now),
    },
    creationAt(now, number),
    { kind: 'import', at: now },
  );
  return 'fault' in made ? `Cookie ${number}: ${made.fault.message}` : made.cookie;
}

function sameSiteOf(value: unknown): Cookie['sameSite'] {
  return value === 'strict' || value === 'lax' || value === 'none' ? value : undefined;
}

/** `expires` is a date or "Infinity"; `maxAge` wins, and counts from the creation. */
function expiryOf({ expires, maxAge, creation }: JsonObject, now: number): number | undefined {
  if (typeof maxAge === 'number') {
    const since = isText(creation) ? Date.parse(creation) : now;
    return bounded((Number.isNaN(since) ? now : since) + maxAge * 1000);
  }
  const time = isText(expires) ? Date.parse(expires) : NaN;
  return Number.isNaN(time) ? undefined : bounded(time);
}

function bounded(time: number): number {
  return Math.min(Math.max(time, 0), latestExpiry);
}

/** Writes a jar that tough-cookie's `deserializeSync` takes. Values that are no UTF-8 text are left out and named. */
export function exportToughJson(cookies: readonly Cookie[]): CookieExport {
  const leftOut: CookieExport['leftOut'][number][] = [];
  const entries = cookies.flatMap((cookie) => {
    const name = cookieText(cookie.name);
    const value = cookieText(cookie.value);
    if (name !== undefined && value !== undefined) return [toughCookie(cookie, name, value)];
    leftOut.push({ cookie, reason: 'its name or value is not UTF-8 text' });
    return [];
  });
  const jar = {
    version: 'tough-cookie@6.1.0',
    storeType: 'MemoryCookieStore',
    rejectPublicSuffixes: true,
    enableLooseMode: true,
    allowSpecialUseDomain: true,
    prefixSecurity: 'silent',
    cookies: entries,
  };
  return { text: `${JSON.stringify(jar, undefined, 2)}\n`, leftOut };
}

function toughCookie(cookie: Cookie, key: string, value: string): object {
  const { domain, path, hostOnly, secure, httpOnly, sameSite, expires, created, lastSet } = cookie;
  return {
    key,
    value,
    ...(expires !== undefined && { expires: new Date(expires).toISOString() }),
    domain,
    path,
    hostOnly,
    ...(secure && { secure }),
    ...(httpOnly && { httpOnly }),
    ...(sameSite !== undefined && { sameSite }),
    creation: new Date(created).toISOString(),
    lastAccessed: new Date(lastSet).toISOString(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
