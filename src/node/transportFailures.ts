import type { Failure, FailureCode } from '../core/http/failure.ts';
import type { ConnectionFacts, TlsFacts } from '../core/http/transport.ts';
import { proxyFailure, type ProxyCircumstances } from './transportProxyFailures.ts';
import { BodySourceError } from './transportRequest.ts';
import { reasonOf } from '../core/text/reasonOf.ts';

/** What was known when a round trip failed. */
export interface Circumstances {
  readonly origin: URL;
  readonly proxy: ProxyCircumstances | undefined;
  /** How far it came: no socket yet, no response head yet, or in the middle of the body. */
  readonly stage: 'connect' | 'head' | 'body';
  readonly connection: ConnectionFacts | undefined;
  /** The TCP connection stood, whatever came then. */
  readonly wasConnected: boolean;
  readonly tls: TlsFacts | undefined;
  readonly lastRead: Buffer | undefined;
  readonly receivedBytes: number;
  /** Announced by Content-Length. */
  readonly expectedBytes: number | undefined;
  readonly maxHeaderBytes: number | undefined;
  readonly isHttp2: boolean;
}

/** Node names most errors by `code`; of several attempts the last error counts. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && !('code' in error)) return codeOf(error.errors.at(-1));
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}

const connectCodes: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: 'connect-refused',
  ETIMEDOUT: 'connect-timeout',
  ENOTFOUND: 'dns-failed',
  EAI_AGAIN: 'dns-failed',
  EAI_FAIL: 'dns-failed',
  EAI_NODATA: 'dns-failed',
  EAI_NONAME: 'dns-failed',
  ENODATA: 'dns-failed',
  ESERVFAIL: 'dns-failed',
};

/** How one address of several failed, as a failure code. */
export function attemptWord(error: Error): string {
  return connectCodes[codeOf(error)] ?? 'connect-failed';
}

/** Puts an error of Node or undici into words. Total: what is not known by name keeps its code in the sentence. */
export function failureOf(error: unknown, at: Circumstances): Failure {
  const code = codeOf(error);
  if (error instanceof BodySourceError) return bodyUnreadable(error);
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') return lengthMismatch();
  if (at.stage === 'connect') return connectFailure(code, error, at);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return headersTooLarge(at);
  if (isProtocolError(code, error, at)) return invalidResponse(error, at);
  return at.stage === 'body' ? truncatedBody(at) : connectionLost(code, at);
}

function connectFailure(code: string, error: unknown, at: Circumstances): Failure {
  const name = place(at);
  const known = connectCodes[code];
  const refused = at.proxy && proxyFailure(error, code || reasonOf(error), at.proxy, { place: name, tried: tried(at) });
  if (refused) return refused;
  if (at.tls) return tlsVerdict(code, at);
  if (known === 'dns-failed') return dnsFailed(code, at);
  if (known === 'connect-refused') return connectRefused(at);
  if (code === 'ECONNRESET' && at.origin.protocol === 'http:') return resetAtOnce(at);
  if (known === 'connect-timeout') {
    return { code: known, message: `${name} did not take the connection in time${tried(at)}.`, hint: reachHint };
  }
  // The connection stood and broke during the handshake.
  if (at.wasConnected && at.origin.protocol === 'https:') return handshakeFailed(code, error, at);
  const why = code || reasonOf(error);
  return { code: 'connect-failed', message: `No connection to ${name}: ${why}${tried(at)}.`, hint: reachHint };
}

const reachHint = 'Check host and port, and that the network (VPN, firewall) lets you reach it.';

/** Somebody listened there: a refused connection is reset before it stands. */
function resetAtOnce(at: Circumstances): Failure {
  return {
    code: 'connection-lost',
    message: `${place(at)} reset the connection as soon as it was made${tried(at)}.`,
    hint: 'Check that the port is the right one and that this computer may use it (firewall, allow list), then send again.',
  };
}

function dnsFailed(code: string, at: Circumstances): Failure {
  const temporary = code === 'EAI_AGAIN' || code === 'ESERVFAIL';
  return {
    code: 'dns-failed',
    message: temporary
      ? `No name server could say which address "${at.origin.hostname}" has.`
      : `There is no host named "${at.origin.hostname}".`,
    hint: temporary
      ? 'Check the network connection and send again.'
      : 'Check the spelling, or the variable that the host comes from.',
  };
}

function connectRefused(at: Circumstances): Failure {
  return {
    code: 'connect-refused',
    message: `Nothing listens at ${place(at)}: the connection was refused${tried(at)}.`,
    hint: 'Start the server, or correct host and port.',
  };
}

/** Errors that the certificate explains, after a handshake that was otherwise complete. */
function tlsVerdict(code: string, at: Circumstances): Failure {
  const certificate = at.tls?.certificate;
  const name = place(at);
  if (code === 'NO_HTTP2') {
    return {
      code: 'http2-unavailable',
      message: `${name} does not offer HTTP/2.`,
      hint: 'Write HTTP/1.1 on the request line, or nothing.',
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      code: 'tls-hostname',
      message: `The certificate of ${name} is for other names: ${certificate?.subjectAltName || certificate?.subject || 'none'}.`,
      hint: 'Use a host name of the certificate, or switch verification off for this request with "# @insecure".',
    };
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const moment = code === 'CERT_HAS_EXPIRED' ? certificate?.validTo : certificate?.validFrom;
    const word = code === 'CERT_HAS_EXPIRED' ? 'expired on' : 'is not valid before';
    return {
      code: 'tls-expired',
      message: `The certificate of ${name} ${word} ${day(moment)}.`,
      hint: 'Renew the certificate, check the clock of this computer, or switch verification off for this request with "# @insecure".',
    };
  }
  const issuer = certificate ? `${certificate.subject}, issued by ${certificate.issuer}` : 'unknown';
  return {
    code: 'tls-untrusted',
    message: `The certificate of ${name} is not from a trusted issuer (${issuer}; ${code}).`,
    hint: 'If you know this server, name the PEM file of its issuer in "crumbtrail.verify", or switch verification off for this request with "# @insecure".',
  };
}

function day(moment: number | undefined): string {
  return moment === undefined || Number.isNaN(moment) ? 'an unknown day' : new Date(moment).toISOString().slice(0, 10);
}

/** What OpenSSL says, for people, with what to do about it. */
const handshakeWords: readonly (readonly [code: RegExp, words: string, hint: string])[] = [
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/,
    'what it answers is not TLS',
    'The port does not seem to speak TLS: try http:// instead of https://.',
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/,
    'it does not take TLS 1.2 or 1.3',
    'Let the server speak TLS 1.2 or newer; what is older is not safe any more and not spoken here.',
  ],
  [
    /HANDSHAKE_FAILURE|CERTIFICATE|NO_SHARED_CIPHER/,
    'it takes nothing of what was offered',
    'Check its ciphers; it may also want a client certificate ("crumbtrail.certificates", "# @cert").',
  ],
  [
    /^(?:ECONNRESET|EPIPE)$/,
    'it closed the connection',
    'Check that the port speaks TLS and knows this host name, and look at the log of the server.',
  ],
];

function handshakeFailed(code: string, error: unknown, at: Circumstances): Failure {
  const [, words, hint] = handshakeWords.find(([known]) => known.test(code)) ?? [];
  return {
    code: 'tls-failed',
    message: `The TLS handshake with ${place(at)} failed: ${words === undefined ? code || reasonOf(error) : `${words} (${code})`}.`,
    hint: hint ?? 'Check that the port speaks TLS, and which protocol versions the server allows.',
  };
}

function bodyUnreadable(error: BodySourceError): Failure {
  return {
    code: 'file-not-found',
    message: `The body of the request could not be read to its end: ${error.message}.`,
    hint: 'Check the file that the body comes from.',
  };
}

function lengthMismatch(): Failure {
  return {
    code: 'content-length-mismatch',
    message: 'The body has another length than the Content-Length line says.',
    hint: 'Remove the Content-Length line: it is computed.',
  };
}

function headersTooLarge({ maxHeaderBytes, origin, stage }: Circumstances): Failure {
  const limit = maxHeaderBytes === undefined ? 'the limit' : `${maxHeaderBytes} bytes`;
  return {
    code: 'headers-too-large',
    message: `${stage === 'body' ? 'What follows the body' : 'The response head'} of ${origin.host} is larger than ${limit}.`,
    hint: 'Make the server send fewer or shorter headers; cookies are often the cause.',
  };
}

function isProtocolError(code: string, error: unknown, at: Circumstances): boolean {
  // An end inside a chunk is reported as an error of the parser too, and is none of the protocol.
  if (error instanceof Error && error.name === 'HTTPParserError') return !/EOF/.test(error.message);
  // Before the head is complete a wrong length means two lengths that contradict each other (RFC 9112 6.3).
  if (at.stage === 'head' && code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return true;
  return code.startsWith('ERR_HTTP2') || (code === 'UND_ERR_SOCKET' && /^bad (response|upgrade)/.test(reasonOf(error)));
}

function invalidResponse(error: unknown, at: Circumstances): Failure {
  const said = /\((.+)\)$/.exec(reasonOf(error))?.[1] ?? reasonOf(error);
  const reason = parserWords.get(said) ?? said;
  const raw = at.stage === 'head' && at.lastRead ? ` It begins: ${excerpt(at.lastRead)}` : '';
  return {
    code: 'invalid-response',
    message: `The response of ${at.origin.host} breaks the protocol: ${reason}.${raw}`,
    hint: at.isHttp2
      ? 'The server agreed on HTTP/2 and does not keep to it: write HTTP/1.1 on the request line, or nothing.'
      : 'Check that an HTTP server answers on this port, and its framing (line ends, Content-Length, Transfer-Encoding).',
  };
}

/** Where the parser's own words would say too little, or too much. */
const parserWords: ReadonlyMap<string, string> = new Map([
  ['Expected HTTP/, RTSP/ or ICE/', 'it does not begin with "HTTP/"'],
  [
    'Response body length does not match content-length header',
    'its length is no number, or said more than once or in more than one way',
  ],
]);

const excerptBytes = 120;

/** The first bytes as a quoted string, line ends visible, cookie values not. */
function excerpt(bytes: Buffer): string {
  const start = bytes.subarray(0, excerptBytes).toString('latin1');
  const text = start.replace(/(\nset-cookie:[^=;\r\n]*=)[^;\r\n]+/gi, '$1…');
  return JSON.stringify(text) + (bytes.length > excerptBytes ? '…' : '');
}

function truncatedBody({ receivedBytes, expectedBytes }: Circumstances): Failure {
  const of = expectedBytes === undefined ? '' : ` of ${expectedBytes}`;
  return {
    code: 'truncated-body',
    message: `The connection was closed after ${receivedBytes}${of} bytes of the body, before its announced end.`,
    hint: 'Send again; if it stays so, look at the log of the server or of the proxy before it.',
  };
}

function connectionLost(code: string, at: Circumstances): Failure {
  if (code.startsWith('ERR_SSL')) return tlsAlert(code, at);
  const how = code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : 'closed';
  return {
    code: 'connection-lost',
    message: `${place(at)} ${how} the connection before it sent a whole response head.`,
    hint: at.connection?.reused
      ? 'The connection had been kept open from an earlier request: send again.'
      : `Send again; if it stays so, look at the log of the server or of the proxy before it${mayWantCertificate(at)}.`,
  };
}

/** TLS 1.3 asks for it after the handshake, and many servers then just close (RFC 8446 4.4.2.4). */
function mayWantCertificate({ origin, lastRead }: Circumstances): string {
  return origin.protocol === 'https:' && lastRead === undefined
    ? ': it may want a client certificate ("crumbtrail.certificates", "# @cert")'
    : '';
}

function tlsAlert(code: string, at: Circumstances): Failure {
  return {
    code: 'tls-failed',
    message: `${place(at)} ended the TLS connection: ${code}.`,
    hint: /CERTIFICATE/.test(code)
      ? 'It wants a client certificate, or another one: set it in "crumbtrail.certificates" or with "# @cert".'
      : 'Send again; if it stays so, look at the log of the server.',
  };
}

/** Host and effective port, as the URL says. */
function place({ origin }: Circumstances): string {
  return `${origin.hostname}:${origin.port || (origin.protocol === 'https:' ? 443 : 80)}`;
}

function tried({ connection }: Circumstances): string {
  const addresses = (connection?.attempts ?? []).map(({ address, port }) =>
    address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
  );
  return addresses.length === 0 ? '' : ` (tried ${addresses.join(', ')})`;
}
