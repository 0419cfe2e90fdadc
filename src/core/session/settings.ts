import type { HeaderLine } from '../http/headerList.ts';
import type { Timeouts } from '../http/transport.ts';

export type RedirectPolicy = 'standard' | 'requests' | 'preserve';

/** Everything a send obeys besides the request itself: product defaults, then session, then the request's tags (later wins). */
export interface SendSettings {
  readonly policy: RedirectPolicy;
  readonly followRedirects: boolean;
  /** The request itself asks to follow (a tag, or the caller): then policy `requests` follows a HEAD as well, as `allow_redirects=True` does. */
  readonly followAsked?: boolean;
  /** Stop after so many followed hops with outcome `completed` (`# @follow N`). */
  readonly followLimit: number | undefined;
  readonly maxRedirects: number;
  /** Hosts (`host` or `host:port`) that credentials may follow to. */
  readonly trustedHosts: readonly string[];
  /** Extra header names dropped when the origin changes. */
  readonly sensitiveHeaders: readonly string[];
  /** Neither send nor store jar cookies (`# @no-cookie-jar`, C23). */
  readonly cookieJar: boolean;
  /** What an explicit Cookie line does: merge by name with the jar, or replace it. */
  readonly cookieHeader: 'merge' | 'replace';
  readonly timeouts: Timeouts;
  readonly verify: boolean;
  /** Decoded bytes kept of the last response, and of each hop before it. */
  readonly bodyLimit: number;
  readonly hopBodyLimit: number;
  readonly maxDecodedBytes: number;
  readonly maxHeaderBytes: number;
}

export const defaultSettings: SendSettings = {
  policy: 'standard',
  followRedirects: true,
  followLimit: undefined,
  maxRedirects: 30,
  trustedHosts: [],
  sensitiveHeaders: [],
  cookieJar: true,
  cookieHeader: 'merge',
  timeouts: { connectMs: 30_000, readMs: 120_000 },
  verify: true,
  bodyLimit: 64 * 1024 * 1024,
  hopBodyLimit: 1024 * 1024,
  maxDecodedBytes: 4 * 1024 * 1024 * 1024,
  maxHeaderBytes: 256 * 1024,
};

/** Defaults that a session merges into each request, as requests.Session does. A `null` value removes the header. */
export interface SessionDefaults {
  readonly headers: readonly (HeaderLine | readonly [name: string, value: null])[];
  readonly params: readonly (readonly [name: string, value: string])[];
  /** Values may be references such as `{{$secret api}}`; they are kept as written. */
  readonly auth?: SessionAuth;
  /** requests' keys: `http`, `all`, `http://host`; `null` means direct. */
  readonly proxies?: Readonly<Record<string, string | null>>;
  /** False: certificates are not verified; a text: a file of trusted issuers. */
  readonly verify?: boolean | string;
  /** File with a client certificate and its key. */
  readonly cert?: string;
  /** Milliseconds; `null` is no limit. */
  readonly timeouts?: Readonly<Partial<Record<'connectMs' | 'readMs' | 'totalMs', number | null>>>;
}

export interface SessionAuth {
  readonly type: 'basic' | 'bearer' | 'digest' | 'none';
  readonly username?: string;
  readonly password?: string;
  readonly token?: string;
  /** The only origin it is used for. */
  readonly origin?: string;
}
