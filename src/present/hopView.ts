import { shownUrl } from '../core/http/shownUrl.ts';
import type { Failure } from '../core/http/failure.ts';
import type { StoredBody } from '../core/http/bodyStore.ts';
import type { HeaderList } from '../core/http/headerList.ts';
import type { PreparedRequest, ResponseHead } from '../core/http/transport.ts';
import type { Hop } from '../core/session/exchange.ts';
import type { FailureView, HeaderView, HopView, StoredBodyView } from '../protocol/exchangeView.ts';
import type { StreamView } from '../protocol/streamView.ts';
import { badges } from './badges.ts';
import { beginningView, bodyView, textLimits } from './bodyView.ts';
import { connectionFacts, phases, tlsFacts } from './connectionFacts.ts';
import { cookiesView } from './cookieViews.ts';
import { composedHead, requestBody, requestHead } from './hopText.ts';
import { masked, type Mask } from './mask.ts';

/** What a hop is seen from: the exchange's start and the clock, the mask, and what belongs to it alone. */
export interface HopScene {
  /** Epoch milliseconds: when the exchange began, and now. */
  readonly startedAt: number;
  readonly now: number;
  readonly mask: Mask;
  /** The request as written in the file; only the first hop has one. */
  readonly asWritten?: string | undefined;
  /** More of the last hop's body is shown than of the others'. */
  readonly isLast: boolean;
  readonly pretty?: string | undefined;
  /** The events of its body with their times, when it is a stream of events. */
  readonly stream?: StreamView | undefined;
}

export function hopView(hop: Hop, scene: HopScene): HopView {
  const { request, response, wire } = hop;
  const { mask } = scene;
  return {
    number: hop.number,
    cause: hop.cause,
    method: request.method,
    url: mask.text(request.url),
    ...(response ? { status: response.status, reason: response.reason } : {}),
    ...(hop.failure ? { failure: failureView(hop.failure, mask) } : {}),
    badges: badges(hop),
    startMs: Math.max(0, wire.timing.startedAt - scene.startedAt),
    phases: phases(wire.timing),
    totalMs: wire.timing.totalMs,
    ...requestParts(hop, scene),
    responseHeaders: headerViews(response?.headers ?? [], mask),
    trailers: headerViews(response?.trailers ?? [], mask),
    cookies: cookiesView(hop.cookies, scene.now),
    ...(response ? { body: bodyView(response, bodyOptions(scene)) } : {}),
    ...(response?.body.stored ? { stored: storedView(response.body.stored) } : {}),
    ...(scene.stream ? { stream: scene.stream } : {}),
    connection: connectionFacts(hop),
    tls: tlsFacts(wire.tls, scene.now),
    wireBytes: response?.body.wireBytes ?? 0,
    decodedBytes: response?.body.decodedBytes ?? 0,
    warnings: hop.warnings.map(({ message }) => mask.text(message)),
  };
}

/** What has come of a hop so far. */
export interface ArrivedSoFar {
  readonly head?: ResponseHead | undefined;
  readonly stream?: StreamView | undefined;
  readonly decodedBytes?: number;
  /** First bytes of a body that is too large to be shown at once. */
  readonly start?: Uint8Array | undefined;
}

/** The hop that is on its way: what is asked for is known, what came of it only so far. */
export function pendingHopView(
  request: PreparedRequest,
  hop: Pick<HopView, 'number' | 'cause' | 'startMs' | 'wireBytes' | 'transfer'> & {
    readonly arrived?: ArrivedSoFar | undefined;
  },
  scene: Pick<HopScene, 'mask' | 'asWritten'>,
): HopView {
  const body = requestBody(request, 0);
  const { arrived, ...place } = hop;
  const { head, stream, decodedBytes = 0, start } = arrived ?? {};
  const beginning = head && start && beginningView(head, start);
  return {
    ...place,
    ...(head ? { status: head.status, reason: head.reason } : {}),
    ...(stream ? { stream } : {}),
    ...(beginning ? { beginning } : {}),
    method: request.method,
    url: scene.mask.text(request.url),
    badges: [],
    phases: [],
    totalMs: 0,
    requestHead: composedHead(request, request.headers),
    ...(scene.asWritten === undefined ? {} : { asWritten: scene.asWritten }),
    requestHeaders: headerViews(request.headers, scene.mask),
    ...(body ? { requestBody: body } : {}),
    responseHeaders: headerViews(head?.headers ?? [], scene.mask),
    trailers: [],
    cookies: { sent: [], set: [], refused: [] },
    connection: [],
    tls: [],
    decodedBytes,
    warnings: [],
  };
}

export function failureView({ code, message, hint }: Failure, mask: Mask): FailureView {
  return { code, message: mask.text(message), hint: mask.text(hint) };
}

type RequestParts = Pick<HopView, 'requestHead' | 'asWritten' | 'requestHeaders' | 'requestBody'>;

function requestParts(hop: Hop, { mask, asWritten }: HopScene): RequestParts {
  const body = requestBody(hop.request, hop.wire.requestBodyBytes);
  return {
    requestHead: requestHead(hop),
    ...(asWritten === undefined ? {} : { asWritten }),
    requestHeaders: headerViews(hop.sentHeaders, mask),
    ...(body ? { requestBody: body } : {}),
  };
}

function storedView({ id, size }: StoredBody): StoredBodyView {
  return { id, bytes: size };
}

function bodyOptions({ isLast, pretty }: HopScene): Parameters<typeof bodyView>[1] {
  return { textLimit: isLast ? textLimits.lastHop : textLimits.otherHop, pretty };
}

function headerViews(headers: HeaderList, mask: Mask): HeaderView[] {
  return headers.map(([name, value]) => {
    const hidden = mask.header(name, value);
    // A Location is where the chain went: its parameters are shown as the next hop's URL shows them, its userinfo is not.
    const shown = name.toLowerCase() === 'location' ? mask.text(shownUrl(value)) : hidden;
    return shown === value
      ? { name, value, secret: false }
      : { name, value, secret: true, masked: shown.replaceAll(masked, dots) };
  });
}

const dots = '••••••';
