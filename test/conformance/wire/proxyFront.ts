import type { Socket } from 'node:net';

/** How a request came to its origin: what the proxy at `place` saw of it. */
export interface Passage {
  /** Host and port of the proxy. */
  readonly place: string;
  /** Request line that an HTTP proxy got. */
  readonly line?: string;
  readonly authorization?: string;
  /** Destination that a SOCKS proxy was asked for, an address as `<ip>`. */
  readonly socksTarget?: string;
}

/** A connection that a client asked a proxy for: origin as `host:port`, and how the proxy says yes or no to it. */
export interface Crossing {
  readonly target: string;
  readonly passage: Passage;
  readonly accept: () => void;
  readonly refuse: () => void;
}

/** Reads `CONNECT host:port` from the first bytes of a connection. */
export function readConnect(socket: Socket, first: Buffer, place: string): Crossing {
  const lines = first.toString('latin1').split('\r\n');
  const line = lines[0] ?? '';
  return {
    target: line.split(' ')[1] ?? '',
    passage: { place, line, ...authorizationIn(lines) },
    accept: () => void socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
    refuse: () => void socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'),
  };
}

export function authorizationIn(lines: readonly string[]): Pick<Passage, 'authorization'> {
  const line = lines.find((each) => /^proxy-authorization:/i.test(each));
  return line === undefined ? {} : { authorization: line.slice(line.indexOf(':') + 1).trim() };
}

/** The server's side of RFC 1928 and RFC 1929; every user and password is taken. */
export async function readSocks(socket: Socket, greeting: Buffer, place: string): Promise<Crossing> {
  const wantsUser = greeting.subarray(2).includes(2);
  socket.write(Buffer.from([5, wantsUser ? 2 : 0]));
  if (wantsUser) {
    await chunk(socket);
    socket.write(Buffer.from([1, 0]));
  }
  const request = await chunk(socket);
  const { host, isAddress, end } = destination(request);
  const port = request.readUInt16BE(end);
  const reply = (code: number): Buffer => Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 0]);
  return {
    target: `${host}:${port}`,
    passage: { place, socksTarget: `${isAddress ? '<ip>' : host}:${port}` },
    accept: () => void socket.write(reply(0)),
    refuse: () => void socket.end(reply(5)),
  };
}

function destination(request: Buffer): { host: string; isAddress: boolean; end: number } {
  if (request[3] === 1) return { host: [...request.subarray(4, 8)].join('.'), isAddress: true, end: 8 };
  if (request[3] === 4) return { host: '[::1]', isAddress: true, end: 20 };
  const end = 5 + (request[4] ?? 0);
  return { host: request.toString('latin1', 5, end), isAddress: false, end };
}

/** What comes next on a socket that nobody else reads; an empty buffer when it was closed. */
function chunk(socket: Socket): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  const take = (): void => {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null) socket.once('readable', take);
    else resolve(bytes);
  };
  socket.once('close', () => resolve(Buffer.alloc(16)));
  take();
  return promise;
}
