import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';

/** Answers with JSON of any size: `/json?mb=30`, and what can go wrong on the way. */
export interface LargeServer {
  readonly origin: string;
  /** When the last byte of the latest answer was handed to the system (epoch milliseconds), and how long the answer took to leave. */
  readonly last: () => { readonly at: number; readonly tookMs: number };
  readonly bytesOf: (mb: number) => number;
  close(): Promise<void>;
}

const rowsInBlock = 5000;

/** Rows as a list interface sends them: some twenty lines each when they are indented. */
function blockOf(first: number): Buffer {
  const rows = Array.from({ length: rowsInBlock }, (_, at) => row(first + at));
  return Buffer.from(rows.join(','));
}

function row(id: number): string {
  const digits = String(id).padStart(8, '0');
  return `{"id":"${digits}","name":"Item ${digits}","price":${(id * 7) % 1000}.50,"stock":{"here":true,"at":["north","south"]},"note":"Größe ${digits}"}`;
}

const block = blockOf(0);
const ending = Buffer.from(',{"id":"99999999","name":"the very last needle"}]');

export async function startLargeServer(): Promise<LargeServer> {
  let last = { at: 0, tookMs: 0 };
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const count = blocksOf(Number(url.searchParams.get('mb') ?? 1));
    const begun = Date.now();
    response.on('finish', () => (last = { at: Date.now(), tookMs: Date.now() - begun }));
    response.setHeader('content-type', 'application/json');
    switch (url.pathname) {
      case '/cut':
        response.setHeader('content-length', lengthOf(count));
        return write(response, count, () => setTimeout(() => response.destroy(), 200), true);
      case '/badgzip':
        return badGzip(response, count);
      case '/slow':
        response.setHeader('content-length', lengthOf(count));
        return write(response, Math.ceil(count / 2), () => undefined, true);
      case '/bytes':
        response.setHeader('content-type', 'application/zip');
        return void response.end(Buffer.concat([Buffer.alloc(count * block.length, 1), Buffer.from('the last')]));
      case '/upload':
        return void upload(request, response);
      default:
        response.setHeader('content-length', lengthOf(count));
        return write(response, count, () => response.end(ending));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    last: () => last,
    bytesOf: (mb) => lengthOf(blocksOf(mb)),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function blocksOf(mb: number): number {
  return Math.max(1, Math.round((mb * 1e6) / block.length));
}

function lengthOf(count: number): number {
  return 1 + count * block.length + (count - 1) + ending.length;
}

/** Blocks joined by commas, as fast as they are taken; `isHalf` leaves the end out. */
function write(response: ServerResponse, count: number, done: () => void, isHalf = false): void {
  response.write('[');
  let sent = 0;
  const more = (): void => {
    while (sent < (isHalf ? count - 1 : count)) {
      const piece = sent++ === 0 ? block : Buffer.concat([Buffer.from(','), block]);
      if (!response.write(piece)) return void response.once('drain', more);
    }
    done();
  };
  more();
}

/** A stream that stops being gzip in the middle. */
function badGzip(response: ServerResponse, count: number): void {
  response.setHeader('content-encoding', 'gzip');
  const gzip = createGzip({ level: 1 });
  gzip.on('data', (chunk) => response.write(chunk));
  gzip.write('[');
  for (let sent = 0; sent < count; sent++) gzip.write(sent === 0 ? block : Buffer.concat([Buffer.from(','), block]));
  gzip.flush(() => response.end('this is no gzip'));
}

function upload(request: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  return (async () => {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    response.end(JSON.stringify({ bytes }));
  })();
}
