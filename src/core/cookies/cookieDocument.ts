import { type ParseError, parse } from 'jsonc-parser';
import { isObject, isText, type JsonObject } from '../text/jsonShape.ts';
import type { Cookie, CookieSource } from './cookie.ts';
import { isIpAddress } from './cookieTarget.ts';
import { cookieText } from './cookieText.ts';
import { importSetCookies } from './formats/pastedCookies.ts';
import { makeCookie } from './makeCookie.ts';
import { latestExpiry } from './receiveCookie.ts';

/** A cookie as a small document to edit, in JSON with comments; `undefined` gives one to fill in for `domain`. */
export function cookieDocument(cookie: Cookie | undefined, domain = 'api.example.com'): string {
  const fields = {
    name: cookie ? (cookieText(cookie.name) ?? cookie.name) : '',
    value: cookie ? (cookieText(cookie.value) ?? cookie.value) : '',
    domain: cookie?.domain ?? domain,
    hostOnly: cookie?.hostOnly ?? true,
    path: cookie?.path ?? '/',
    expires: cookie?.expires === undefined ? null : new Date(cookie.expires).toISOString(),
    secure: cookie?.secure ?? false,
    httpOnly: cookie?.httpOnly ?? false,
    sameSite: cookie?.sameSite ?? null,
    partitioned: cookie?.partitioned ?? false,
  };
  return `${heading}\n${JSON.stringify(fields, undefined, 2)}\n`;
}

const heading = [
  '// Saving puts this cookie into the session. "expires" is a date, "in 2 hours", or null: it then ends with the session.',
  '// Instead of all this you may write one line: Set-Cookie: name=value; Domain=api.example.com; Path=/',
].join('\n');

export type CookieReading = { readonly cookie: Cookie } | { readonly fault: string };

/** Reads such a document, or a Set-Cookie line for the host of `before`. The fault says what to correct. `now` in epoch milliseconds. */
export function readCookieDocument(text: string, now: number, before: Cookie | undefined): CookieReading {
  const bare = text.replace(/^\s*\/\/.*$/gm, '').trim();
  if (bare === '') return { fault: 'The document is empty. Write the fields of the cookie, or a Set-Cookie line.' };
  return bare.startsWith('{') ? fromJson(text, now, before) : fromLine(bare, now, before);
}

function fromLine(line: string, now: number, before: Cookie | undefined): CookieReading {
  const written = /;\s*domain=\.?([^;\s]+)/i.exec(line)?.[1];
  const host = hostFor(written, before);
  if (host === undefined) return { fault: 'The line names no host. Add Domain=…, for example Domain=api.example.com.' };
  const { cookies, errors } = importSetCookies(line, `https://${host}/`, now);
  const [cookie] = cookies;
  if (!cookie) return { fault: errors[0]?.message ?? 'This is no Set-Cookie line.' };
  if (cookies.length > 1) return { fault: 'Write one Set-Cookie line; "Import Cookies" takes several.' };
  return { cookie: { ...cookie, ...timesOf(now, before) } };
}

/** A host that may set the cookie: the one it had, else one below the domain that the line names. */
function hostFor(written: string | undefined, before: Cookie | undefined): string | undefined {
  if (written === undefined) return before?.domain;
  if (before && (before.domain === written || before.domain.endsWith(`.${written}`))) return before.domain;
  return isIpAddress(written) || !written.includes('.') ? written : `any.${written}`;
}

function fromJson(text: string, now: number, before: Cookie | undefined): CookieReading {
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isObject(json)) {
    return { fault: 'This is not valid JSON. Correct it, then save again.' };
  }
  const fault = shapeFault(json);
  if (fault !== undefined) return { fault };
  const expires = expiryOf(json['expires'], now);
  if (expires === null) {
    return { fault: '"expires" must be a date such as 2031-12-24T12:00:00Z, a time such as "in 2 hours", or null.' };
  }
  const made = makeCookie(
    {
      name: textOf(json['name']),
      value: textOf(json['value']),
      domain: textOf(json['domain']),
      path: textOf(json['path'] ?? '/'),
      hostOnly: json['hostOnly'] !== false,
      secure: json['secure'] === true,
      httpOnly: json['httpOnly'] === true,
      sameSite: sameSites.find((each) => each === json['sameSite']),
      partitioned: json['partitioned'] === true,
      expires,
    },
    now,
    timesOf(now, before).source,
  );
  return 'fault' in made ? { fault: made.fault.message } : { cookie: { ...made.cookie, ...timesOf(now, before) } };
}

const sameSites = ['strict', 'lax', 'none'] as const;
const texts = ['name', 'value', 'domain', 'path'];
const flags = ['hostOnly', 'secure', 'httpOnly', 'partitioned'];

function shapeFault(json: JsonObject): string | undefined {
  const known = [...texts, ...flags, 'expires', 'sameSite'];
  const stranger = Object.keys(json).find((name) => !known.includes(name));
  if (stranger !== undefined) return `A cookie has no "${stranger}". It has ${known.join(', ')}.`;
  const text = texts.find((name) => json[name] !== undefined && !isText(json[name]));
  if (text !== undefined) return `"${text}" must be a text in quotes.`;
  const flag = flags.find((name) => json[name] !== undefined && typeof json[name] !== 'boolean');
  if (flag !== undefined) return `"${flag}" must be true or false.`;
  const { sameSite } = json;
  if (sameSite !== undefined && sameSite !== null && !sameSites.some((each) => each === sameSite)) {
    return '"sameSite" must be "strict", "lax", "none" or null.';
  }
  return undefined;
}

/** Epoch milliseconds, `undefined` for none, `null` for what is no time. */
function expiryOf(value: unknown, now: number): number | undefined | null {
  if (value === undefined || value === null) return undefined;
  if (!isText(value)) return null;
  const [, amount, unit = ''] = /^in\s+(\d+)\s*(second|minute|hour|day|week|year)s?$/i.exec(value.trim()) ?? [];
  const time = amount === undefined ? Date.parse(value) : now + Number(amount) * (units[unit.toLowerCase()] ?? 0);
  return Number.isNaN(time) ? null : Math.min(time, latestExpiry);
}

const units: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  year: 31_536_000_000,
};

/** Its place in the Cookie header stays; who set it is now the user. */
function timesOf(
  now: number,
  before: Cookie | undefined,
): Pick<Cookie, 'created' | 'lastSet'> & { readonly source: CookieSource } {
  return { created: before?.created ?? now, lastSet: now, source: { kind: 'user', at: now } };
}

function textOf(value: unknown): string {
  return isText(value) ? value : '';
}
