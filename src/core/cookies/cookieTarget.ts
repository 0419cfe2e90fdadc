import { parsedUrl } from '../http/parsedUrl.ts';

/** What a URL means to a cookie: canonical host, path as on the wire, and whether the connection counts as secure. */
export interface CookieTarget {
  /** Lower case, IDNA-encoded, `[…]` around IPv6, a trailing dot kept: the WHATWG host. */
  readonly host: string;
  readonly path: string;
  readonly secure: boolean;
  readonly isIp: boolean;
}

/** Reads `url` (http, https, ws or wss) with the one URL parser of the product. Throws a TypeError when it is none. */
export function cookieTarget(url: string): CookieTarget {
  const { protocol, hostname, pathname } = parsedUrl(url);
  const secure = protocol === 'https:' || protocol === 'wss:' || isLoopback(hostname);
  return { host: hostname, path: pathname, secure, isIp: isIpAddress(hostname) };
}

/** True for the canonical host of an IPv4 or IPv6 URL, for example `127.0.0.1` or `[::1]`. */
export function isIpAddress(host: string): boolean {
  return host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

// Loopback is potentially trustworthy (W3C Secure Contexts 3.1), so Secure cookies work against a local server, as in browsers.
function isLoopback(host: string): boolean {
  return /^(?:.+\.)?localhost\.?$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(host);
}
