import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProxyRoute } from '../core/http/proxy/proxyRoute.ts';
import type { HeaderLine } from '../core/http/headerList.ts';
import type { WireResponse } from '../core/http/transport.ts';
import { HandshakeInput } from './transportHandshake.ts';

/** The proxy did not open the way: its answer, or what it said instead of one. */
export class ProxyRefusal extends Error {
  /** True when it wants (other) credentials. */
  readonly wantsAuth: boolean;
  /** The answer to CONNECT. */
  readonly response: WireResponse | undefined;

  constructor(message: string, details: { readonly wantsAuth?: boolean; readonly response?: WireResponse } = {}) {
    super(message);
    this.wantsAuth = details.wantsAuth ?? false;
    this.response = details.response;
  }
}

const maxHeadBytes = 64 * 1024;
const maxBodyBytes = 1024 * 1024;
const maxInterim = 100;
/** Our choice: a proxy that refuses and does not close gets so long to send the rest of its page. */
const bodyGraceMs = 1000;

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110 9.3.6). Afterwards the socket leads to `target`, and what is sent on it is none of the
 * proxy's business: its credentials are in this one request and in no other.
 */
export async function connectThrough(
  socket: Socket,
  target: { readonly host: string; readonly port: number },
  { authorization, prove }: Pick<ProxyRoute, 'authorization' | 'prove'>,
): Promise<void> {
  const place = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const value = prove?.('CONNECT', place) ?? authorization;
  const credentials = value === undefined ? '' : `Proxy-Authorization: ${value}\r\n`;
  socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n${credentials}\r\n`, 'latin1');
  const input = new HandshakeInput(socket);
  const head = await finalHead(input);
  if (head.status >= 200 && head.status < 300) return input.end();
  const body = await Promise.race([readBody(input, head.headers), wait(bodyGraceMs, undefined, { ref: false })]);
  throw new ProxyRefusal(`${head.status} ${head.reason}`.trim(), {
    wantsAuth: head.status === 407,
    response: wireResponse(head, body ?? input.soFar(maxBodyBytes)),
  });
}

type Head = Pick<WireResponse, 'status' | 'reason' | 'httpVersion' | 'headers'>;

/** Interim answers (RFC 9110 15.2) are passed over. */
async function finalHead(input: HandshakeInput): Promise<Head> {
  for (let interim = 0; interim <= maxInterim; interim += 1) {
    const text = await input.until('\r\n\r\n', maxHeadBytes);
    if (text === undefined) {
      throw new ProxyRefusal(
        input.isBeyond(maxHeadBytes)
          ? `its answer has a head of more than ${maxHeadBytes} bytes`
          : 'it closed the connection instead of answering',
      );
    }
    const [first = '', ...lines] = text.split('\r\n');
    const [, httpVersion, status, reason = ''] = /^HTTP\/(1\.[01]) (\d{3})(?: (.*))?$/.exec(first) ?? [];
    if (httpVersion === undefined) throw new ProxyRefusal('what it answers is not HTTP');
    if (status?.startsWith('1')) continue;
    return { status: Number(status), reason, httpVersion, headers: lines.flatMap(headerLine) };
  }
  throw new ProxyRefusal(`it sent more than ${maxInterim} interim answers (1xx) and no final one`);
}

function headerLine(line: string): HeaderLine[] {
  const colon = line.indexOf(':');
  return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
}

async function readBody(input: HandshakeInput, headers: Head['headers']): Promise<Buffer> {
  const value = (name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  if (/chunked/i.test(value('transfer-encoding') ?? '')) return readChunks(input);
  return input.untilClosed(Math.min(maxBodyBytes, Number(value('content-length') ?? maxBodyBytes)));
}

async function readChunks(input: HandshakeInput): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let total = 0; total < maxBodyBytes;) {
    const size = Number.parseInt((await input.until('\r\n', maxHeadBytes)) ?? '0', 16);
    if (!(size > 0)) break;
    const chunk = (await input.take(Math.min(size, maxBodyBytes))) ?? Buffer.alloc(0);
    chunks.push(chunk);
    total += size;
    await input.take(2);
  }
  return Buffer.concat(chunks);
}

function wireResponse(head: Head, bytes: Buffer): WireResponse {
  const body = { wireBytes: bytes.length, decodedBytes: bytes.length, bytes, truncated: false };
  return { ...head, trailers: [], informational: [], body };
}
