import type { Cookie, CookieSource } from '../cookie.ts';
import { makeCookie } from '../makeCookie.ts';
import { latestExpiry } from '../receiveCookie.ts';
import { type CookieExport, type CookieImport, creationAt, numberedLines } from './cookieImport.ts';
import { exportTabFields } from './tabFields.ts';

const httpOnlyMark = '#HttpOnly_';

/**
 * Reads a `cookies.txt` as curl, wget and browser extensions write it: domain, TRUE for hosts below it too, path, TRUE for Secure,
 * expiry in seconds (0 for a session cookie), name, value, with tabs between them. `now` in epoch milliseconds.
 */
export function importNetscape(text: string, now: number): CookieImport {
  const cookies: Cookie[] = [];
  const errors: CookieImport['errors'][number][] = [];
  for (const { line, text: content } of numberedLines(text)) {
    if (content.trim() === '' || (content.startsWith('#') && !content.startsWith(httpOnlyMark))) continue;
    const read = readLine(content, creationAt(now, line), { kind: 'import', at: now });
    if ('fault' in read) errors.push({ line, message: read.fault.message });
    else cookies.push(read.cookie);
  }
  return { cookies, errors };
}

function readLine(content: string, now: number, source: CookieSource): ReturnType<typeof makeCookie> {
  const httpOnly = content.startsWith(httpOnlyMark);
  const fields = (httpOnly ? content.slice(httpOnlyMark.length) : content).split('\t');
  const [domain = '', subdomains = '', path, secure = '', expiry = '', name = '', value = ''] = fields;
  // curl writes six fields for an empty value when an editor took the last tab away.
  if (fields.length !== 7 && fields.length !== 6)
    return broken(`The line has ${fields.length} fields; it must have 7.`);
  if (!isFlag(subdomains) || !isFlag(secure)) return broken('The second and the fourth field must be TRUE or FALSE.');
  if (!/^-?\d+(?:\.\d+)?$/.test(expiry)) return broken('The fifth field must be the time of expiry in seconds.');
  const seconds = Number(expiry);
  return makeCookie(
    {
      name,
      value,
      path,
      httpOnly,
      domain: domain.replace(/^\./, ''),
      hostOnly: subdomains === 'FALSE',
      secure: secure === 'TRUE',
      expires: seconds <= 0 ? undefined : Math.min(seconds * 1000, latestExpiry),
    },
    now,
    source,
  );
}

function isFlag(text: string): boolean {
  return text === 'TRUE' || text === 'FALSE';
}

function broken(message: string): ReturnType<typeof makeCookie> {
  return { fault: { code: 'cookie-invalid', message } };
}

/** Writes a `cookies.txt` that curl and wget read. Cookies that would break a line are left out and named. */
export function exportNetscape(cookies: readonly Cookie[]): CookieExport {
  return exportTabFields(['# Netscape HTTP Cookie File'], cookies, (cookie, name, value) => [
    `${cookie.httpOnly ? httpOnlyMark : ''}${cookie.hostOnly ? '' : '.'}${cookie.domain}`,
    cookie.hostOnly ? 'FALSE' : 'TRUE',
    cookie.path,
    cookie.secure ? 'TRUE' : 'FALSE',
    String(cookie.expires === undefined ? 0 : Math.ceil(cookie.expires / 1000)),
    name,
    value,
  ]);
}
