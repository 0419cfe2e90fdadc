import { base64OfText } from '../../text/base64.ts';
import type { Failure } from '../failure.ts';
import type { ProxyChoice, ProxyProof } from '../transport.ts';

export type ProxyKind = 'http' | 'https' | 'socks5' | 'socks5h';

/** A proxy ready to be connected to. */
export interface ProxyRoute {
  /** `socks5h` and HTTP proxies look names up themselves; for `socks5` they are looked up here. */
  readonly kind: ProxyKind;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** `http://host:port`, without userinfo: all of it that is ever shown. */
  readonly shown: string;
  /** Value of Proxy-Authorization (RFC 9110 11.7.2), for this proxy and nobody else. */
  readonly authorization: string | undefined;
  /** Makes it anew for each request that the proxy reads; comes before `authorization`. */
  readonly prove: ProxyProof | undefined;
  /** For SOCKS5 (RFC 1929). */
  readonly user: { readonly name: string; readonly password: string } | undefined;
  /** False: the certificate of an https proxy is not verified. */
  readonly verify: boolean;
}

const defaultPorts: Readonly<Record<ProxyKind, number>> = { http: 80, https: 443, socks5: 1080, socks5h: 1080 };

/** Takes the URL of a proxy apart; without a scheme it is an HTTP proxy. A path is ignored, as everywhere. */
export function proxyRoute(choice: ProxyChoice): ProxyRoute | Failure {
  const text = choice.url.trim();
  const [, scheme = 'http', rest = text] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  const kind = kinds.get(scheme.toLowerCase());
  // `http:/host` would otherwise be a host named "http".
  if (kind === undefined || /^(?:https?|socks\w*):\/?(?!\/)/i.test(rest)) return invalid(text);
  // For its host a URL needs a scheme that the parser knows; for a port that is the default one of http, one that it does not.
  const url = URL.parse(`http://${rest}`);
  const port = URL.parse(`x://${rest}`)?.port;
  if (!url || url.hostname === '' || port === undefined) return invalid(text);
  const user = userOf(url);
  const number = Number(port) || defaultPorts[kind];
  return {
    kind,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: number,
    shown: `${kind}://${url.hostname}:${number}`,
    authorization: choice.authorization ?? (user && `Basic ${base64OfText(`${user.name}:${user.password}`)}`),
    prove: choice.prove,
    user,
    verify: choice.verify !== false,
  };
}

const kinds: ReadonlyMap<string, ProxyKind> = new Map<string, ProxyKind>([
  ['http', 'http'],
  ['https', 'https'],
  ['socks', 'socks5h'],
  ['socks5', 'socks5'],
  ['socks5h', 'socks5h'],
]);

function userOf({ username, password }: URL): ProxyRoute['user'] {
  if (username === '' && password === '') return undefined;
  return { name: decoded(username), password: decoded(password) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // No valid UTF-8 behind the percent signs: what is written is what is meant.
    return text;
  }
}

/** The URL of a proxy as it may be shown, parsable or not: what stands before its last @ may be a password. */
export function shownProxy(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/+)?.*@/is, '$1***@');
}

function invalid(text: string): Failure {
  return {
    code: 'invalid-proxy-url',
    message: `"${shownProxy(text)}" is not the URL of a proxy.`,
    hint: 'Write http://host:port, https://host:port, socks5://host:port or socks5h://host:port.',
  };
}
