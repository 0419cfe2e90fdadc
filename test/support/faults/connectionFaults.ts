import { drips, ends, floods, head, ok, onRequest, resets, says, type Fault } from './fault.ts';

const ten = head(['Content-Length: 10']);
const nothing = (): void => undefined;

/** Connections that break, hang or crawl, at each stage. */
export const connectionFaults: readonly Fault[] = [
  {
    name: 'resets as soon as it is connected to',
    serve: (socket) => socket.resetAndDestroy(),
    code: 'connection-lost',
    says: /(?:reset|closed) the connection/,
    hops: ['connection-lost'],
  },
  {
    name: 'closes as soon as it is connected to',
    serve: (socket) => void socket.end(),
    code: 'connection-lost',
    says: /(?:reset|closed) the connection/,
    hops: ['connection-lost'],
  },
  {
    name: 'resets when it has read the request',
    serve: onRequest((socket) => void socket.resetAndDestroy()),
    code: 'connection-lost',
    says: /(?:reset|closed) the connection/,
    hops: ['connection-lost'],
  },
  {
    name: 'closes when it has read the request',
    serve: onRequest(ends('')),
    code: 'connection-lost',
    says: /closed the connection before it sent a whole response head/,
    hops: ['connection-lost'],
  },
  {
    name: 'resets in the middle of the status line',
    serve: onRequest(resets('HTTP/1.1 20')),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'closes in the middle of a header line',
    serve: onRequest(ends('HTTP/1.1 200 OK\r\nContent-Ty')),
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'resets between head and body',
    serve: onRequest(resets(ten)),
    code: 'truncated-body',
    says: /after 0 of 10 bytes/,
    hops: [200],
    body: '',
  },
  {
    name: 'resets in the middle of the body',
    serve: onRequest(resets(`${ten}12345`)),
    code: 'truncated-body',
    says: /after 5 of 10 bytes/,
    hops: [200],
    body: '12345',
  },
  {
    name: 'closes in the middle of the body',
    serve: onRequest(ends(`${ten}12345`)),
    code: 'truncated-body',
    says: /after 5 of 10 bytes/,
    hops: [200],
    body: '12345',
  },
  {
    name: 'closes its half and goes on listening',
    serve: (socket) => {
      socket.allowHalfOpen = true;
      socket.resume().end();
    },
    code: 'connection-lost',
    hops: ['connection-lost'],
  },
  {
    name: 'closes its half in the middle of the body',
    serve: (socket) => {
      socket.allowHalfOpen = true;
      onRequest(ends(`${ten}123`))(socket);
    },
    code: 'truncated-body',
    hops: [200],
    body: '123',
  },
  {
    name: 'answers and resets at once',
    serve: onRequest((socket) => void socket.write(ok('whole'), () => setImmediate(() => socket.resetAndDestroy()))),
    hops: [200],
    body: 'whole',
  },
  {
    name: 'never reads and never answers',
    serve: (socket) => void socket.pause(),
    settings: { timeouts: { readMs: 200 } },
    code: 'read-timeout',
    says: /200 ms/,
    hops: ['read-timeout'],
  },
  {
    name: 'reads and never answers',
    serve: onRequest(nothing),
    settings: { timeouts: { readMs: 200 } },
    code: 'read-timeout',
    hops: ['read-timeout'],
  },
  {
    name: 'never reads a large upload',
    serve: (socket) => void socket.pause(),
    upload: 32 * 1024 * 1024,
    settings: { timeouts: { readMs: 200 } },
    code: 'read-timeout',
    hops: ['read-timeout'],
  },
  {
    name: 'stops in the middle of the head',
    serve: onRequest(says('HTTP/1.1 200 OK\r\nX-A: ')),
    settings: { timeouts: { readMs: 200 } },
    code: 'read-timeout',
    hops: ['read-timeout'],
  },
  {
    name: 'stops after the head',
    serve: onRequest(says(ten)),
    settings: { timeouts: { readMs: 1000 } },
    code: 'read-timeout',
    hops: [200],
    body: '',
  },
  {
    name: 'stops in the middle of the body',
    serve: onRequest(says(`${ten}1234`)),
    settings: { timeouts: { readMs: 1000 } },
    code: 'read-timeout',
    hops: [200],
    body: '1234',
  },
  {
    name: 'sends a body without a length and never closes',
    serve: onRequest(says(`${head()}open end`)),
    settings: { timeouts: { readMs: 1000 } },
    code: 'read-timeout',
    hops: [200],
    body: 'open end',
  },
  {
    name: 'sends the head one byte at a time',
    serve: onRequest(drips('HTTP/1.1 200 OK\r\nX-A: '.padEnd(10_000, 'x'), 20)),
    settings: { timeouts: { readMs: 3000, totalMs: 1000 } },
    code: 'total-timeout',
    says: /1000 ms/,
    hops: ['total-timeout'],
  },
  {
    name: 'sends the body one byte at a time',
    serve: onRequest((socket, request, count) => {
      socket.write(head(['Content-Length: 100000']));
      drips('x'.repeat(100_000), 20)(socket, request, count);
    }),
    settings: { timeouts: { readMs: 3000, totalMs: 1000 } },
    code: 'total-timeout',
    hops: [200],
    body: /^x+$/,
  },
  {
    name: 'sends everything one byte at a time, and arrives',
    serve: onRequest(drips(ok('slow'), 3)),
    hops: [200],
    body: 'slow',
  },
  {
    name: 'sends a body without end',
    serve: onRequest(floods(head(), Buffer.alloc(64 * 1024, 'x'))),
    settings: { timeouts: { totalMs: 1000 }, bodyLimit: 1000 },
    code: 'total-timeout',
    hops: [200],
    body: /^x{1000}$/,
  },
  {
    name: 'sends chunks without end',
    serve: onRequest(floods(head(['Transfer-Encoding: chunked']), `10000\r\n${'x'.repeat(65_536)}\r\n`)),
    settings: { timeouts: { totalMs: 1000 }, bodyLimit: 1000 },
    code: 'total-timeout',
    hops: [200],
    body: /^x{1000}$/,
  },
  {
    name: 'answers before it has read a large upload, and closes',
    serve: (socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.end(`${head(['Content-Length: 9', 'Connection: close'], '413 Content Too Large')}too large`);
      });
    },
    upload: 4 * 1024 * 1024,
    hops: [413],
    body: 'too large',
  },
  {
    name: 'sends a second response unasked behind the first',
    serve: onRequest(says(ok('first') + ok('evil', ['Set-Cookie: evil=1']))),
    hops: [200],
    body: 'first',
  },
  {
    name: 'says "Connection: close" and stays open',
    serve: onRequest(says(ok('done', ['Connection: close']))),
    hops: [200],
    body: 'done',
  },
];
