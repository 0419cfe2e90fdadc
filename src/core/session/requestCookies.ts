import type { Cookie } from '../cookies/cookie.ts';
import { cookieHeader } from '../cookies/cookieHeader.ts';
import type { Warning } from '../http/failure.ts';
import { headerValues, withHeader, type HeaderList } from '../http/headerList.ts';
import type { SentCookie } from './exchange.ts';
import type { SendSettings } from './settings.ts';

export interface RequestCookies {
  /** The header lines to send, with one Cookie line when there is anything to say. */
  readonly headers: HeaderList;
  readonly sent: readonly SentCookie[];
  readonly warnings: readonly Warning[];
}

/**
 * Adds the jar's cookies to a request. A Cookie line that the file wrote is requests' `cookies=`: its pairs come first
 * and win by name, and are never stored; with `cookieHeader: replace` or policy `requests` the jar adds nothing to it.
 */
export function requestCookies(
  headers: HeaderList,
  jarCookies: readonly Cookie[],
  settings: Pick<SendSettings, 'cookieHeader' | 'policy'>,
): RequestCookies {
  const lines = headerValues(headers, 'cookie');
  const explicit = lines.flatMap(cookiePairs);
  const replaces = lines.length > 0 && (settings.cookieHeader === 'replace' || settings.policy === 'requests');
  const named = new Set(explicit.map(({ name }) => name));
  const added = replaces ? [] : jarCookies.filter(({ name }) => !named.has(name));
  const sent = [...explicit, ...added.map(sentFromJar)];
  const { value, warnings } = cookieHeader(sent);
  // One line of the file to which nothing is added stays byte for byte as written.
  if (value === undefined || (added.length === 0 && lines.length < 2)) return { headers, sent, warnings };
  return { headers: withHeader(headers, 'Cookie', value), sent, warnings };
}

/** Pairs of a Cookie line; text without `=` is a nameless cookie, as in a jar (RFC 6265bis 5.6). */
function cookiePairs(line: string): SentCookie[] {
  const texts = line.split(';').map((text) => text.trim());
  return texts.filter(Boolean).map((text) => {
    const equals = text.indexOf('=');
    return { explicit: true, name: text.slice(0, Math.max(equals, 0)), value: text.slice(equals + 1) };
  });
}

function sentFromJar(cookie: Cookie): SentCookie {
  return { explicit: false, name: cookie.name, value: cookie.value, cookie };
}
