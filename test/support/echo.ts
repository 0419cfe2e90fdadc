import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it reached the server. */
export interface ArrivedRequest {
  /** `POST /x HTTP/1.1` */
  readonly line: string;
  /** `Name: value` in order, without the lines that the product adds to every request. */
  readonly headers: readonly string[];
  /** One character a byte; absent when there is none. */
  readonly body?: string;
}

/**
 * A server on loopback that keeps every request as it came and answers with it as JSON. `/login` answers with a token, `/redir302`
 * (any status) leads to `/target`, and `/cookie` sets one.
 */
export interface EchoServer {
  readonly port: number;
  /** What has arrived since the last call. */
  take(): readonly ArrivedRequest[];
  close(): Promise<void>;
}

export async function startEcho(): Promise<EchoServer> {
  let arrived: ArrivedRequest[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((each) => {
      arrived.push(each);
      answer(request, response, each);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const taken = arrived;
      arrived = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<ArrivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('latin1');
  const { rawHeaders, method, url, httpVersion } = request;
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1] ?? ''}`] : [],
  );
  return {
    line: `${method} ${url} HTTP/${httpVersion}`,
    headers: ownHeaders(lines),
    ...(body !== '' && { body }),
  };
}

/** Every request carries these, exactly so, unless the file says otherwise. What is left is of the file, and the framing of its body. */
const productHeaders = [
  /^host: 127\.0\.0\.1:\d+$/,
  /^connection: keep-alive$/,
  /^User-Agent: crumbtrail\/\d+\.\d+\.\d+$/,
  /^Accept: \*\/\*$/,
  /^Accept-Encoding: gzip, deflate, br, zstd$/,
];

/** A line that should be there and is not is told, so that nothing goes missing unseen. */
function ownHeaders(lines: readonly string[]): readonly string[] {
  const missing = productHeaders.filter((pattern) => !lines.some((line) => pattern.test(line)));
  return [
    ...lines.filter((line) => !productHeaders.some((pattern) => pattern.test(line))),
    ...missing.map((pattern) => `missing: ${pattern.source}`),
  ];
}

function answer({ url = '' }: IncomingMessage, response: ServerResponse, arrived: ArrivedRequest): void {
  const status = Number(/^\/redir(\d{3})$/.exec(url)?.[1] ?? 200);
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-trace': 'T-1',
    ...(status !== 200 && { location: '/target' }),
    ...(url === '/cookie' && { 'set-cookie': 'sid=jar' }),
  });
  response.end(JSON.stringify(url === '/login' ? { token: 'TOK', user: { id: 12, names: ['a', 'b'] } } : arrived));
}
