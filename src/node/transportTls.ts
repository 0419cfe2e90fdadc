import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from 'node:tls';
import type { CertificateFacts, TlsFacts } from '../core/http/transport.ts';

/** What was agreed in a finished handshake. Read at once: a destroyed socket has forgotten its peer. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const certificate = certificateFacts(socket.getPeerX509Certificate());
  const error: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.name ?? '',
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    authorized: socket.authorized,
    ...(socket.authorized ? {} : { authorizationError: errorWord(error) }),
    sessionReused: socket.isSessionReused(),
    ...(certificate && { certificate }),
  };
}

/** Node gives a code (`CERT_HAS_EXPIRED`) although it declares an error; older versions gave the error. */
function errorWord(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return typeof error === 'string' ? error : 'UNKNOWN';
}

function certificateFacts(certificate: X509Certificate | undefined): CertificateFacts | undefined {
  if (!certificate) return undefined;
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    subjectAltName: certificate.subjectAltName ?? '',
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
    fingerprint256: certificate.fingerprint256,
  };
}

/** Distinguished names come one part a line. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

/**
 * Trust in Node's roots (with `NODE_EXTRA_CA_CERTS`) and in `ca` besides. Without `ca` it is `undefined`: Node's own store
 * is already parsed, a new context costs about 20 ms. Throws a `TrustError` when an entry is not a PEM certificate.
 */
export function trustContext(ca: readonly string[]): SecureContext | undefined {
  if (ca.length === 0) return undefined;
  // The context would pass over what it cannot read, and the user would wonder why the server is not trusted.
  for (const pem of ca) readCertificate(pem);
  return createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...ca])] });
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new TrustError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A CA certificate given by the user cannot be read. */
export class TrustError extends Error {}
