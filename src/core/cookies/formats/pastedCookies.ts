import type { CookieSource } from '../cookie.ts';
import { cookieBytes } from '../cookieText.ts';
import { createCookieJar } from '../createCookieJar.ts';
import { makeCookie } from '../makeCookie.ts';
import { type CookieImport, creationAt, type LineError, numberedLines } from './cookieImport.ts';

/** The pairs of a `Cookie:` line as cookies of the host of `url`: the line says nothing about path and lifetime, so they end with the session. */
export function importCookieHeader(text: string, url: string, now: number): CookieImport {
  const target = URL.parse(url);
  if (!target) return { cookies: [], errors: [{ message: noHost }] };
  const source: CookieSource = { kind: 'import', at: now };
  const cookies: CookieImport['cookies'][number][] = [];
  const errors: LineError[] = [];
  const pairs = text
    .replace(/^\s*cookie:/i, '')
    .split(/;|\r\n|\r|\n/)
    .map((each) => each.trim());
  pairs.forEach((pair, index) => {
    if (pair === '') return;
    const equals = pair.indexOf('=');
    const fields = { name: pair.slice(0, Math.max(equals, 0)), value: pair.slice(equals + 1), domain: target.hostname };
    const secure = target.protocol === 'https:' && /^__(?:secure|host)-/i.test(fields.name);
    const made = makeCookie({ ...fields, secure }, creationAt(now, index), source);
    if ('fault' in made) errors.push({ message: `${fields.name || pair}: ${made.fault.message}` });
    else cookies.push(made.cookie);
  });
  return { cookies, errors };
}

/** `Set-Cookie:` lines, as if the host of `url` had answered with them: refused by the same rules, with the reason. */
export function importSetCookies(text: string, url: string, now: number): CookieImport {
  if (!URL.canParse(url)) return { cookies: [], errors: [{ message: noHost }] };
  const jar = createCookieJar();
  const errors: LineError[] = [];
  for (const { line, text: content } of numberedLines(text)) {
    const written = content.replace(/^\s*set-cookie:\s*/i, '');
    if (written.trim() === '') continue;
    const source: CookieSource = { kind: 'import', at: now };
    const [verdict] = jar.accept([cookieBytes(written)], url, creationAt(now, line), source).verdicts;
    if (verdict?.kind === 'rejected') errors.push({ line, message: verdict.message });
    if (verdict?.kind === 'deleted') errors.push({ line, message: `The cookie ${verdict.cookie.name} has expired.` });
  }
  return { cookies: jar.all(now), errors };
}

const noHost = 'Say which URL the cookies belong to, for example https://api.example.com/.';
