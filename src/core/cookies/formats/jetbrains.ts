import { parseDate } from 'tough-cookie';
import type { Cookie, CookieSource } from '../cookie.ts';
import { makeCookie } from '../makeCookie.ts';
import { latestExpiry } from '../receiveCookie.ts';
import { type CookieExport, type CookieImport, creationAt, numberedLines } from './cookieImport.ts';
import { exportTabFields } from './tabFields.ts';

/**
 * Reads JetBrains' `http-client.cookies`: domain, path, name, value and date of expiry (`-1` for none) with tabs between them.
 * The format has no flags; a name with the prefix `__Secure-` or `__Host-` can only have been Secure.
 */
export function importJetBrains(text: string, now: number): CookieImport {
  const cookies: Cookie[] = [];
  const errors: CookieImport['errors'][number][] = [];
  for (const { line, text: content } of numberedLines(text)) {
    if (content.trim() === '' || content.startsWith('#')) continue;
    const read = readLine(content, creationAt(now, line), { kind: 'import', at: now });
    if ('fault' in read) errors.push({ line, message: read.fault.message });
    else cookies.push(read.cookie);
  }
  return { cookies, errors };
}

function readLine(content: string, now: number, source: CookieSource): ReturnType<typeof makeCookie> {
  const fields = content.split('\t');
  const [domain, path, name = '', value = '', date = '-1'] = fields;
  if (fields.length !== 5 && fields.length !== 4)
    return broken(`The line has ${fields.length} fields; it must have 5.`);
  const expires = readDate(date);
  if (expires === null) return broken(`The date ${JSON.stringify(date)} cannot be read; write -1 for none.`);
  const secure = /^__(?:secure|host)-/i.test(name);
  return makeCookie({ domain, path, name, value, secure, expires }, now, source);
}

/** Epoch milliseconds, `undefined` for none, `null` for a text that is no date. */
function readDate(text: string): number | undefined | null {
  if (text.trim() === '-1' || text.trim() === '') return undefined;
  const time = parseDate(text)?.getTime() ?? Date.parse(text);
  return Number.isNaN(time) ? null : Math.min(time, latestExpiry);
}

function broken(message: string): ReturnType<typeof makeCookie> {
  return { fault: { code: 'cookie-invalid', message } };
}

/** Writes an `http-client.cookies`. Cookies that would break a line are left out and named; flags are lost, the format has none. */
export function exportJetBrains(cookies: readonly Cookie[]): CookieExport {
  return exportTabFields(['# domain\tpath\tname\tvalue\tdate'], cookies, (cookie, name, value) => [
    `${cookie.hostOnly ? '' : '.'}${cookie.domain}`,
    cookie.path,
    name,
    value,
    cookie.expires === undefined ? '-1' : dateText(cookie.expires),
  ]);
}

// JetBrains writes RFC 850's dashes, for example "Thu, 25-Sep-2025 01:02:03 GMT".
function dateText(epochMs: number): string {
  const [weekday, day, month, year, time] = new Date(epochMs).toUTCString().split(' ');
  return `${weekday} ${day}-${month}-${year} ${time} GMT`;
}
