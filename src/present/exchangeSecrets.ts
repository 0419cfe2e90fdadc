import { authSecrets } from '../core/http/auth/credentials.ts';
import { looksSecret } from '../core/http/secretName.ts';
import type { HeaderLine } from '../core/http/headerList.ts';
import type { RunResult } from '../core/run/run.ts';
import type { Hop } from '../core/session/exchange.ts';
import { isSecretParameter } from './mask.ts';

/** Cookie values and captures below this length are masked where they stand, not wherever the same letters occur. */
const longEnough = 8;

/**
 * The secrets of one run: those of its variables, and what servers handed out or were shown on the way. A server that
 * repeats a credential in a body or a header of its own must not bring it back into a masked report.
 */
export function exchangeSecrets(
  result: Pick<RunResult, 'captured' | 'secrets'> & {
    readonly exchange: { readonly hops: readonly Hop[] } | undefined;
  },
): readonly string[] {
  const captured = Object.entries(result.captured).flatMap(([name, value]) => (looksSecret(name) ? [value] : []));
  const found = [...captured, ...(result.exchange?.hops ?? []).flatMap(secretsOfHop)];
  return [...new Set([...result.secrets, ...found.filter((value) => value.length >= longEnough)])];
}

function secretsOfHop(hop: Hop): string[] {
  const sent = hop.cookies.sent.map((cookie) => cookie.value);
  const received = hop.cookies.received.flatMap((verdict) => {
    if (verdict.kind === 'rejected') return [valueOfPair(verdict.raw)];
    return [verdict.cookie.value, verdict.previous?.value ?? ''];
  });
  const headers = [...hop.sentHeaders, ...(hop.response?.headers ?? [])].flatMap(secretsOfHeader);
  return [...sent, ...received, ...headers, ...authSecrets(hop.request.auth), ...secretsOfUrl(hop.request.url)];
}

/** As a server reads them, that is decoded. */
function secretsOfUrl(url: string): string[] {
  if (!url.includes('?')) return [];
  const query = new URLSearchParams(url.slice(url.indexOf('?')).replace(/#.*/, ''));
  return [...query].flatMap(([name, value]) => (isSecretParameter(name) ? [value] : []));
}

/** A credential may be repeated with or without its scheme. */
function secretsOfHeader([name, value]: HeaderLine): string[] {
  if (!looksSecret(name)) return [];
  return [value, value.replace(/^[\w-]+\s+/, ''), ...passwordOf(value)];
}

/** The password of a Basic line (RFC 7617), whatever it came from: netrc, for one, is nowhere else in an exchange. */
function passwordOf(value: string): string[] {
  const encoded = /^basic\s+([A-Za-z0-9+/]+={0,2})$/i.exec(value)?.[1];
  if (encoded === undefined) return [];
  try {
    const pair = new TextDecoder().decode(Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0)));
    return [pair.slice(pair.indexOf(':') + 1)];
  } catch {
    return [];
  }
}

function valueOfPair(setCookie: string): string {
  const pair = setCookie.split(';', 1)[0] ?? '';
  return pair.slice(pair.indexOf('=') + 1).trim();
}
