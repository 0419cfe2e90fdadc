import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, answerBody, answerHeaders, reasonPhrase } from './answer.ts';
import type { ArrivedRequest } from './arrivedRequest.ts';

export interface Http1Options {
  /** Notes the request and says how to answer it. */
  arrived(head: RequestHead): { readonly request: ArrivedRequest; readonly answer: Answer };
  /** Idle connections are closed after so many milliseconds. */
  readonly closeIdleMs: number | undefined;
}

export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly raw: string;
}

/** Serves requests one after the other on a socket, byte by byte by hand, so that it can also answer wrongly. */
export async function serveHttp1(socket: Socket, options: Http1Options): Promise<void> {
  const input = new Input(socket);
  for (;;) {
    const raw = await untilIdle(input.head(), socket, options.closeIdleMs);
    if (raw === undefined) return;
    const head = parseHead(raw);
    const { request, answer } = options.arrived(head);
    if (answer.early) return endEarly(socket, answer, request);
    request.body = await input.body(head.headers);
    request.receivedBytes = input.taken;
    if (!(await write(socket, answer, request))) return;
  }
}

/** Bytes of a socket, read as far as they are asked for. */
class Input {
  /** Bytes of the request that is read. */
  taken = 0;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  }

  /** The next request head, or `undefined` when the client has gone. */
  async head(): Promise<string | undefined> {
    this.taken = 0;
    const end = await this.#find('\r\n\r\n');
    return end === undefined ? undefined : this.#take(end + 4).toString('latin1');
  }

  async body(headers: RequestHead['headers']): Promise<Buffer> {
    const value = (name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];
    if (value('transfer-encoding') === 'chunked') return this.#chunked();
    const length = Number(value('content-length') ?? 0);
    while (this.#rest.length < length && (await this.#more()));
    return this.#take(length);
  }

  async #chunked(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (;;) {
      const end = await this.#find('\r\n');
      // The client went away in the middle of its body.
      if (end === undefined) return Buffer.concat(parts);
      const size = Number.parseInt(this.#take(end + 2).toString('latin1'), 16);
      while (this.#rest.length < size + 2 && (await this.#more()));
      parts.push(this.#take(size + 2).subarray(0, size));
      if (size === 0) return Buffer.concat(parts);
    }
  }

  async #find(text: string): Promise<number | undefined> {
    for (;;) {
      const at = this.#rest.indexOf(text);
      if (at >= 0) return at;
      if (!(await this.#more())) return undefined;
    }
  }

  #take(length: number): Buffer {
    const bytes = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    this.taken += bytes.length;
    return bytes;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#rest = Buffer.concat([this.#rest, next.value]);
    return true;
  }
}

async function untilIdle<T>(pending: Promise<T>, socket: Socket, closeIdleMs: number | undefined): Promise<T> {
  if (closeIdleMs === undefined) return pending;
  const timer = setTimeout(() => socket.destroy(), closeIdleMs);
  return pending.finally(() => clearTimeout(timer));
}

function parseHead(raw: string): RequestHead {
  const [requestLine = '', ...lines] = raw.slice(0, -4).split('\r\n');
  const [method = '', target = ''] = requestLine.split(' ');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { method, target, headers, raw };
}

/** The body stays unread, as a server does that has decided already. */
function endEarly(socket: Socket, answer: Answer, request: ArrivedRequest): void {
  const body = answerBody(answer);
  const bytes = body.kind === 'whole' ? body.bytes : Buffer.alloc(0);
  const lines: [string, string][] = [
    ...answerHeaders(answer),
    ['Content-Length', String(bytes.length)],
    ['Connection', 'close'],
  ];
  request.sentBodyBytes = bytes.length;
  socket.pause();
  socket.end(Buffer.concat([headBytes(answer, lines), bytes]));
}

/** True when the connection can carry another request. */
async function write(socket: Socket, answer: Answer, request: ArrivedRequest): Promise<boolean> {
  const before = socket.bytesWritten;
  if (answer.delayMs !== undefined) await wait(answer.delayMs);
  if (answer.fault === 'no-answer') return true;
  if (answer.fault === 'close') return gone(socket);
  const open = answer.raw === undefined ? await writeAnswer(socket, answer, request) : writeRaw(socket, answer.raw);
  request.sentBytes = socket.bytesWritten - before;
  if (open && answer.afterRaw !== undefined) setTimeout(() => socket.write(answer.afterRaw ?? '', 'latin1'), 20);
  return open;
}

function writeRaw(socket: Socket, raw: string): boolean {
  socket.write(raw, 'latin1');
  return true;
}

async function writeAnswer(socket: Socket, answer: Answer, request: ArrivedRequest): Promise<boolean> {
  for (const status of answer.informational ?? []) {
    socket.write(headBytes({ status }, status === 103 ? [['Link', '</style.css>; rel=preload']] : []));
  }
  const body = answerBody(answer);
  const withBody = request.method !== 'HEAD' && ![204, 304].includes(answer.status ?? 200);
  const lines = answerHeaders(answer);
  const chunked = body.kind === 'stream' || answer.trailers !== undefined;
  if (chunked) lines.push(['Transfer-Encoding', 'chunked']);
  else if (withBody || body.bytes.length > 0) {
    lines.push(['Content-Length', String(answer.contentLength ?? body.bytes.length)]);
  }
  socket.write(headBytes(answer, lines));
  if (!withBody) return true;
  if (answer.bodyDelayMs !== undefined) await wait(answer.bodyDelayMs);
  return writeBody(socket, { answer, chunked, pieces: pieces(body, answer) }, request);
}

type Pieces = AsyncIterable<Buffer> | Iterable<Buffer>;

async function writeBody(
  socket: Socket,
  { answer, chunked, pieces }: { answer: Answer; chunked: boolean; pieces: Pieces },
  request: ArrivedRequest,
): Promise<boolean> {
  for await (const piece of pieces) {
    // Nobody is left to take it: a body of gigabytes must not be made to its end.
    if (socket.destroyed) return false;
    if (piece.length === 0) continue;
    request.sentBodyBytes += piece.length;
    if (chunked) socket.write(`${piece.length.toString(16)}\r\n`);
    const drained = socket.write(chunked ? Buffer.concat([piece, Buffer.from('\r\n')]) : piece);
    if (!drained) await drainedOrClosed(socket);
    if (socket.destroyed) return false;
  }
  if (answer.closeAfterBytes !== undefined) return gone(socket);
  if (chunked) {
    const trailers = (answer.trailers ?? []).map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`0\r\n${trailers}\r\n`);
  }
  return true;
}

/** Cuts a whole body as the answer says: slowly, with a pause, or not to its end. */
async function* pieces(
  body: ReturnType<typeof answerBody>,
  { closeAfterBytes, byteEveryMs, pauseAfterBytes, pauseMs }: Answer,
): AsyncGenerator<Buffer> {
  if (body.kind === 'stream') {
    yield* body.chunks;
    return;
  }
  const bytes = body.bytes.subarray(0, closeAfterBytes);
  if (byteEveryMs !== undefined) {
    for (const byte of bytes) {
      yield Buffer.from([byte]);
      await wait(byteEveryMs);
    }
  } else if (pauseAfterBytes !== undefined) {
    yield bytes.subarray(0, pauseAfterBytes);
    await wait(pauseMs);
    yield bytes.subarray(pauseAfterBytes);
  } else yield bytes;
}

function drainedOrClosed(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('drain', resolve).once('close', resolve);
  return promise.finally(() => socket.off('drain', resolve).off('close', resolve));
}

function headBytes(answer: Answer, lines: readonly (readonly [string, string])[]): Buffer {
  const head = `HTTP/1.1 ${answer.status ?? 200} ${reasonPhrase(answer)}\r\n`;
  return Buffer.from(`${head}${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`, 'latin1');
}

function gone(socket: Socket): false {
  socket.end(() => socket.destroy());
  return false;
}
