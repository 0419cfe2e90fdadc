import type { Failure } from '../core/http/failure.ts';
import type { HeaderList } from '../core/http/headerList.ts';
import type { ProxyRoute } from '../core/http/proxy/proxyRoute.ts';
import { parsedUrl } from '../core/http/parsedUrl.ts';
import type { PreparedRequest } from '../core/http/transport.ts';
import { reasonOf } from '../core/text/reasonOf.ts';

/** A request in the form that undici takes, with its header lines as [name, value, name, value, …]. */
export interface WireRequest {
  readonly url: Readonly<URL>;
  readonly method: string;
  /** Path and query; a fragment is never sent (RFC 9110 4.2.5). */
  readonly path: string;
  readonly headers: string[];
  readonly body: Buffer | AsyncIterable<Uint8Array> | null;
  /** Absent: not known before it is read. */
  readonly bodyLength: number | undefined;
  /** The framing line that undici adds behind the user's lines; empty when there is none. */
  readonly framing: string;
}

const token = /^[!#$%&'*+.^_`|~\w-]+$/;
const tokenHint = 'Use letters, digits and - only.';
/** RFC 9110 8.6 and 9.3: methods whose request defines a content, so that its absence is announced with `Content-Length: 0`. */
const contentMethods = new Set(['PUT', 'POST', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH']);
/** Header lines that belong to the connection and that the HTTP client underneath writes or refuses. */
const refused = new Set(['keep-alive', 'upgrade', 'expect']);

/** Checks what can be known before a socket is opened, and brings the request into wire form. */
export function wireRequest(request: PreparedRequest): WireRequest | Failure {
  const url = parseUrl(request.url);
  if ('code' in url) return url;
  const failure = methodFailure(request.method) ?? headersFailure(request.headers) ?? lengthFailure(request);
  if (failure) return failure;
  const headers = wireHeaders(request);
  return {
    url,
    method: request.method,
    path: request.rawTarget ?? url.pathname + url.search,
    headers,
    bodyLength: request.body?.length,
    ...wireBody(request),
  };
}

export interface ProxiedRequest {
  readonly request: WireRequest;
  readonly proxy: ProxyRoute | undefined;
}

/**
 * What a proxy changes in a request. To an HTTP proxy an http URL is written out whole (RFC 9112 3.2.2), with its credentials; in a
 * tunnel there are none, because everything in it is for the server. A Proxy-Authorization line of the request goes where the
 * credentials of the proxy's URL would have gone.
 */
export function throughProxy(request: WireRequest, proxy: ProxyRoute | undefined): ProxiedRequest {
  if (!proxy) return { request, proxy };
  const written = valueOf(request.headers, 'proxy-authorization');
  const plain = { ...request, headers: withoutLine(request.headers, 'proxy-authorization') };
  const way = written === undefined ? proxy : { ...proxy, authorization: written, prove: undefined };
  if (!isWrittenOut(request.url, proxy)) return { request: plain, proxy: way };
  const path = request.url.origin + request.path;
  const authorization = way.prove?.(request.method, path) ?? way.authorization;
  const line = authorization === undefined ? [] : ['Proxy-Authorization', authorization];
  return { request: { ...plain, path, headers: [...plain.headers, ...line] }, proxy: way };
}

/** True when the proxy reads the request and answers itself what it cannot forward. */
export function isWrittenOut(url: URL, proxy: ProxyRoute | undefined): boolean {
  return url.protocol === 'http:' && (proxy?.kind === 'http' || proxy?.kind === 'https');
}

/**
 * True for credentials that log in the connection and not the request (RFC 4559 4.1): whatever is sent on it afterwards would be
 * taken for the same user's.
 */
export function bindsConnection({ headers }: WireRequest): boolean {
  return /^(?:ntlm|negotiate)\b/i.test(valueOf(headers, 'authorization') ?? '');
}

function valueOf(headers: readonly string[], name: string): string | undefined {
  const at = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at < 0 ? undefined : headers[at + 1];
}

function withoutLine(headers: readonly string[], name: string): string[] {
  return headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== name);
}

function parseUrl(text: string): Readonly<URL> | Failure {
  const url = URL.canParse(text) ? parsedUrl(text) : undefined;
  if (!url) {
    const message = `"${text.replace(/\/\/[^/?#]*@/, '//')}" is not a URL.`;
    return { code: 'invalid-url', message, hint: 'Write it as http://host/path.' };
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  return {
    code: 'unsupported-scheme',
    message: `Requests go over http and https, not over ${url.protocol.slice(0, -1)}.`,
    hint: 'Begin the URL with http:// or https://.',
  };
}

function methodFailure(method: string): Failure | undefined {
  if (!token.test(method)) {
    return { code: 'invalid-method', message: `"${method}" cannot be a method.`, hint: tokenHint };
  }
  // RFC 9110 9.3.6: CONNECT asks a proxy for a tunnel; it has no response of its own to show.
  if (method !== 'CONNECT') return undefined;
  return {
    code: 'invalid-method',
    message: 'CONNECT opens a tunnel through a proxy and cannot be sent as a request.',
    hint: 'Send the request that shall go through the tunnel.',
  };
}

function headersFailure(headers: HeaderList): Failure | undefined {
  let hosts = 0;
  for (const [name, value] of headers) {
    const failure = headerFailure(name, value);
    if (failure) return failure;
    if (name.toLowerCase() === 'host' && ++hosts > 1) {
      // RFC 9112 3.2: a server must refuse a request with more than one Host line.
      return { code: 'invalid-header', message: 'The request has two Host lines.', hint: 'Remove one of them.' };
    }
  }
  return undefined;
}

function headerFailure(name: string, value: string): Failure | undefined {
  if (/[\r\n]/.test(name + value)) {
    return {
      code: 'header-injection',
      message: `The header ${shown(name)} holds a line break, which would begin a new header line.`,
      hint: 'Remove the line break from the value, or encode it.',
    };
  }
  if (!token.test(name)) {
    return { code: 'invalid-header', message: `"${shown(name)}" cannot be a header name.`, hint: tokenHint };
  }
  const why = valueTrouble(value) ?? (refused.has(name.toLowerCase()) ? 'cannot be sent by this client' : undefined);
  if (!why) return undefined;
  return {
    code: 'invalid-header',
    message: `The header ${name} ${why}.`,
    hint: refused.has(name.toLowerCase())
      ? 'Remove the line.'
      : 'Change the value, for example by percent-encoding it.',
  };
}

/** RFC 9110 5.5: visible characters, space, tab and obs-text (one byte a character), no white space at the ends. */
function valueTrouble(value: string): string | undefined {
  if (/^[ \t]/.test(value)) return 'begins with white space';
  if (/[^\t\x20-\xff]/.test(value)) {
    const above = /[^\0-\xff]/u.exec(value)?.[0];
    return above ? `holds "${above}", which is no Latin-1 character` : 'holds a control character';
  }
  return value.includes('\x7f') ? 'holds a control character' : undefined;
}

/** RFC 9112 6.3: a length that differs from the body desynchronises the connection. */
function lengthFailure({ headers, body }: PreparedRequest): Failure | undefined {
  const given = headers.filter(([name]) => name.toLowerCase() === 'content-length').map(([, value]) => value.trim());
  if (given.length === 0) return undefined;
  const length = body ? body.length : 0;
  const known = length === undefined || given[0] === String(length);
  if (given.length === 1 && known && /^\d+$/.test(given[0] ?? '')) return undefined;
  return {
    code: 'content-length-mismatch',
    message:
      given.length > 1
        ? `Content-Length is given ${given.length} times.`
        : `Content-Length says ${given[0]}, the body has ${length ?? 'an unknown number of'} bytes.`,
    hint: 'Remove the Content-Length line: it is computed.',
  };
}

/** The user's lines in their order and spelling, without those that undici writes itself. */
function wireHeaders(request: PreparedRequest): string[] {
  const result: string[] = [];
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (lower === 'transfer-encoding' || lower === 'content-length') continue;
    result.push(request.httpVersion === '2' ? lower : name, value);
  }
  const { body } = request;
  const length = body && !body.bytes ? announcedLength(request) : undefined;
  if (length !== undefined) result.push('content-length', String(length));
  return result;
}

function wireBody(request: PreparedRequest): Pick<WireRequest, 'body' | 'framing'> {
  const { body } = request;
  if (!body || body.length === 0) {
    return { body: null, framing: contentMethods.has(request.method) ? 'content-length: 0\r\n' : '' };
  }
  if (body.bytes && !chunkedAsked(request)) {
    const { buffer, byteOffset, byteLength } = body.bytes;
    return { body: Buffer.from(buffer, byteOffset, byteLength), framing: `content-length: ${byteLength}\r\n` };
  }
  const length = announcedLength(request);
  const framing = length === undefined ? 'transfer-encoding: chunked\r\n' : `content-length: ${length}\r\n`;
  return { body: guarded(body.open()), framing };
}

/** The body's own source failed while it was read: no trouble of the net. */
export class BodySourceError extends Error {}

async function* guarded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new BodySourceError(reasonOf(error), { cause: error });
  }
}

function announcedLength(request: PreparedRequest): number | undefined {
  if (chunkedAsked(request)) return undefined;
  const given = request.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  return request.body?.length ?? (given === undefined ? undefined : Number(given));
}

/** A `Transfer-Encoding: chunked` line asks for chunks although the length is known. */
function chunkedAsked({ headers, httpVersion }: PreparedRequest): boolean {
  if (httpVersion === '2') return false;
  return headers.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && /\bchunked\b/i.test(value));
}

function shown(text: string): string {
  return text.replace(/[\r\n]+/g, '⏎').slice(0, 60);
}
