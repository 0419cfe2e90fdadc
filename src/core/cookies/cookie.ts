/** One stored cookie (RFC 6265bis 5.7). Times are epoch milliseconds. */
export interface Cookie {
  readonly name: string;
  /** Latin-1: one character a byte, sent back as it came. */
  readonly value: string;
  /** Canonical: lower case, no leading dot. */
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | undefined;
  readonly partitioned: boolean;
  /** Absent: a session cookie. */
  readonly expires: number | undefined;
  readonly created: number;
  readonly lastSet: number;
  readonly source: CookieSource | undefined;
}

/** Who set a cookie: provenance for the panel. */
export interface CookieSource {
  readonly kind: 'response' | 'user' | 'import';
  /** URL of the hop, without userinfo and query. */
  readonly url?: string;
  readonly requestName?: string;
  /** Hop number from 1. */
  readonly hop?: number;
  readonly at: number;
}

export type RejectReason =
  | 'domain-mismatch'
  | 'public-suffix'
  | 'domain-not-ascii'
  | 'secure-from-insecure'
  | 'secure-overlay'
  | 'prefix'
  | 'too-large'
  | 'control-character'
  | 'empty-cookie'
  | 'cookie-limit';

/** What became of one Set-Cookie line. `previous` is the cookie that was replaced or deleted. */
export type SetCookieVerdict =
  | {
      readonly kind: 'stored';
      readonly raw: string;
      readonly cookie: Cookie;
      readonly action: 'added' | 'updated' | 'unchanged';
      readonly previous: Cookie | undefined;
    }
  | { readonly kind: 'deleted'; readonly raw: string; readonly cookie: Cookie; readonly previous: Cookie | undefined }
  | {
      readonly kind: 'rejected';
      readonly raw: string;
      readonly name: string;
      readonly reason: RejectReason;
      readonly message: string;
    };

/** Whether one cookie of the jar goes with a request to a URL, and why not. */
export interface SendVerdict {
  readonly cookie: Cookie;
  readonly sent: boolean;
  readonly reason?: 'domain' | 'host-only' | 'path' | 'secure' | 'expired';
  /** In words, for example "its path /app does not cover /login". */
  readonly message?: string;
}

/** Identity of a cookie in a jar. */
export interface CookieKey {
  readonly name: string;
  readonly domain: string;
  readonly path: string;
  readonly hostOnly: boolean;
}

export interface CookieFilter {
  readonly name?: string;
  readonly domain?: string;
  readonly path?: string;
}
