import { looksSecret } from '../core/http/secretName.ts';
import { shownUrl } from '../core/http/shownUrl.ts';
import { base64OfText } from '../core/text/base64.ts';
import { createSecretSearch, type SecretSearch } from './secretSearch.ts';

/** What stands in a secret's place. */
export const masked = '***';

/** Takes secrets out of what is shown or written. Redaction is here, once, for the whole product (UX.md, Masking). */
export interface Mask {
  /** A header's value. Names that look secret lose it all but the scheme or the cookie's name; others lose the secrets in it. */
  readonly header: (name: string, value: string) => string;
  /** Any text: the secrets themselves, and their percent-encoded, Base64 and JSON forms. */
  readonly text: (text: string) => string;
  /** A cookie's value, which is a secret by its nature. */
  readonly cookie: (value: string) => string;
  /** A URL: userinfo, parameters whose names look secret, and the secrets in the rest. */
  readonly url: (url: string) => string;
}

/** Shows everything: the raw truth of `--json` without `--mask`. */
export const noMask: Mask = {
  header: (_name, value) => value,
  text: (text) => text,
  cookie: (value) => value,
  url: (url) => url,
};

/** Shorter ones are not looked for in running text: they would tear it to pieces and hide nothing. */
const shortestSecret = 3;

export function createMask(secrets: readonly string[]): Mask {
  // Made when the first text is masked: many a mask is made for nothing but header names.
  let made: SecretSearch | undefined;
  const text = (value: string): string => {
    made ??= searchFor(secrets);
    return maskBasic(made.replace(value, masked), made);
  };
  const url = (value: string): string => text(maskParameters(shownUrl(value)));
  return {
    text,
    url,
    cookie: (value) => (value === '' ? '' : masked),
    header: (name, value) => headerValue(name.toLowerCase(), value, { text, url }),
  };
}

function headerValue(name: string, value: string, mask: Pick<Mask, 'text' | 'url'>): string {
  if (value === '') return '';
  switch (name) {
    case 'authorization':
    case 'proxy-authorization':
      return withoutCredentials(value);
    case 'cookie':
      return value.split(';').map(maskPair).join(';');
    case 'set-cookie':
      return value.replace(/^[^;]*/, maskPair);
    case 'location':
    case 'content-location':
    case 'referer':
      return mask.url(value);
    default:
      return looksSecret(name) ? masked : mask.text(value);
  }
}

/** The scheme stays because it explains a 401; a value without a known scheme is a credential as a whole (RFC 9110 11.6.2). */
function withoutCredentials(value: string): string {
  const scheme = /^(?:basic|bearer|digest|negotiate|ntlm|token|apikey|hawk|dpop|aws4-hmac-sha256)(?=\s)/i.exec(
    value,
  )?.[0];
  return scheme ? `${scheme} ${masked}` : masked;
}

/** `name=value` keeps the name. A pair without a name is a value (RFC 6265bis 5.6). */
function maskPair(pair: string): string {
  const at = pair.indexOf('=');
  if (at >= 0) return `${pair.slice(0, at)}=${masked}`;
  return pair.replace(/\S+/, masked);
}

/** A text with URLs among its words, for example a request line. */
export function maskedWords(text: string, mask: Mask): string {
  return mask.text(text.replace(/\S+/g, (word) => mask.url(word)));
}

function maskParameters(url: string): string {
  return url.replace(/([?&#;])([^=&#?;]+)=([^&#;]*)/g, (whole, before: string, name: string, value: string) =>
    value !== '' && isSecretParameter(name) ? `${before}${name}=${masked}` : whole,
  );
}

/** Besides names that look secret: what OAuth and signed links call theirs. */
export function isSecretParameter(name: string): boolean {
  return looksSecret(name) || /^(?:code|key|sig|assertion)$/i.test(name);
}

/** `Basic` wraps user and password in one Base64 text, in which a password cannot be found as it stands. */
function maskBasic(text: string, search: SecretSearch): string {
  return text.replace(/\b(basic)(\s+)([a-z0-9+/]{4,}={0,2})/gi, (whole, scheme: string, gap: string, code: string) =>
    search.isIn(decodeBase64(code)) ? `${scheme}${gap}${masked}` : whole,
  );
}

function searchFor(secrets: readonly string[]): SecretSearch {
  return createSecretSearch(secrets.filter((secret) => secret.length >= shortestSecret).flatMap(formsOf));
}

function formsOf(secret: string): string[] {
  const encoded = percentEncoded(secret);
  const lowerCase = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const inForm = encoded.replaceAll('%20', '+');
  return [
    secret,
    encoded,
    lowerCase,
    inForm,
    JSON.stringify(secret).slice(1, -1),
    base64OfText(secret).replace(/=+$/, ''),
  ];
}

/** A lone surrogate has no UTF-8 form and so no percent-encoded one. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}
