import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { CertificateFacts, TlsFacts } from '../core/http/transport.ts';

/** What was agreed in a finished handshake. Read at once: a destroyed socket has forgotten its peer. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const [certificate, ...issuers] = chainOf(socket.getPeerX509Certificate()).map(certificateFacts);
  const error: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.name ?? '',
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    authorized: socket.authorized,
    ...(socket.authorized ? {} : { authorizationError: errorWord(error) }),
    sessionReused: socket.isSessionReused(),
    ...(certificate && { certificate }),
    ...(issuers.length > 0 && { issuers }),
  };
}

/** Longer chains are no use to anybody, and a server may send what it likes. */
const longestChain = 10;

function chainOf(leaf: X509Certificate | undefined): X509Certificate[] {
  const chain: X509Certificate[] = [];
  // A root names itself as its issuer.
  for (let next = leaf; next && chain.at(-1)?.fingerprint256 !== next.fingerprint256; next = next.issuerCertificate) {
    if (chain.push(next) === longestChain) break;
  }
  return chain;
}

/** Node gives a code (`CERT_HAS_EXPIRED`) although it declares an error; older versions gave the error. */
function errorWord(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return typeof error === 'string' ? error : 'UNKNOWN';
}

function certificateFacts(certificate: X509Certificate): CertificateFacts {
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
