import { isList, isObject, isText, type JsonObject } from '../../text/jsonShape.ts';
import type { Cookie, CookieSource } from '../cookie.ts';
import { cookieText } from '../cookieText.ts';
import { createCookieJar } from '../createCookieJar.ts';
import { makeCookie } from '../makeCookie.ts';
import { setCookieLine } from '../setCookieLine.ts';
import type { CookieExport, CookieImport, LineError } from './cookieImport.ts';

/** True for what looks like an HTTP archive. */
export function isHar(json: unknown): boolean {
  return isObject(json) && isObject(json['log']) && isList(json['log']['entries']);
}

/**
 * The cookies of an HTTP archive as they stood at its end: the Set-Cookie lines of its responses one after the other by the rules of a jar,
 * and those that its requests sent and nobody set, for their host alone. `now` in epoch milliseconds.
 */
export function importHarCookies(text: string, now: number): CookieImport {
  const json = parsed(text);
  if (!isHar(json)) return { cookies: [], errors: [{ message: 'This is no HTTP archive (HAR).' }] };
  const entries = ((json as JsonObject)['log'] as JsonObject)['entries'] as readonly unknown[];
  const jar = createCookieJar();
  const errors: LineError[] = [];
  entries.forEach((entry, index) => {
    const message = readEntry(entry, jar, now);
    errors.push(...message.map((each) => ({ message: `Entry ${index + 1}: ${each}` })));
  });
  return { cookies: jar.all(now), errors };
}

function readEntry(entry: unknown, jar: ReturnType<typeof createCookieJar>, now: number): readonly string[] {
  const request = member(entry, 'request');
  const url = isText(request['url']) ? URL.parse(request['url']) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return ['the request has no http URL.'];
  const source: CookieSource = { kind: 'import', url: `${url.origin}${url.pathname}`, at: now };
  const faults = sentBefore(listOf(request, 'cookies'), url, jar, now, source);
  const lines = setCookieLines(member(entry, 'response'));
  const { verdicts } = jar.accept(lines, url.href, now, source);
  const refused = verdicts.flatMap((verdict) =>
    verdict.kind === 'rejected' ? [`the cookie ${verdict.name} is refused: ${verdict.message}`] : [],
  );
  return [...faults, ...refused];
}

/** Header lines say all attributes; without them the archive's own list of cookies does. */
function setCookieLines(response: JsonObject): readonly string[] {
  const written = listOf(response, 'headers').flatMap((header) =>
    isObject(header) && isText(header['name']) && /^set-cookie$/i.test(header['name']) && isText(header['value'])
      ? // Some browsers join the lines of one response.
        header['value'].split('\n')
      : [],
  );
  if (written.length > 0) return written;
  return listOf(response, 'cookies').flatMap((cookie) => {
    if (!isObject(cookie) || !isText(cookie['name'])) return [];
    const text = (name: string): string => (isText(cookie[name]) && cookie[name] !== '' ? cookie[name] : '');
    const expires = Date.parse(text('expires'));
    return [
      [
        `${cookie['name']}=${text('value')}`,
        ...(text('domain') === '' ? [] : [`Domain=${text('domain')}`]),
        ...(text('path') === '' ? [] : [`Path=${text('path')}`]),
        ...(Number.isNaN(expires) ? [] : [`Expires=${new Date(expires).toUTCString()}`]),
        ...(cookie['secure'] === true ? ['Secure'] : []),
        ...(cookie['httpOnly'] === true ? ['HttpOnly'] : []),
      ].join('; '),
    ];
  });
}

/** What went along and is not known yet was set before the recording began: nothing but its host is known of it. */
function sentBefore(
  cookies: readonly unknown[],
  url: URL,
  jar: ReturnType<typeof createCookieJar>,
  now: number,
  source: CookieSource,
): readonly string[] {
  const known = new Set(jar.cookiesFor(url.href, now).map(({ name }) => name));
  return cookies.flatMap((cookie) => {
    if (!isObject(cookie) || !isText(cookie['name']) || known.has(cookie['name'])) return [];
    const value = isText(cookie['value']) ? cookie['value'] : '';
    const secure = url.protocol === 'https:';
    const made = makeCookie({ name: cookie['name'], value, domain: url.hostname, secure }, now, source);
    if ('fault' in made) return [`the cookie ${cookie['name']} is refused: ${made.fault.message}`];
    jar.put(made.cookie);
    return [];
  });
}

/** Writes an HTTP archive with one exchange for each domain, whose response sets its cookies in their order: other tools and our own import read it. */
export function exportHarCookies(cookies: readonly Cookie[], creator: { name: string; version: string }): CookieExport {
  const leftOut: CookieExport['leftOut'][number][] = [];
  const whole = cookies.filter((cookie) => {
    const isText = cookieText(cookie.name) !== undefined && cookieText(cookie.value) !== undefined;
    if (!isText) leftOut.push({ cookie, reason: 'its name or value is not UTF-8 text' });
    return isText;
  });
  const entries = runsOfDomain(whole).map(harEntry);
  const log = { version: '1.2', creator, entries };
  return { text: `${JSON.stringify({ log }, undefined, 2)}\n`, leftOut };
}

/** Neighbours of one domain, so that the order of all stays. */
function runsOfDomain(cookies: readonly Cookie[]): readonly (readonly Cookie[])[] {
  const runs: Cookie[][] = [];
  for (const cookie of cookies) {
    const last = runs.at(-1);
    if (last?.[0]?.domain === cookie.domain) last.push(cookie);
    else runs.push([cookie]);
  }
  return runs;
}

function harEntry(cookies: readonly Cookie[]): object {
  const domain = cookies[0]?.domain ?? '';
  const scheme = cookies.some(({ secure }) => secure) ? 'https' : 'http';
  const sizes = { headersSize: -1, bodySize: -1 };
  const at = Math.max(...cookies.map(({ lastSet }) => lastSet));
  const message = { httpVersion: 'HTTP/1.1', cookies: [], headers: [], ...sizes };
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 0,
    request: { method: 'GET', url: `${scheme}://${domain}/`, queryString: [], ...message },
    response: {
      ...message,
      status: 200,
      statusText: 'OK',
      cookies: cookies.map(harCookie),
      headers: cookies.map((cookie) => ({ name: 'Set-Cookie', value: setCookieLine(cookie) })),
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  };
}

function harCookie({ name, value, domain, path, expires, secure, httpOnly }: Cookie): object {
  const facts = { name: cookieText(name), value: cookieText(value), path, domain, httpOnly, secure };
  return expires === undefined ? facts : { ...facts, expires: new Date(expires).toISOString() };
}

function member(value: unknown, name: string): JsonObject {
  const found = isObject(value) ? value[name] : undefined;
  return isObject(found) ? found : {};
}

function listOf(value: JsonObject, name: string): readonly unknown[] {
  const found = value[name];
  return isList(found) ? found : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
