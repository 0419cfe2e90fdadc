import type { RunInput } from './run.ts';
import type { Exchange, Hop } from '../session/exchange.ts';
import type { RecordedResponse } from '../session/session.ts';
import { base64Of } from '../text/base64.ts';
import { requestId } from '../syntax/query.ts';

/** Decoded bytes of a body that are kept with a session (ARCHITECTURE 2a). */
const bodyLimit = 1024 * 1024;

/** What is kept of an exchange for references and captures; `undefined` when it got no response. */
export function recordedResponse(input: RunInput, exchange: Exchange): RecordedResponse | undefined {
  const [first] = exchange.hops;
  const last = exchange.hops.at(-1);
  if (!first || !last?.response) return undefined;
  const { bytes } = first.request.body ?? {};
  return {
    file: input.file.id,
    id: requestId(input.block) ?? 'the request',
    at: input.ports.now(),
    request: {
      method: first.request.method,
      url: first.request.url,
      headers: first.request.headers,
      ...(bytes && bytes.length <= bodyLimit && { body: new TextDecoder().decode(bytes) }),
    },
    hops: exchange.hops.flatMap(({ request, response }) =>
      response
        ? [{ url: request.url, status: response.status, reason: response.reason, headers: response.headers }]
        : [],
    ),
    cookies: acceptedCookies(exchange.hops),
    ...keptBody(last.response.body),
  };
}

/** The last value of each cookie that the chain set and did not delete again. */
function acceptedCookies(hops: readonly Hop[]): RecordedResponse['cookies'] {
  const cookies = new Map<string, string>();
  for (const verdict of hops.flatMap((hop) => hop.cookies.received)) {
    if (verdict.kind === 'stored') cookies.set(verdict.cookie.name, verdict.cookie.value);
    if (verdict.kind === 'deleted') cookies.delete(verdict.cookie.name);
  }
  return [...cookies];
}

function keptBody(body: { bytes: Uint8Array; truncated: boolean }): { bodyBase64: string } | { bodyDropped: string } {
  if (body.truncated || body.bytes.length > bodyLimit) {
    return { bodyDropped: 'The body was larger than 1 MiB and is not kept. Refer to a header, or ask for less.' };
  }
  return { bodyBase64: base64Of(body.bytes) };
}
