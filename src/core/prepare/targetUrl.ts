/** A URL that can be sent, or why it cannot and what to write instead. */
export type UrlVerdict =
  { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly code: UrlCode; readonly message: string };

type UrlCode = 'invalid-url' | 'missing-scheme' | 'unsupported-scheme';

/**
 * The URL of a request line (GRAMMAR section 3): absolute, `/path` with the Host line's value, or a host without a scheme.
 * `target` may hold blanks, braces and quotes: the WHATWG parser encodes them once.
 */
export function targetUrl(target: string, host: string | undefined): UrlVerdict {
  const text = target.trim();
  if (text === '')
    return fail(
      'invalid-url',
      'The request line has no URL. Write one behind the method, for example GET http://localhost/.',
    );
  // With a Host line it is a path that begins with an empty segment, whatever it looks like (CVE-2022-35949).
  if (text.startsWith('//') && (host ?? '').trim() === '') return httpUrl(`http:${text}`);
  if (text.startsWith('/') || text === '*') return hostUrl(text === '*' ? '/' : text, host);
  if (hasScheme(text)) return httpUrl(text);
  if (hostWithoutScheme.test(text)) return httpUrl(`http://${text}`);
  return httpUrl(text);
}

/** An absolute http or https URL; a scheme is never guessed here. */
export function httpUrl(text: string): UrlVerdict {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  // `localhost:8080` reads like a scheme; the two slashes behind one are looked for first, because nearly every URL has them.
  if (scheme === undefined || (!hasScheme(text) && hostWithoutScheme.test(text))) {
    return fail(
      'missing-scheme',
      `The URL "${shorten(text)}" has no scheme. Write http:// or https:// before the host.`,
    );
  }
  if (scheme !== 'http' && scheme !== 'https') {
    return fail('unsupported-scheme', `"${scheme}:" cannot be sent, only http and https can. Correct the URL.`);
  }
  if (!/^https?:\/\//i.test(text))
    return fail('invalid-url', `Two slashes are missing. Write ${scheme}:// before the host.`);
  // Tabs are dropped by the parser (WHATWG URL 4.1); they were written, so they are sent.
  const url = URL.parse(text.replaceAll('\t', '%09'));
  if (url && !url.hostname.includes('*')) return { ok: true, url };
  return fail('invalid-url', `"${shorten(text)}" is not a URL that can be sent. Check the host and the port.`);
}

/** Path and query of a target as they were written; only what no request line can hold is percent-encoded (RFC 9112 3.2). */
export function rawTargetOf(target: string, host: string | undefined): string {
  const path = target
    .trim()
    .replace(/#.*$/s, '')
    .replace(host === undefined ? /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?]*/i : /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '')
    .replace(/^(?![/?])[^/?]*/, '');
  const encoded = path.toWellFormed().replace(/[^\x21-\x7E]/gu, encodeURIComponent);
  return encoded.startsWith('/') ? encoded : `/${encoded}`;
}

/** Scheme, host and port of a Host line: https for the ports that say so, as REST Client does (row 19). */
function hostUrl(path: string, host: string | undefined): UrlVerdict {
  const name = host?.trim() ?? '';
  if (name === '') {
    return fail('missing-scheme', `"${shorten(path)}" has no host. Write http://host/…, or add a line "Host: name".`);
  }
  if (hasScheme(name)) return httpUrl(name.replace(/\/+$/, '') + path);
  return httpUrl(`${/:(?:443|8443)$/.test(name) ? 'https' : 'http'}://${name}${path}`);
}

function hasScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** `localhost`, an IP address, a name with a dot, or any name with a port; then a path or the end. */
const hostWithoutScheme =
  /^(?:localhost|\[[0-9a-f:.]+\]|[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+|[\p{L}\p{N}_-]+(?=:\d))(?::\d+)?(?=$|[/?#])/iu;

function fail(code: UrlCode, message: string): UrlVerdict {
  return { ok: false, code, message };
}

/** Messages must not carry userinfo (SESSION 5). */
function shorten(text: string): string {
  const shown = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#@\s]*@/i, '$1');
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}
