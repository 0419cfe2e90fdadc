import { performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { type Answer, answerBody, answerHeaders } from './answer.ts';
import type { ArrivedRequest } from './arrivedRequest.ts';
import type { RequestHead } from './http1.ts';

export type Http2Arrived = (head: Omit<RequestHead, 'raw'>) => {
  readonly request: ArrivedRequest;
  readonly answer: Answer;
};

/** Serves HTTP/2 on a socket whose TLS handshake agreed on it. */
export function serveHttp2(socket: Socket, arrived: Http2Arrived): void {
  const session = performServerHandshake(socket);
  session.on('error', () => socket.destroy());
  session.on('stream', (stream, _headers, _flags, rawHeaders: string[]) => {
    stream.on('error', () => stream.destroy());
    void answerStream(stream, rawHeaders, arrived);
  });
}

async function answerStream(stream: ServerHttp2Stream, raw: string[], arrived: Http2Arrived): Promise<void> {
  const headers = raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []));
  const pseudo = new Map(headers.filter(([name]) => name.startsWith(':')));
  const { request, answer } = arrived({
    method: pseudo.get(':method') ?? '',
    target: pseudo.get(':path') ?? '',
    headers,
  });
  request.body = Buffer.concat((await stream.toArray()) as Buffer[]);
  const body = answerBody(answer);
  const bytes = body.kind === 'whole' ? body.bytes : Buffer.alloc(0);
  const lines = answerHeaders(answer).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  stream.respond({ ':status': answer.status ?? 200, ...Object.fromEntries(lines) });
  request.sentBodyBytes = bytes.length;
  stream.end(bytes);
}
