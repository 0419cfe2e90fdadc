import type { HeaderLine, HeaderList } from '../core/http/headerList.ts';
import type { PreparedRequest } from '../core/http/transport.ts';
import type { Hop } from '../core/session/exchange.ts';
import type { HopView } from '../protocol/exchangeView.ts';

/** The request head as it went over the wire; put together from its parts when nothing was written to a socket. */
export function requestHead(hop: Pick<Hop, 'request' | 'sentHeaders' | 'wire'>): string {
  const raw = hop.wire.rawRequestHead;
  return raw === undefined ? composedHead(hop.request, hop.sentHeaders) : raw.replaceAll('\r\n', '\n').trimEnd();
}

/** As written to the socket, with the lines the transport adds (Host, Content-Length); as asked for when nothing was written. */
export function headersOnWire(hop: Pick<Hop, 'wire' | 'sentHeaders'>): HeaderList {
  const lines = hop.wire.rawRequestHead?.split('\r\n').slice(1) ?? [];
  const headers = lines.flatMap((line): HeaderLine[] => {
    const at = line.indexOf(':', 1);
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()]];
  });
  return headers.length > 0 ? headers : hop.sentHeaders;
}

/** The head of a request that is on its way: its target in origin form (RFC 9112 3.2.1) and its lines. */
export function composedHead(request: PreparedRequest, headers: PreparedRequest['headers']): string {
  const { host, pathname, search } = new URL(request.url);
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const named = headers.some(([name]) => name.toLowerCase() === 'host');
  return [
    `${request.method} ${pathname}${search} HTTP/${request.httpVersion}`,
    ...(named ? [] : [`host: ${host}`]),
    ...lines,
  ].join('\n');
}

/** Our choice: more of a request body than this nobody reads in a tab. */
const bodyLimit = 256 * 1024;

/** The body that was sent, as text; empty and `truncated` when it is not text or was streamed from a file. */
export function requestBody(request: PreparedRequest, bytesSent: number): HopView['requestBody'] {
  if (request.body === undefined) return undefined;
  const { bytes, length } = request.body;
  const size = length ?? bytesSent;
  if (bytes === undefined) return { text: '', bytes: size, truncated: true };
  const text = utf8(bytes.subarray(0, bodyLimit));
  return { text: text ?? '', bytes: bytes.length, truncated: text === undefined || bytes.length > bodyLimit };
}

/** `undefined` when the bytes are not UTF-8 text. A character cut at the end is left away. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
