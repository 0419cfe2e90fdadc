import type { Failure } from '../http/failure.ts';
import { headerValues, type HeaderList } from '../http/headerList.ts';
import { shownUrl, withoutUserinfo } from '../http/shownUrl.ts';

/** Where a Location leads, seen from the URL that answered. */
export type RedirectTarget =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'url';
      /** Absolute http(s) URL without userinfo, with the fragment that is carried on. */
      readonly url: string;
      readonly fragmentInherited: boolean;
      /** The same Location stood there more than once. */
      readonly repeated: boolean;
    }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** Reads the Location lines of a response (Latin-1 values) against the URL of the request, by SESSION 2.3. */
export function redirectTarget(headers: HeaderList, requestUrl: string): RedirectTarget {
  const locations = headerValues(headers, 'location');
  const [location] = locations;
  // An empty Location stops, as requests and curl do; a browser would ask the same URL again until its limit.
  if (location === undefined || locations.every((value) => value.trim() === '')) return { kind: 'none' };
  if (new Set(locations).size > 1) return { kind: 'failure', failure: ambiguous(locations) };
  return resolve(location, requestUrl, locations.length > 1);
}

function resolve(location: string, requestUrl: string, repeated: boolean): RedirectTarget {
  const parsed = URL.parse(decodeLocation(location), requestUrl);
  if (parsed === null) return { kind: 'failure', failure: unparsable(location) };
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    return { kind: 'failure', failure: wrongScheme(location, parsed.protocol) };
  }
  const url = withoutUserinfo(parsed).href;
  // RFC 9110 10.2.2: a Location without a fragment inherits the request's; an empty one (`#`) replaces it.
  const inherited = url.includes('#') ? '' : fragmentOf(requestUrl);
  return { kind: 'url', url: url + inherited, fragmentInherited: inherited !== '', repeated };
}

/**
 * Bytes (one character each) as UTF-8; a byte that is part of no valid sequence is percent-encoded, so `caf\xe9` asks
 * for `caf%E9` instead of a replacement character.
 */
export function decodeLocation(latin1: string): string {
  if (/^[\u0000-\u007f]*$/.test(latin1)) return latin1;
  let text = '';
  for (let at = 0; at < latin1.length;) {
    const sequence = utf8Sequence(latin1, at);
    text += sequence?.text ?? byteText(latin1.charCodeAt(at));
    at += sequence?.length ?? 1;
  }
  return text;
}

function byteText(code: number): string {
  if (code < 0x80 || code > 0xff) return String.fromCharCode(code);
  return `%${code.toString(16).toUpperCase()}`;
}

/** The multi-byte character that starts at `at`, if there is one. */
function utf8Sequence(latin1: string, at: number): { text: string; length: number } | undefined {
  const lead = latin1.charCodeAt(at);
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const bytes = Array.from(latin1.slice(at, at + length), (character) => character.charCodeAt(0));
  if (length === 0 || bytes.length < length || bytes.some((byte) => byte > 0xff)) return undefined;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes)), length };
  } catch {
    return undefined;
  }
}

function fragmentOf(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? '' : url.slice(at);
}

function ambiguous(locations: readonly string[]): Failure {
  const shown = [...new Set(locations)].map((location) => `"${shownUrl(location)}"`).join(' and ');
  return {
    code: 'redirect-ambiguous',
    message: `The response has several different Location lines: ${shown}.`,
    hint: 'Send the one you mean as a request of its own, or correct the server.',
  };
}

function unparsable(location: string): Failure {
  return {
    code: 'invalid-url',
    message: `The Location "${shownUrl(location)}" is not a URL that can be requested.`,
    hint: 'The response that carries it is kept; correct the server, or add "# @no-redirect" to stop there.',
  };
}

function wrongScheme(location: string, protocol: string): Failure {
  return {
    code: 'redirect-scheme',
    message: `The Location "${shownUrl(location)}" begins with ${protocol}, and only http and https are followed.`,
    hint: 'Open it yourself if you trust the server, or add "# @no-redirect" to stop at this response.',
  };
}
