import type { Failure } from '../core/http/failure.ts';
import type { HeaderList } from '../core/http/headerList.ts';
import type { RequestBody, ResponseBody, Timing, WireResponse } from '../core/http/transport.ts';
import type { Hop } from '../core/session/exchange.ts';
import type { HeaderView, HopView } from '../protocol/exchangeView.ts';

/**
 * A hop from what is shown of it, for exports of an exchange that only its view is left of (after a reload, from the history). What the
 * view has not is not there: the connection, the bytes of a body that was cut, the rules of cookies. `startedAt`: of the exchange, in
 * epoch milliseconds.
 */
export function hopOfView(view: HopView, startedAt: number): Hop {
  const sentHeaders = lines(view.requestHeaders);
  return {
    number: view.number,
    cause: view.cause,
    attempt: 1,
    request: {
      method: view.method,
      url: view.url,
      headers: withoutJar(sentHeaders, view),
      body: requestBody(view.requestBody),
      httpVersion: / HTTP\/2$/m.test(view.requestHead.split('\n', 1)[0] ?? '') ? '2' : '1.1',
    },
    sentHeaders,
    response: response(view),
    cookies: { sent: view.cookies.sent.map(({ name, value }) => ({ explicit: true, name, value })), received: [] },
    decision: { kind: 'stop', reason: 'final' },
    wire: {
      timing: timing(view, startedAt),
      connection: undefined,
      tls: undefined,
      rawRequestHead: undefined,
      requestBodyBytes: view.requestBody?.bytes ?? 0,
    },
    failure: view.failure as Failure | undefined,
    warnings: [],
  };
}

function lines(headers: readonly HeaderView[]): HeaderList {
  return headers.map(({ name, value }) => [name, value]);
}

/** The lines of the request itself: the cookies of the jar are the session's. */
function withoutJar(headers: HeaderList, { cookies }: HopView): HeaderList {
  const own = cookies.sent.filter(({ explicit }) => explicit).map(({ name, value }) => `${name}=${value}`);
  return headers.flatMap(([name, value]) => {
    if (name.toLowerCase() !== 'cookie' || own.length === cookies.sent.length) return [[name, value] as const];
    return own.length === 0 ? [] : [[name, own.join('; ')] as const];
  });
}

function requestBody(body: HopView['requestBody']): RequestBody | undefined {
  if (body === undefined) return undefined;
  const bytes = body.truncated ? undefined : new TextEncoder().encode(body.text);
  return {
    ...(bytes && { bytes }),
    length: body.bytes,
    replayable: true,
    open: async function* () {
      if (bytes) yield bytes;
    },
  };
}

function response(view: HopView): WireResponse | undefined {
  if (view.status === undefined) return undefined;
  return {
    status: view.status,
    reason: view.reason ?? '',
    httpVersion: '1.1',
    headers: lines(view.responseHeaders),
    trailers: lines(view.trailers),
    informational: [],
    body: responseBody(view),
  };
}

function responseBody({ body, wireBytes, decodedBytes }: HopView): ResponseBody {
  const bytes = bytesOf(body);
  return { wireBytes, decodedBytes, bytes, truncated: body !== undefined && 'cut' in body };
}

/** A text is written as UTF-8, whatever it came in. */
function bytesOf(body: HopView['body']): Uint8Array {
  if (body && 'base64' in body) return Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0));
  return new TextEncoder().encode(body && 'text' in body ? body.text : '');
}

function timing(view: HopView, startedAt: number): Timing {
  const phases = Object.fromEntries(view.phases.map(({ name, ms }) => [`${name}Ms`, ms]));
  return { ...phases, startedAt: startedAt + view.startMs, totalMs: view.totalMs };
}
