import type { Content, Cookie, Entry, Har, Header, Page, PostData, Request, Response, Timings } from 'har-format';
import { firstHeader, type HeaderList } from '../core/http/headerList.ts';
import { productVersion } from '../core/http/productVersion.ts';
import type { WireResponse } from '../core/http/transport.ts';
import type { Exchange, Hop } from '../core/session/exchange.ts';
import { base64Of } from '../core/text/base64.ts';
import { bodyText } from './bodyText.ts';
import { exactText } from './exactText.ts';
import { headersOnWire } from './hopText.ts';
import { maskedWords, noMask, type Mask } from './mask.ts';
import { sizeWords } from '../core/text/sizeWords.ts';

/** An exchange for an archive: a page with its hops in order. */
export interface ArchivedExchange {
  readonly title: string;
  readonly exchange: Pick<Exchange, 'startedAt' | 'durationMs' | 'failure' | 'hops'>;
  /** Shows everything when absent. */
  readonly mask?: Mask;
}

/** Exchanges as an HTTP archive (HAR 1.2), every hop of each. What is not known is -1 or left out, as the format has it; nothing is made up. */
export function httpArchive(exchanges: readonly ArchivedExchange[]): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Crumbtrail', version: productVersion },
      pages: exchanges.map(page),
      entries: exchanges.flatMap(({ exchange, mask = noMask }, index) =>
        exchange.hops.map((hop) => entry(hop, pageId(index), mask)),
      ),
    },
  };
}

function pageId(index: number): string {
  return `exchange-${index + 1}`;
}

function page({ title, exchange, mask = noMask }: ArchivedExchange, index: number): Page {
  const { startedAt, durationMs, failure } = exchange;
  return {
    id: pageId(index),
    title: maskedWords(title, mask),
    startedDateTime: new Date(startedAt).toISOString(),
    pageTimings: { onLoad: durationMs },
    ...(failure && { comment: mask.text(failure.message) }),
  };
}

function entry(hop: Hop, pageref: string, mask: Mask): Entry {
  const { timing, connection } = hop.wire;
  const address = connection?.via === undefined ? connection?.remoteAddress : undefined;
  const comments = [causes[hop.cause], ...(hop.failure ? [hop.failure.message] : [])].filter((text) => text !== '');
  return {
    pageref,
    startedDateTime: new Date(timing.startedAt).toISOString(),
    time: timing.totalMs,
    request: request(hop, mask),
    response: hop.response ? response(hop, hop.response, mask) : noResponse,
    cache: {},
    timings: timings(hop),
    ...(address !== undefined && { serverIPAddress: address }),
    ...(connection && { connection: String(connection.id) }),
    ...(comments.length > 0 && { comment: mask.text(comments.join(' ')) }),
  };
}

const causes: Readonly<Record<Hop['cause'], string>> = {
  first: '',
  redirect: 'Followed a redirect.',
  auth: 'Answered a challenge.',
  retry: 'Tried again.',
};

function request(hop: Hop, mask: Mask): Request {
  const lines = headersOnWire(hop);
  const { url: whole, rawTarget } = hop.request;
  const url = mask.url(rawTarget === undefined ? (whole.split('#', 1)[0] ?? '') : new URL(whole).origin + rawTarget);
  const postData = posted(hop, mask);
  const { rawRequestHead, requestBodyBytes } = hop.wire;
  return {
    method: hop.request.method,
    url,
    httpVersion: `HTTP/${hop.request.httpVersion}`,
    cookies: hop.cookies.sent.map(({ name, value }) => ({ name, value: mask.cookie(value) })),
    headers: headers(lines, mask),
    queryString: queryString(url),
    ...(postData && { postData }),
    headersSize: rawRequestHead === undefined ? -1 : new TextEncoder().encode(rawRequestHead).length,
    bodySize: requestBodyBytes,
  };
}

/** The format has no place for bytes that are no text. */
function posted({ request: { body, headers: lines }, wire }: Hop, mask: Mask): PostData | undefined {
  if (body === undefined) return undefined;
  const mimeType = firstHeader(lines, 'content-type') ?? '';
  const text = body.bytes && exactText(body.bytes);
  if (text !== undefined) return { mimeType, text: mask.text(text) };
  const size = sizeWords(body.length ?? wire.requestBodyBytes);
  return { mimeType, text: '', comment: `A body of ${size} was sent; it is no text, or came from a file.` };
}

function response(
  { cookies }: Hop,
  { status, reason, httpVersion, headers: lines, body }: WireResponse,
  mask: Mask,
): Response {
  return {
    status,
    statusText: reason,
    httpVersion: `HTTP/${httpVersion}`,
    cookies: cookies.received.flatMap((verdict) =>
      verdict.kind === 'rejected' ? [] : [setCookie(verdict.cookie, mask)],
    ),
    headers: headers(lines, mask),
    content: content(lines, body, mask),
    redirectURL: mask.url(firstHeader(lines, 'location') ?? ''),
    headersSize: -1,
    bodySize: body.wireBytes,
  };
}

/** What HAR says of a request that got no response. */
const noResponse: Response = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: '' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

function content(lines: HeaderList, body: WireResponse['body'], mask: Mask): Content {
  const contentType = firstHeader(lines, 'content-type');
  const text = bodyText(body.bytes, contentType, body.truncated, body.textDefault);
  const saved = body.decodedBytes - body.wireBytes;
  return {
    size: body.decodedBytes,
    mimeType: contentType ?? '',
    ...(saved > 0 && { compression: saved }),
    ...(text === undefined ? { text: base64Of(body.bytes), encoding: 'base64' } : { text: mask.text(text) }),
    ...(body.truncated && {
      comment: `Only the first ${sizeWords(body.bytes.length)} of ${sizeWords(body.decodedBytes)} are here.`,
    }),
  };
}

type StoredCookie = Extract<Hop['cookies']['received'][number], { kind: 'stored' }>['cookie'];

function setCookie({ name, value, path, domain, expires, httpOnly, secure }: StoredCookie, mask: Mask): Cookie {
  return {
    name,
    value: mask.cookie(value),
    path,
    domain,
    httpOnly,
    secure,
    ...(expires !== undefined && { expires: new Date(expires).toISOString() }),
  };
}

function headers(lines: HeaderList, mask: Mask): Header[] {
  return lines.map(([name, value]) => ({ name, value: mask.header(name, value) }));
}

function queryString(url: string): { name: string; value: string }[] {
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

/** -1: did not happen, or nobody knows. Of `connect` the format wants TLS to be a part. */
function timings({ wire: { timing } }: Hop): Timings {
  const { queueMs = -1, dnsMs = -1, connectMs, tlsMs, sendMs = -1, waitMs = -1, downloadMs = -1 } = timing;
  return {
    blocked: queueMs,
    dns: dnsMs,
    connect: connectMs === undefined && tlsMs === undefined ? -1 : (connectMs ?? 0) + (tlsMs ?? 0),
    ssl: tlsMs ?? -1,
    send: sendMs,
    wait: waitMs,
    receive: downloadMs,
  };
}
