import type { Failure, Warning } from '../http/failure.ts';
import { withoutHeaders } from '../http/headerList.ts';
import { notSent } from '../http/notSent.ts';
import type { PreparedRequest, RoundTrip, WireResponse } from '../http/transport.ts';
import type { Exchange, Hop } from './exchange.ts';
import { reasonOf } from '../text/reasonOf.ts';

/** Code that is told about sends. It is registered in code: hooks are in no file and in no snapshot. */
export interface SessionHooks {
  /**
   * Every request when it is whole, with its cookies and credentials, just before it is sent: code that signs requests. What it
   * returns is sent in its place, for this hop alone, and the length of a changed body is computed anew. It is asked for every hop:
   * whoever signs looks at the URL first. Nothing is sent when it throws or names another origin.
   */
  readonly onRequest?: (request: PreparedRequest) => PreparedRequest | undefined | Promise<PreparedRequest | undefined>;
  /**
   * Every response when it is whole, before anything follows from it; what it returns takes the response's place. Of a body that
   * outgrew memory `bytes` is the beginning.
   */
  readonly onResponse?: (
    response: WireResponse,
    request: PreparedRequest,
  ) => WireResponse | undefined | Promise<WireResponse | undefined>;
  readonly onHop?: (hop: Hop) => void;
  readonly onExchange?: (exchange: Exchange) => void;
}

/** Hooks of a request take the place of the session's of the same name (sessions.py merge_hooks). */
export function mergeHooks(session: SessionHooks, request: SessionHooks = {}): SessionHooks {
  return { ...session, ...request };
}

/** A round trip as the hooks leave it, and the request that was sent, or would have been. `now` in epoch milliseconds. */
export async function hookedTrip(
  request: PreparedRequest,
  hooks: SessionHooks,
  now: number,
  send: (request: PreparedRequest) => Promise<RoundTrip>,
): Promise<{ readonly sent: PreparedRequest; readonly roundTrip: RoundTrip }> {
  const sent = await hookedRequest(request, hooks);
  if ('code' in sent) return { sent: request, roundTrip: notSent(sent, now) };
  return { sent, roundTrip: await hookedRoundTrip(await send(sent), sent, hooks) };
}

/** The request as the hook wants it sent, or why it is not sent (SESSION A5). */
async function hookedRequest(
  request: PreparedRequest,
  { onRequest }: SessionHooks,
): Promise<PreparedRequest | Failure> {
  if (onRequest === undefined) return request;
  try {
    const changed = (await onRequest(request)) ?? request;
    if (new URL(changed.url).origin !== new URL(request.url).origin) {
      return requestHookFailed('it named another origin, for which cookies and credentials were not chosen');
    }
    // requests computes the length anew after the auth callable (models.py prepare_auth).
    if (changed.body === request.body) return changed;
    return { ...changed, headers: withoutHeaders(changed.headers, (name) => name === 'content-length') };
  } catch (error) {
    return requestHookFailed(reasonOf(error));
  }
}

function requestHookFailed(reason: string): Failure {
  return {
    code: 'invalid-auth',
    message: `The hook "onRequest" failed: ${reason}. Nothing was sent.`,
    hint: 'Correct the code that signs the request, or send without it.',
  };
}

/** A round trip as the response hook leaves it. A hook that throws leaves it as it was, and is told beside it. */
async function hookedRoundTrip(
  roundTrip: RoundTrip,
  request: PreparedRequest,
  { onResponse }: SessionHooks,
): Promise<RoundTrip> {
  if (onResponse === undefined || roundTrip.response === undefined) return roundTrip;
  try {
    return { ...roundTrip, response: (await onResponse(roundTrip.response, request)) ?? roundTrip.response };
  } catch (error) {
    return { ...roundTrip, warnings: [...roundTrip.warnings, hookFailed('onResponse', error)] };
  }
}

/** Tells listeners one after the other; each that throws becomes a warning, and the others are told all the same. */
export function tell<Told>(
  name: keyof SessionHooks,
  told: Told,
  listeners: readonly (((told: Told) => void) | undefined)[],
): readonly Warning[] {
  return listeners.flatMap((listener) => {
    try {
      listener?.(told);
      return [];
    } catch (error) {
      return [hookFailed(name, error)];
    }
  });
}

function hookFailed(name: keyof SessionHooks, error: unknown): Warning {
  const reason = reasonOf(error);
  return { code: 'hook-failed', message: `The hook "${name}" failed: ${reason}. The response is kept as it came.` };
}
