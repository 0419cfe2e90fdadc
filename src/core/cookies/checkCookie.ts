import type { FailureCode } from '../http/failure.ts';
import type { Cookie } from './cookie.ts';
import { prefixFault } from './cookiePrefix.ts';
import { controlCharacter, maxCookieOctets } from './parseSetCookie.ts';
import { isPublicSuffix } from './publicSuffix.ts';
import type { CookieRules } from './receiveCookie.ts';

/** Why a cookie that did not come from a response (user, import, snapshot) may not enter a jar. */
export interface CookieFault {
  readonly code: Extract<FailureCode, 'cookie-domain-required' | 'cookie-invalid'>;
  readonly message: string;
}

/** Checks what a response could never have set, so that no file or field smuggles a header line or a cookie for everybody into the jar. */
export function checkCookie(cookie: Cookie, rules: CookieRules): CookieFault | undefined {
  if (cookie.domain === '') {
    return {
      code: 'cookie-domain-required',
      message: 'A cookie needs a domain; without one it would go to every host.',
    };
  }
  const message =
    textFault(cookie.name, 'name', /[;=]/) ??
    textFault(cookie.value, 'value', /;/) ??
    sizeFault(cookie) ??
    placeFault(cookie, rules);
  return message === undefined ? undefined : { code: 'cookie-invalid', message };
}

function textFault(text: string, what: string, separators: RegExp): string | undefined {
  const control = controlCharacter(text);
  if (control !== undefined)
    return `The ${what} holds the control character ${control}, which would break the header line.`;
  if (separators.test(text))
    return `The ${what} holds "${separators.exec(text)?.[0]}", which would start another pair.`;
  if (/^[ \t]|[ \t]$/.test(text)) return `The ${what} begins or ends with white space.`;
  if (/[^\u0000-\u00ff]/.test(text)) return `The ${what} holds a character above U+00FF; encode it as UTF-8 first.`;
  return undefined;
}

function sizeFault(cookie: Cookie): string | undefined {
  const octets = cookie.name.length + cookie.value.length;
  if (octets === 0) return 'There is neither a name nor a value.';
  return octets > maxCookieOctets
    ? `Name and value are ${octets} octets together; the limit is ${maxCookieOctets}.`
    : undefined;
}

function placeFault(cookie: Cookie, rules: CookieRules): string | undefined {
  const { domain, path, hostOnly } = cookie;
  if (canonicalHost(domain) !== domain)
    return `The domain ${JSON.stringify(domain)} is no host name in canonical form.`;
  if (!hostOnly && rules.publicSuffixCheck && isPublicSuffix(domain)) {
    return `The domain ${domain} is a public suffix: the cookie would go to hosts of strangers.`;
  }
  if (!path.startsWith('/') || path.includes(';') || controlCharacter(path) !== undefined) {
    return `The path ${JSON.stringify(path)} does not begin with / or holds a character that is not allowed.`;
  }
  return prefixFault(cookie);
}

/** The WHATWG form of a host name, for example `xn--bcher-kva.de` for `Bücher.de`, or `undefined` when it is none. */
export function canonicalHost(host: string): string | undefined {
  // The URL parser would read these as a path, userinfo or port, or take white space away.
  if (/[/?#@\\\s]|:\d*$/.test(host) && !host.endsWith(']')) return undefined;
  const parsed = URL.parse(`http://${host}/`);
  return parsed !== null && parsed.pathname === '/' && parsed.username === '' ? parsed.hostname : undefined;
}
