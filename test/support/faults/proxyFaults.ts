import { selfSigned } from '../../conformance/wire/certificates.ts';
import { ends, floods, head, onRequest, resets, says, type Fault } from './fault.ts';
import { secure } from './tlsFaults.ts';

const denied = `${head(['Content-Length: 6'], '403 Forbidden')}denied`;
const who = `${head(['Proxy-Authenticate: Basic realm="r"', 'Content-Length: 3'], '407 Who')}who`;
const established = head([], '200 Connection established');
/** RFC 1928: no proof needed, and then an answer to the request. */
const socks =
  (reply: readonly number[]): Fault['serve'] =>
  (socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', () => socket.write(Buffer.from(reply)));
    });
  };

/** Proxies that fail, by kind and by stage. */
export const proxyFaults: readonly Fault[] = [
  {
    name: 'a proxy that resets the request',
    as: 'http-proxy',
    serve: onRequest(resets('')),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'a proxy that answers 502',
    as: 'http-proxy',
    serve: onRequest(ends(`${head(['Content-Length: 3'], '502 Bad Gateway')}bad`)),
    hops: [502],
    body: 'bad',
  },
  {
    name: 'a proxy that answers 407',
    as: 'http-proxy',
    serve: onRequest(says(who)),
    code: 'proxy-auth',
    says: /wants a user and a password/,
    hops: [407],
    body: 'who',
  },
  {
    name: 'a proxy that never answers',
    as: 'http-proxy',
    serve: (socket) => void socket.resume(),
    settings: { timeouts: { readMs: 200 } },
    code: 'read-timeout',
    says: /through http:\/\/127\.0\.0\.1/,
    hops: ['read-timeout'],
  },
  {
    name: 'a proxy that closes on CONNECT',
    as: 'tunnel',
    serve: onRequest(ends('')),
    code: 'proxy-refused',
    says: /closed the connection/,
    hops: ['proxy-refused'],
  },
  {
    name: 'a proxy that resets on CONNECT',
    as: 'tunnel',
    serve: onRequest(resets('')),
    code: 'proxy-refused',
    hops: ['proxy-refused'],
  },
  {
    name: 'a proxy that says nothing to CONNECT',
    as: 'tunnel',
    serve: (socket) => void socket.resume(),
    settings: { timeouts: { connectMs: 200 } },
    code: 'connect-timeout',
    says: /through http:\/\/127\.0\.0\.1/,
    hops: ['connect-timeout'],
  },
  {
    name: 'a proxy that answers 407 to CONNECT',
    as: 'tunnel',
    serve: onRequest(says(who)),
    code: 'proxy-auth',
    hops: [407],
    body: 'who',
  },
  {
    name: 'a proxy that answers 403 to CONNECT',
    as: 'tunnel',
    serve: onRequest(says(denied)),
    code: 'proxy-refused',
    says: /403 Forbidden/,
    hops: [403],
    body: 'denied',
  },
  {
    name: 'a proxy that sets a cookie with its refusal',
    as: 'tunnel',
    serve: onRequest(says(head(['Set-Cookie: evil=1', 'Content-Length: 0'], '502 Bad Gateway'))),
    code: 'proxy-refused',
    hops: [502],
  },
  {
    name: 'a proxy that redirects CONNECT',
    as: 'tunnel',
    serve: onRequest(says(head(['Location: http://127.0.0.1:1/', 'Content-Length: 0'], '302 Found'))),
    code: 'proxy-refused',
    says: /302 Found/,
    hops: [302],
  },
  {
    name: 'a proxy that speaks rubbish',
    as: 'tunnel',
    serve: onRequest(says('rubbish\r\n\r\n')),
    code: 'proxy-refused',
    says: /not HTTP/,
    hops: ['proxy-refused'],
  },
  {
    name: 'a proxy whose answer to CONNECT has no end',
    as: 'tunnel',
    serve: onRequest(floods('HTTP/1.1 200 OK\r\n', 'X-{n}: y\r\n')),
    code: 'proxy-refused',
    says: /a head of more than 65536 bytes/,
    hops: ['proxy-refused'],
  },
  {
    name: 'a proxy that sends interim answers for ever',
    as: 'tunnel',
    serve: onRequest(floods('', 'HTTP/1.1 103 Early Hints\r\n\r\n')),
    code: 'proxy-refused',
    hops: ['proxy-refused'],
  },
  {
    name: 'a proxy whose refusal has no end',
    as: 'tunnel',
    serve: onRequest(floods(head([], '403 Forbidden'), Buffer.alloc(65_536, 'x'))),
    code: 'proxy-refused',
    hops: [403],
    body: /^x+$/,
  },
  {
    name: 'a proxy that opens the tunnel and closes it',
    as: 'tunnel',
    serve: onRequest(ends(established)),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'a proxy that opens the tunnel and answers itself',
    as: 'tunnel',
    serve: onRequest(says(`${established}rubbish`)),
    code: 'tls-failed',
    hops: ['tls-failed'],
  },
  {
    name: 'a proxy whose certificate is not trusted',
    as: 'https-proxy',
    serve: secure(selfSigned(['127.0.0.1'])),
    code: 'proxy-unreachable',
    says: /trusted issuer/,
    hops: ['proxy-unreachable'],
  },
  {
    name: 'a proxy that speaks no TLS',
    as: 'https-proxy',
    serve: (socket) => void socket.once('data', () => socket.end(denied)),
    code: 'proxy-unreachable',
    hops: ['proxy-unreachable'],
  },
  {
    name: 'a SOCKS proxy that closes',
    as: 'socks5h',
    serve: (socket) => void socket.once('data', () => socket.end()),
    code: 'proxy-refused',
    hops: ['proxy-refused'],
  },
  {
    name: 'a SOCKS proxy of version 4',
    as: 'socks5h',
    serve: (socket) => void socket.once('data', () => socket.write(Buffer.from([4, 91, 0, 0, 0, 0, 0, 0]))),
    code: 'proxy-refused',
    hops: ['proxy-refused'],
  },
  {
    name: 'a SOCKS proxy that wants a password',
    as: 'socks5h',
    serve: (socket) => void socket.once('data', () => socket.write(Buffer.from([5, 0xff]))),
    code: 'proxy-auth',
    hops: ['proxy-auth'],
  },
  ...(
    [
      [1, 'failure of its own'],
      [2, 'rules'],
      [3, 'network'],
      [4, 'host'],
      [5, 'refused'],
      [6, 'too long'],
      [7, 'command'],
      [8, 'address'],
      [77, '77'],
    ] as const
  ).map(([reply, word]): Fault => ({
    name: `a SOCKS proxy that answers ${reply}`,
    as: 'socks5h',
    serve: socks([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]),
    code: 'proxy-refused',
    says: new RegExp(word, 'i'),
    hops: ['proxy-refused'],
  })),
  {
    name: 'a SOCKS proxy that stops in its answer',
    as: 'socks5h',
    serve: socks([5, 0, 0]),
    settings: { timeouts: { connectMs: 200 } },
    code: 'connect-timeout',
    hops: ['connect-timeout'],
  },
  {
    name: 'an HTTP server where SOCKS is expected',
    as: 'socks5h',
    serve: (socket) => void socket.once('data', () => socket.end(head([], '400 Bad Request'))),
    code: 'proxy-refused',
    hops: ['proxy-refused'],
  },
];
