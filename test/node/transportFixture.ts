import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { PreparedRequest, RequestBody, RoundTrip, RoundTripOptions } from '../../src/core/http/transport.ts';
import { createTransport, type TransportOptions } from '../../src/node/transport.ts';

/** What a raw server does with one request: it gets everything read until the head's end, body bytes included. */
export type Answer = (socket: Socket, received: string, index: number) => void;

export interface RawServer {
  readonly port: number;
  readonly url: string;
  /** Everything each connection sent, Latin-1. */
  readonly received: string[];
  readonly sockets: Socket[];
}

/** A TCP server on a free loopback port that answers in bytes; closed with the test. */
export async function rawServer(t: TestContext, answer: Answer, host = '127.0.0.1'): Promise<RawServer> {
  const received: string[] = [];
  const sockets: Socket[] = [];
  let count = 0;
  const server = createServer((socket) => {
    const index = sockets.push(socket) - 1;
    received[index] = '';
    let pending = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received[index] += chunk.toString('latin1');
      pending += chunk.toString('latin1');
      if (!pending.includes('\r\n\r\n')) return;
      const whole = pending;
      pending = '';
      answer(socket, whole, count++);
    });
  });
  await listen(t, server, host);
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/`, received, sockets };
}

export async function listen(t: TestContext, server: Server, host = '127.0.0.1'): Promise<void> {
  server.listen(0, host);
  await once(server, 'listening');
  t.after(() => server.close());
}

/** A port on which nothing listens: it was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export type SendOptions = Partial<Omit<PreparedRequest, 'body'> & RoundTripOptions> & {
  readonly body?: string | RequestBody;
};

/** A transport that is closed with the test, and a `send` with everything optional. */
export function newTransport(t: TestContext, options: Partial<TransportOptions> = {}) {
  const transport = createTransport({ now: () => 1_000, ...options });
  t.after(() => transport.close());
  const send = (url: string, given: SendOptions = {}): Promise<RoundTrip> => {
    const { method = 'GET', headers = [], httpVersion = '1.1', body, ...rest } = given;
    return transport.roundTrip(
      { method, url, headers, httpVersion, body: typeof body === 'string' ? bytesBody(body) : body },
      { signal: new AbortController().signal, timeouts: {}, bodyLimit: 1e6, verify: true, ...rest },
    );
  };
  return { transport, send };
}

export function bytesBody(text: string): RequestBody {
  const bytes = Buffer.from(text);
  return { bytes, length: bytes.length, replayable: true, open: () => streamOf([bytes]) };
}

export function streamBody(parts: readonly string[], length?: number): RequestBody {
  return { length, replayable: true, open: () => streamOf(parts.map((part) => Buffer.from(part))) };
}

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

export function textOf({ response }: RoundTrip): string | undefined {
  return response && Buffer.from(response.body.bytes).toString();
}

/** Bytes of a whole response with Content-Length. */
export function ok(body = '', lines = ''): string {
  return `HTTP/1.1 200 OK\r\n${lines}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
