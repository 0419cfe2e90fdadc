/** Why a send ended without the response asked for. One list for the whole product: CLI, view, conformance. */
export type FailureCode =
  | 'invalid-url'
  | 'missing-scheme'
  | 'unsupported-scheme'
  | 'invalid-method'
  | 'invalid-header'
  | 'header-injection'
  | 'content-length-mismatch'
  | 'conflicting-body'
  | 'invalid-auth'
  | 'invalid-setting'
  | 'invalid-proxy-url'
  | 'file-not-found'
  | 'file-denied'
  | 'dns-failed'
  | 'connect-refused'
  | 'connect-failed'
  | 'connect-timeout'
  | 'tls-untrusted'
  | 'tls-hostname'
  | 'tls-expired'
  | 'tls-failed'
  | 'proxy-unreachable'
  | 'proxy-auth'
  | 'proxy-refused'
  | 'connection-lost'
  | 'read-timeout'
  | 'total-timeout'
  | 'invalid-response'
  | 'headers-too-large'
  | 'truncated-body'
  | 'decode-limit'
  | 'http2-unavailable'
  | 'redirect-limit'
  | 'redirect-scheme'
  | 'redirect-ambiguous'
  | 'body-not-replayable'
  | 'retry-exhausted'
  | 'cookie-conflict'
  | 'cookie-domain-required'
  | 'cookie-invalid'
  | 'snapshot-newer'
  | 'snapshot-invalid'
  | 'session-closed'
  | 'cancelled';

/** Trouble on the net (or a request that cannot be put on it). Lives in the `Exchange`, never thrown across a port. */
export interface Failure {
  readonly code: FailureCode;
  /** What happened, in one sentence, without userinfo, tokens or cookie values. */
  readonly message: string;
  /** The next step, in one sentence. */
  readonly hint: string;
}

export type WarningCode =
  | 'duplicate-location'
  | 'redirect-loop'
  | 'custom-headers-cross-origin'
  | 'decode-failed'
  | 'truncated-body'
  | 'body-not-stored'
  | 'authorization-replaced'
  | 'netrc-invalid'
  | 'not-verified'
  | 'hook-failed'
  | 'cookie-header-size'
  | 'set-cookie-limit'
  | 'samesite-none-insecure'
  | 'snapshot-entry-refused';

/** Something the user should see although the send went on. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}
