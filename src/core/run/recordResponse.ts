import type { RunInput } from './run.ts';
import type { Exchange, Hop } from '../session/exchange.ts';
import type { RecordedResponse } from '../session/session.ts';
import { base64Of } from '../text/base64.ts';
import type { WireResponse } from '../http/transport.ts';
import { sizeWords } from '../text/sizeWords.ts';
import { requestId } from '../syntax/query.ts';

/**
 * Decoded bytes of a body that are looked into (our choice). A reference may come in another process: its body lies in the session,
 * which is written after every send. A capture looks into what is in memory anyway.
 */
export const bodyLimits = { reference: 1024 * 1024, capture: 4 * 1024 * 1024 } as const;

/** What is kept of an exchange for references and captures; `undefined` when it got no response. */
export function recordedResponse(
  input: RunInput,
  exchange: Exchange,
  use: keyof typeof bodyLimits,
): RecordedResponse | undefined {
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
      ...(bytes && bytes.length <= bodyLimits.reference && { body: new TextDecoder().decode(bytes) }),
    },
    hops: exchange.hops.flatMap(({ request, response }) =>
      response
        ? [{ url: request.url, status: response.status, reason: response.reason, headers: response.headers }]
        : [],
    ),
    cookies: acceptedCookies(exchange.hops),
    ...keptBody(last.response.body, use),
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

type KeptBody = Pick<RecordedResponse, 'bodyBase64' | 'bodyDropped'>;

function keptBody({ bytes, truncated, decodedBytes }: WireResponse['body'], use: keyof typeof bodyLimits): KeptBody {
  const limit = bodyLimits[use];
  if (!truncated && bytes.length <= limit) return { bodyBase64: base64Of(bytes) };
  const size = Math.max(bytes.length, decodedBytes);
  if (size <= limit) return { bodyDropped: `Only the first ${sizeWords(bytes.length)} of its body were kept. ${next}` };
  const mebibytes = `${limit / 1024 / 1024} MiB`;
  return { bodyDropped: `Its body has ${sizeWords(size)}, and a ${use} looks into ${mebibytes} at most. ${next}` };
}

const next = 'Ask for less of it (a page, a filter, a range), or take the value from a header.';
