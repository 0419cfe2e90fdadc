import type { Socket } from 'node:net';
import type { FailureCode, WarningCode } from '../../../src/core/http/failure.ts';
import type { SendSettings } from '../../../src/core/session/settings.ts';

/** What a server does with a connection, from its first moment on. */
export type Misbehaviour = (socket: Socket) => void;

/** What a server does with a request: its text up to the end of the head, and how many came before. */
export type Answer = (socket: Socket, request: string, count: number) => void;

/** One way to misbehave, and what must come of it. */
export interface Fault {
  /** In words, and its name on the command line. */
  readonly name: string;
  readonly serve: Misbehaviour;
  /** How it is reached: as a server by `http` (the default) or `https`, or as a proxy of this kind before a good server. */
  readonly as?: 'http' | 'https' | 'http-proxy' | 'tunnel' | 'socks5h' | 'https-proxy';
  readonly method?: string;
  /** Sent with POST: so many bytes. */
  readonly upload?: number;
  readonly httpVersion?: '2';
  readonly settings?: Partial<SendSettings>;
  /** Absent: the send completes. */
  readonly code?: FailureCode;
  /** What the failure must say. */
  readonly says?: RegExp;
  /** Status or failure code of each hop, in order. */
  readonly hops: readonly (number | FailureCode)[];
  readonly warnings?: readonly WarningCode[];
  /** What the last hop must have as its body. */
  readonly body?: string | RegExp;
  /** Cookies besides the one of the login, as `name=value`. */
  readonly cookies?: readonly string[];
}

export const ok = (body = '', lines: readonly string[] = []): string =>
  head([...lines, `Content-Length: ${Buffer.byteLength(body, 'latin1')}`]) + body;

export function head(lines: readonly string[] = [], status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
}

/**
 * Reads one request after the other. `/good` is answered as it should be, so that a test can see whether the connection and the
 * session behind it are sound; everything else is the fault's.
 */
export function onRequest(answer: Answer): Misbehaviour {
  let count = 0;
  const serve: Misbehaviour = (socket) => {
    let pending = '';
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const request = pending.slice(0, end + 4);
        pending = pending.slice(end + 4);
        if (request.startsWith('GET /good ')) socket.write(ok(`good ${/^cookie: (.*)$/im.exec(request)?.[1] ?? '-'}`));
        else answer(socket, request, count++);
      }
    });
  };
  wellBehaved.add(serve);
  return serve;
}

const wellBehaved = new WeakSet<Misbehaviour>();

/** Whether a good request is answered as it should be. */
export function answersGood(serve: Misbehaviour): boolean {
  return wellBehaved.has(serve);
}

/** Bytes, and then nothing: the connection stays open. */
export function says(text: string | Buffer): Answer {
  return (socket) => void socket.write(bytes(text));
}

/** Bytes, and the end. */
export function ends(text: string | Buffer): Answer {
  return (socket) => void socket.end(bytes(text));
}

/** Bytes, and a reset when they are on their way. */
export function resets(text: string): Answer {
  return (socket) => void socket.write(bytes(text), () => setImmediate(() => socket.resetAndDestroy()));
}

/** One byte after the other. */
export function drips(text: string, everyMs: number): Answer {
  return (socket) => {
    let at = 0;
    const timer = setInterval(() => {
      if (at >= text.length || socket.destroyed) clearInterval(timer);
      else socket.write(bytes(text[at++] ?? ''));
    }, everyMs);
    socket.on('close', () => clearInterval(timer));
  };
}

/** The same bytes for ever, as fast as they are taken; `{n}` counts. */
export function floods(begin: string, piece: string | Buffer): Answer {
  return (socket) => {
    let n = 0;
    const more = (): void => {
      for (let isRoom = true; isRoom && !socket.destroyed;) {
        isRoom = socket.write(
          typeof piece === 'string' ? bytes(many(() => piece.replaceAll('{n}', String(n++)))) : piece,
        );
      }
    };
    socket.on('drain', () => setImmediate(more));
    socket.write(bytes(begin));
    more();
  };
}

/** Enough for one write: thousands of small ones would only keep this machine busy. */
function many(next: () => string): string {
  let text = '';
  while (text.length < 16 * 1024) text += next();
  return text;
}

function bytes(text: string | Buffer): Buffer {
  return typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
}
