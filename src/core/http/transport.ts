import type { RequestAuth } from './auth/credentials.ts';
import type { TextDefault } from './bodyText.ts';
import type { BodyStore, StoredBody } from './bodyStore.ts';
import type { Failure, Warning } from './failure.ts';
import type { HeaderList } from './headerList.ts';

/** What will be sent: absolute, resolved, without jar cookies. Immutable; a redirect makes a new one. */
export interface PreparedRequest {
  /** Token in the case written (RFC 9110 9.1). */
  readonly method: string;
  /** Absolute http(s) URL by the WHATWG parser, without userinfo; a fragment may stand (it is never sent). */
  readonly url: string;
  /** Path and query exactly as they are put on the request line, instead of those of `url` (curl's `--path-as-is`). */
  readonly rawTarget?: string;
  readonly headers: HeaderList;
  readonly body: RequestBody | undefined;
  readonly httpVersion: '1.1' | '2';
  /** What authenticates it besides its header lines; a transport ignores it. Absent: netrc alone. */
  readonly auth?: RequestAuth;
}

/** A body that can be opened afresh for every hop that needs it. */
export interface RequestBody {
  /** Present when the whole body is in memory. */
  readonly bytes?: Uint8Array;
  /** In bytes; `undefined` sends chunked. */
  readonly length: number | undefined;
  /** False for a stream that can be read once: a redirect that must repeat it fails with `body-not-replayable`. */
  readonly replayable: boolean;
  open(): AsyncIterable<Uint8Array>;
}

/** One round trip and nothing else: no redirects, cookies, retries or authentication (invariant 3). Never throws for trouble on the net. */
export interface Transport {
  roundTrip(request: PreparedRequest, options: RoundTripOptions): Promise<RoundTrip>;
  /** Numbers of open sockets by origin, for the panel's "Connections". */
  connections(): readonly ConnectionFacts[];
  /** Closes every socket; the next round trip opens new ones. */
  close(): Promise<void>;
}

export interface RoundTripOptions {
  readonly signal: AbortSignal;
  /** Milliseconds; `undefined` is no limit. `readMs` is the longest gap between bytes, first byte included. */
  readonly timeouts: Timeouts;
  /** The pauses of an event stream are not limited by `readMs`: a limit that nobody asked for must not end what is meant to stay open. */
  readonly quietStreams?: boolean;
  /** Decoded bytes kept in `WireResponse.body.bytes`; more are counted, not kept. */
  readonly bodyLimit: number;
  /** Takes bodies that outgrow memory; their beginning stays in `bytes`. */
  readonly bodyStore?: BodyStore;
  /** Decoded bytes after which decoding fails with `decode-limit` (decompression bombs); `undefined` is no limit. */
  readonly maxDecodedBytes?: number;
  readonly maxHeaderBytes?: number;
  /**
   * Asked once, when the head is known: decoded bytes after which the body is not read on. The connection is then closed
   * and the response ends there with `body.truncated` and without a failure. `undefined` reads the body to its end.
   * A redirect that will be followed is capped so (SESSION 2.4).
   */
  readonly stopBodyAt?: (status: number, headers: HeaderList) => number | undefined;
  readonly verify: boolean;
  /** Trust and identity in TLS; absent: the roots of Node and of the system, no client certificate. */
  readonly tls?: TlsOptions;
  /** The proxy to go through; absent: none. */
  readonly proxy?: ProxyChoice;
  /** Called as things happen; must not throw. */
  readonly onProgress?: (progress: RoundTripProgress) => void;
}

/** Connections that differ in any of it are never shared (SESSION K2). Paths are absolute. */
export interface TlsOptions {
  /** PEM file of issuers that are trusted besides the roots. */
  readonly caFile?: string;
  /** Shown to a server that asks for one. */
  readonly certificate?: CertificateFiles;
  /** Whether the roots of the operating system are trusted as well; absent: yes. */
  readonly systemRoots?: boolean;
}

export interface CertificateFiles {
  /** PEM with the certificate, and with its key when `key` is absent; or PFX with both. */
  readonly file: string;
  readonly key?: string;
  readonly passphrase?: string;
}

/** A proxy as it was written down. */
export interface ProxyChoice {
  /** `http`, `https`, `socks5` or `socks5h`; user and password may stand in it and go to this proxy alone. */
  readonly url: string;
  /** Value of Proxy-Authorization, instead of what stands in the URL. */
  readonly authorization?: string;
  /** Makes that value anew for each request that the proxy reads, CONNECT too: Digest holds for one method and target. */
  readonly prove?: ProxyProof;
  /** False: the certificate of the proxy itself is not verified. */
  readonly verify?: boolean;
}

/** The value of Proxy-Authorization for a request as the proxy reads it. */
export type ProxyProof = (method: string, target: string) => string | undefined;

export interface Timeouts {
  readonly connectMs?: number | undefined;
  readonly readMs?: number | undefined;
  readonly totalMs?: number | undefined;
}

export type RoundTripProgress = { readonly kind: 'sent' } | Transferred | Arrival;

/** How far a body has come, by what is known of its length. */
export type Transferred =
  /** Bytes of the request's body that were written. */
  | { readonly kind: 'upload'; readonly bytes: number; readonly expected?: number }
  /** Bytes of the response's body as they came over the wire; `expected` is the Content-Length. */
  | { readonly kind: 'body'; readonly wireBytes: number; readonly expected?: number };

/** What comes of a response while it is under way: its head, then its content as it comes, without its codings; the bytes are lent, so who keeps them copies them. */
export type Arrival =
  { readonly kind: 'head'; readonly head: ResponseHead } | { readonly kind: 'content'; readonly bytes: Uint8Array };

/** What one round trip came to. `response` without `failure` is complete; with it, it holds what had arrived. */
export interface RoundTrip {
  readonly response: WireResponse | undefined;
  readonly failure: Failure | undefined;
  readonly wire: WireFacts;
  readonly warnings: readonly Warning[];
}

/** What is known of a response before its body. */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** `1.0`, `1.1` or `2`. */
  readonly httpVersion: string;
  readonly headers: HeaderList;
}

export interface WireResponse extends ResponseHead {
  readonly trailers: HeaderList;
  /** Interim statuses (1xx) seen before this one. */
  readonly informational: readonly number[];
  readonly body: ResponseBody;
}

export interface ResponseBody {
  /** Body bytes as they came over the wire, still encoded. */
  readonly wireBytes: number;
  /** Size after Content-Encoding was undone. */
  readonly decodedBytes: number;
  /** Decoded bytes, at most `bodyLimit`. */
  readonly bytes: Uint8Array;
  /** True when `bytes` holds less than the whole body: more than `bodyLimit`, or ended early by `stopBodyAt`. */
  readonly truncated: boolean;
  /** All of the body that was kept, when `bytes` is only its beginning. */
  readonly stored?: StoredBody;
  /** What `text/*` without a charset is read as, by the policy of the send. */
  readonly textDefault?: TextDefault;
}

/** Facts of the connection and the times of one round trip (SESSION.md section 4). Absent means: did not happen or cannot be known. */
export interface WireFacts {
  readonly timing: Timing;
  readonly connection: ConnectionFacts | undefined;
  readonly tls: TlsFacts | undefined;
  /** Request head exactly as written to the socket, body excluded; absent when nothing was written. */
  readonly rawRequestHead: string | undefined;
  readonly requestBodyBytes: number;
  /**
   * Bytes this round trip moved through its socket. Absent over HTTP/2 (the socket is shared). `plaintext` is counted
   * above TLS, so it is less than what the wire carried.
   */
  readonly socketBytes?: { readonly sent: number; readonly received: number; readonly layer: 'wire' | 'plaintext' };
}

/** Milliseconds; phases that did not happen (a reused connection has no dns) are absent. */
export interface Timing {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly queueMs?: number;
  readonly dnsMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly sendMs?: number;
  readonly waitMs?: number;
  readonly downloadMs?: number;
  readonly totalMs: number;
}

export interface ConnectionFacts {
  /** Counts from 1 in a session. */
  readonly id: number;
  readonly origin: string;
  /** The proxy it goes through, without user and password; the remote address is then the proxy's. */
  readonly via?: string;
  readonly reused: boolean;
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  readonly localAddress?: string;
  readonly localPort?: number;
  readonly family?: string;
  /** Every address tried, in order, with the error of those that failed. */
  readonly attempts: readonly { readonly address: string; readonly port: number; readonly error?: string }[];
}

export interface TlsFacts {
  readonly protocol: string;
  readonly cipher: string;
  readonly alpn?: string;
  readonly authorized: boolean;
  readonly authorizationError?: string;
  readonly sessionReused?: boolean;
  readonly certificate?: CertificateFacts;
  /** The certificates that it hangs on, the nearest first, as far as the server sent them. */
  readonly issuers?: readonly CertificateFacts[];
}

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectAltName: string;
  /** Epoch milliseconds. */
  readonly validFrom: number;
  readonly validTo: number;
  readonly fingerprint256: string;
}
