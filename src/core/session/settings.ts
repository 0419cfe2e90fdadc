import type { EditorProxy } from '../http/proxy/selectProxy.ts';
import type { Timeouts } from '../http/transport.ts';
import type { MergePair } from './merge.ts';

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
  /** Whether credentials follow the same host from http on 80 to https on 443 (SESSION 2.2). */
  readonly keepAuthOnHttpsUpgrade: boolean;
  /** Whether a 300 with a Location is followed, with method and body kept. */
  readonly follow300: boolean;
  /** Whether a redirect from https to http is followed. */
  readonly allowDowngrade: boolean;
  /** Extra header names dropped when the origin changes. */
  readonly sensitiveHeaders: readonly string[];
  /** Neither send nor store jar cookies (`# @no-cookie-jar`, C23). */
  readonly cookieJar: boolean;
  /** What an explicit Cookie line does: merge by name with the jar, or replace it. */
  readonly cookieHeader: 'merge' | 'replace';
  readonly timeouts: Timeouts;
  /** False: certificates are not verified; a text: a file of trusted issuers, used besides the roots. */
  readonly verify: boolean | string;
  /** Client certificate; `undefined` leaves it to `certificates`, `null` sends none at all. */
  readonly cert: CertSetting | null | undefined;
  /** Client certificates by origin, from settings; one without origins is never sent. */
  readonly certificates: readonly ClientCertificate[];
  /** Whether the roots of the operating system are trusted. */
  readonly systemCertificates: boolean;
  /** Credentials of the session, of a mount, or of the request's tag, the strongest one; `none` also switches netrc off. */
  readonly auth: SessionAuth | undefined;
  /** requests' keys: `http`, `all`, `http://host`, `no_proxy`; `null` means direct for that key (SESSION 0a.8). */
  readonly proxies: ProxySetting;
  /** The editor's own proxy setting: weaker than `proxies`, stronger than the environment. */
  readonly editorProxy: EditorProxy | undefined;
  /** As written; a number repeats connection failures only (SESSION K3). `undefined` repeats nothing. */
  readonly retry: RetrySetting | undefined;
  /** Whether proxies, the CA bundle and netrc of the environment count (SESSION M19-M22). */
  readonly trustEnv: boolean;
  /** Header lines that a mount gave, with its prefix: they do not leave the URLs it holds for. */
  readonly mountHeaders?: readonly (readonly [name: string, prefix: string])[];
  /** Send a Referer on redirects (never with userinfo or fragment). */
  readonly autoReferer: boolean;
  /** Send the path as written, dot segments included (curl's `--path-as-is`). */
  readonly rawTarget: boolean;
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
  keepAuthOnHttpsUpgrade: true,
  follow300: false,
  allowDowngrade: true,
  sensitiveHeaders: [],
  cookieJar: true,
  cookieHeader: 'merge',
  timeouts: { connectMs: 30_000, readMs: 120_000 },
  verify: true,
  cert: undefined,
  certificates: [],
  systemCertificates: true,
  auth: undefined,
  proxies: {},
  editorProxy: undefined,
  retry: undefined,
  trustEnv: true,
  autoReferer: false,
  rawTarget: false,
  bodyLimit: 64 * 1024 * 1024,
  hopBodyLimit: 1024 * 1024,
  maxDecodedBytes: 4 * 1024 * 1024 * 1024,
  maxHeaderBytes: 256 * 1024,
};

/**
 * One set of defaults, whatever it comes from: product, settings, `"$session"`, a running session, a mount. Everything may
 * be left out; what is there is merged over the weaker sets by requests' rules (`session/merge.ts`).
 */
export interface DefaultsPart {
  /** A `null` value removes the header. */
  readonly headers?: readonly MergePair[];
  readonly params?: readonly MergePair[];
  /** requests' `cookies=`: go along to the first origin only and are never stored. */
  readonly cookies?: readonly MergePair[];
  /** Values may be references such as `{{$secret api}}`; they are kept as written. `null` removes weaker credentials. */
  readonly auth?: SessionAuth | null;
  readonly proxies?: ProxySetting;
  readonly verify?: boolean | string;
  readonly cert?: CertSetting | null;
  /** Milliseconds; `null` is no limit. */
  readonly timeouts?: TimeoutsPart;
  readonly maxRedirects?: number;
  readonly redirect?: RedirectPart;
  /** `null` switches off what a weaker set says. */
  readonly retry?: RetrySetting | null;
  readonly cookieHeader?: 'merge' | 'replace';
  readonly trustEnv?: boolean;
  readonly rawTarget?: boolean;
  /** In the order they were mounted; the longest prefix that matches wins, the first of equal length (SESSION K1, 0a.8). */
  readonly mount?: readonly Mount[];
}

/** Defaults of a running session. */
export interface SessionDefaults extends DefaultsPart {
  readonly headers: readonly MergePair[];
  readonly params: readonly MergePair[];
}

/** Defaults for the URLs below a prefix. */
export interface Mount {
  readonly prefix: string;
  readonly defaults: Omit<DefaultsPart, 'mount'>;
}

export type TimeoutsPart = Readonly<Partial<Record<'connectMs' | 'readMs' | 'totalMs', number | null>>>;

export interface RedirectPart {
  readonly policy?: RedirectPolicy;
  readonly follow?: boolean;
  readonly trustedHosts?: readonly string[];
  readonly sensitiveHeaders?: readonly string[];
  readonly hopBodyLimit?: number;
  readonly autoReferer?: boolean;
  readonly keepAuthOnHttpsUpgrade?: boolean;
  readonly follow300?: boolean;
  readonly allowDowngrade?: boolean;
}

export type ProxySetting = Readonly<Record<string, string | null>>;

export interface SessionAuth {
  readonly type: 'basic' | 'bearer' | 'digest' | 'aws' | 'none';
  /** For `aws` the id of the access key. */
  readonly username?: string;
  /** For `aws` the secret key. */
  readonly password?: string;
  /** For `aws` the session token. */
  readonly token?: string;
  /** Only for `aws`; absent: read from the host. */
  readonly region?: string;
  readonly service?: string;
  /** The only origin it is used for. */
  readonly origin?: string;
}

/** A text: the file with certificate and key. */
export type CertSetting = string | ClientCertificate;

/** Paths as written: absolute, or below the workspace folder. */
export interface ClientCertificate {
  /** PEM with the certificate, and with the key when `key` is absent; or PFX. */
  readonly file: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** Origins it is shown to; absent: those of the URLs that the setting holds for. */
  readonly origins?: readonly string[];
}

/** A number: connection failures only. Seconds and names as in urllib3's `Retry`. */
export type RetrySetting = number | RetryRules;

export interface RetryRules {
  readonly total?: number;
  readonly connect?: number;
  readonly read?: number;
  readonly status?: number;
  readonly statusForcelist?: readonly number[];
  /** `any` or `null`: every method. */
  readonly allowedMethods?: readonly string[] | 'any' | null;
  readonly backoffFactor?: number;
  readonly backoffMax?: number;
  readonly backoffJitter?: number;
  readonly respectRetryAfterHeader?: boolean;
  readonly raiseOnStatus?: boolean;
}
