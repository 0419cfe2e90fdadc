import { isList, isObject } from '../../text/jsonShape.ts';
import { checkCookie } from '../checkCookie.ts';
import type { Cookie } from '../cookie.ts';
import { readCookie } from '../readCookie.ts';
import { browserRules } from '../receiveCookie.ts';
import { type CookieImport, creationAt } from './cookieImport.ts';

const version = 1;

/** The product's own format: every field, one cookie a line. Values are bytes as Latin-1, so nothing is lost and nothing needs an escape of ours. */
export function exportCookieJson(cookies: readonly Cookie[]): string {
  return `{"version":${version},"cookies":[\n${cookies.map((cookie) => JSON.stringify(cookie)).join(',\n')}\n]}\n`;
}

/** Reads what `exportCookieJson` wrote, or a bare list of cookies. Each counts as set at `now` (epoch milliseconds). */
export function importCookieJson(text: string, now: number): CookieImport {
  const json = parse(text);
  const entries = isObject(json) ? json['cookies'] : json;
  if (!isList(entries)) return { cookies: [], errors: [{ message: 'This is no list of cookies in JSON.' }] };
  if (isObject(json) && typeof json['version'] === 'number' && json['version'] > version) {
    return {
      cookies: [],
      errors: [{ message: 'The file was written by a newer version of Crumbtrail. Update it first.' }],
    };
  }
  const readings = entries.map((entry, index) => readEntry(entry, index + 1, now));
  return {
    cookies: readings.flatMap((reading) => (typeof reading === 'string' ? [] : [reading])),
    errors: readings.flatMap((reading) => (typeof reading === 'string' ? [{ message: reading }] : [])),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readEntry(entry: unknown, number: number, now: number): Cookie | string {
  const cookie = readCookie(entry);
  if (cookie === undefined) return `Cookie ${number}: a field is missing or has the wrong type.`;
  const fault = checkCookie(cookie, browserRules);
  if (fault) return `Cookie ${number}: ${fault.message}`;
  const created = cookie.created === 0 ? creationAt(now, number) : cookie.created;
  return { ...cookie, created, lastSet: now, source: { kind: 'import', at: now } };
}
