import { createServer, type TlsOptions } from 'node:tls';
import { createAuthority, selfSigned } from '../../conformance/wire/certificates.ts';
import { head, ok, onRequest, says, type Fault, type Misbehaviour } from './fault.ts';

/** The one that a send of these faults trusts. */
export const faultAuthority = createAuthority('Faults');
const stranger = createAuthority('Strangers');
const here = ['127.0.0.1'];
const good = faultAuthority.issue(here);
const fine = onRequest(says(ok('fine')));

/** Speaks TLS on the socket, and then does as it is told. */
export function secure(options: TlsOptions, inner: Misbehaviour = fine): Misbehaviour {
  const server = createServer({ ALPNProtocols: ['http/1.1'], ...options }, (secured) => {
    secured.on('error', () => secured.destroy());
    inner(secured);
  });
  server.on('tlsClientError', (_error, secured) => secured.destroy());
  return (socket) => void server.emit('connection', socket);
}

/** TLS that cannot be trusted, is too old, breaks off, or is none. */
export const tlsFaults: readonly Fault[] = [
  {
    name: 'shows a certificate that has expired',
    as: 'https',
    serve: secure(faultAuthority.issue(here, { from: -10, to: -1 })),
    code: 'tls-expired',
    says: /expired on \d{4}-\d\d-\d\d/,
    hops: ['tls-expired'],
  },
  {
    name: 'shows a certificate that is not valid yet',
    as: 'https',
    serve: secure(faultAuthority.issue(here, { from: 1, to: 10 })),
    code: 'tls-expired',
    says: /not valid before \d{4}/,
    hops: ['tls-expired'],
  },
  {
    name: 'shows a certificate that it signed itself',
    as: 'https',
    serve: secure(selfSigned(here)),
    code: 'tls-untrusted',
    says: /not from a trusted issuer/,
    hops: ['tls-untrusted'],
  },
  {
    name: 'shows a certificate of an unknown issuer',
    as: 'https',
    serve: secure(stranger.issue(here)),
    code: 'tls-untrusted',
    says: /not from a trusted issuer/,
    hops: ['tls-untrusted'],
  },
  {
    name: 'shows a certificate for other names',
    as: 'https',
    serve: secure(faultAuthority.issue(['other.test'])),
    code: 'tls-hostname',
    says: /other\.test/,
    hops: ['tls-hostname'],
  },
  {
    name: 'shows a certificate for other names where nothing is verified',
    as: 'https',
    serve: secure(stranger.issue(['other.test'])),
    settings: { verify: false },
    hops: [200],
    warnings: ['not-verified'],
    body: 'fine',
  },
  {
    name: 'speaks TLS 1.1 alone',
    as: 'https',
    serve: secure({ ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    code: 'tls-failed',
    says: /does not take TLS 1\.2 or 1\.3/,
    hops: ['tls-failed'],
  },
  {
    name: 'has no cipher that we have',
    as: 'https',
    serve: secure({ ...good, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-CCM8@SECLEVEL=0' }),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'closes in the handshake',
    as: 'https',
    serve: (socket) => void socket.once('data', () => socket.end()),
    code: 'tls-failed',
    says: /handshake with 127\.0\.0\.1:\d+/,
    hops: ['tls-failed'],
  },
  {
    name: 'resets in the handshake',
    as: 'https',
    serve: (socket) => void socket.once('data', () => socket.resetAndDestroy()),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'says nothing in the handshake',
    as: 'https',
    serve: (socket) => void socket.resume(),
    settings: { timeouts: { connectMs: 200 } },
    code: 'connect-timeout',
    says: /200 ms/,
    hops: ['connect-timeout'],
  },
  {
    name: 'speaks HTTP where TLS is expected',
    as: 'https',
    serve: (socket) => void socket.once('data', () => socket.write(head([], '400 Bad Request'))),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'speaks rubbish where TLS is expected',
    as: 'https',
    serve: (socket) => void socket.once('data', () => socket.write('rubbish rubbish rubbish')),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'sends an alert instead of its hello',
    as: 'https',
    serve: (socket) => void socket.once('data', () => socket.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'speaks TLS where HTTP is expected',
    serve: secure(good),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'demands a client certificate',
    as: 'https',
    serve: secure({ ...good, requestCert: true, rejectUnauthorized: true, ca: [stranger.cert] }),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'demands a client certificate in TLS 1.2',
    as: 'https',
    serve: secure({ ...good, requestCert: true, rejectUnauthorized: true, ca: [stranger.cert], maxVersion: 'TLSv1.2' }),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'cuts TLS in the middle of the body',
    as: 'https',
    serve: (socket) =>
      secure(
        good,
        onRequest(
          (secured) =>
            void secured.write(`${head(['Content-Length: 9'])}part`, () => setImmediate(() => socket.destroy())),
        ),
      )(socket),
    code: 'truncated-body',
    says: /after 4 of 9 bytes/,
    hops: [200],
    body: 'part',
  },
  {
    name: 'resets TLS in the middle of the head',
    as: 'https',
    serve: secure(
      good,
      onRequest((secured) => void secured.write('HTTP/1.1 200', () => secured.destroy())),
    ),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'offers no HTTP/2 where it is asked for',
    as: 'https',
    httpVersion: '2',
    serve: secure(good),
    code: 'http2-unavailable',
    hops: ['http2-unavailable'],
  },
  {
    name: 'agrees on HTTP/2 and speaks HTTP/1.1',
    as: 'https',
    httpVersion: '2',
    serve: secure({ ...good, ALPNProtocols: ['h2'] }, (secured) => void secured.resume().write(ok('old'))),
    settings: { timeouts: { readMs: 1000 } },
    code: 'invalid-response',
    hops: ['invalid-response'],
  },
  {
    name: 'agrees on HTTP/2 and closes',
    as: 'https',
    httpVersion: '2',
    serve: secure({ ...good, ALPNProtocols: ['h2'] }, (secured) => void secured.end()),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'agrees on HTTP/2 and says nothing',
    as: 'https',
    httpVersion: '2',
    serve: secure({ ...good, ALPNProtocols: ['h2'] }, (secured) => void secured.resume()),
    settings: { timeouts: { readMs: 200 } },
    code: 'read-timeout',
    hops: ['read-timeout'],
  },
  {
    name: 'goes away in HTTP/2 at once',
    as: 'https',
    httpVersion: '2',
    // SETTINGS, then GOAWAY with ENHANCE_YOUR_CALM and no stream done (RFC 9113 6.8).
    serve: secure({ ...good, ALPNProtocols: ['h2'] }, (secured) => {
      secured
        .resume()
        .write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11]));
    }),
    settings: { timeouts: { readMs: 1000 } },
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
];
