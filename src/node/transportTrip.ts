import type { Dispatcher } from 'undici';
import type { Failure, Warning } from '../core/http/failure.ts';
import { firstHeader, type HeaderList } from '../core/http/headerList.ts';
import { isEventStream, parseMediaType } from '../core/http/mediaType.ts';
import type {
  ResponseHead,
  RoundTrip,
  RoundTripOptions,
  Transferred,
  WireFacts,
  WireResponse,
} from '../core/http/transport.ts';
import type { Connection } from './transportConnection.ts';
import { BodyDecoder, contentCodings, type DecodedBody } from './transportDecode.ts';
import type { ProxyRoute } from '../core/http/proxy/proxyRoute.ts';
import { failureOf, type Circumstances } from './transportFailures.ts';
import { headerLines, pseudoFirst, reasonText } from './transportHeaders.ts';
import type { Lane } from './transportLane.ts';
import { answeredAuth, maskCredentials } from './transportProxyFailures.ts';
import { isWrittenOut, type WireRequest } from './transportRequest.ts';
import { maxCodings, stops } from './transportStops.ts';
import { ProxyRefusal } from './transportTunnel.ts';
import { TransportTimers } from './transportTimers.ts';
import { timingOf, type Moments } from './transportTiming.ts';

function hasEvents(headers: HeaderList): boolean {
  return isEventStream(parseMediaType(firstHeader(headers, 'content-type')));
}

/** Our choice: undici counts the lines of a head itself, and a body that comes with it is read in pieces of 64 KiB. */
const roomBeside = 512 * 1024;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export interface TripOptions extends RoundTripOptions {
  readonly startedAt: number;
  readonly httpVersion: '1.1' | '2';
  /** A lane to travel on; `fresh`: one without a connection. */
  readonly take: (fresh: boolean) => Lane;
}

/** One round trip from dispatch to its end: the handler that undici calls, the timers, and the record of what happened. */
export class Trip implements Dispatcher.DispatchHandler {
  readonly done: Promise<RoundTrip>;
  connection: Connection | undefined;
  private readonly request: WireRequest;
  private readonly options: TripOptions;
  private readonly proxy: ProxyRoute | undefined;
  private lane: Lane;
  private readonly moments: Moments;
  private readonly informational: number[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private resolve!: (trip: RoundTrip) => void;
  private ended = false;
  private head: ResponseHead | undefined;
  private decoder: BodyDecoder | undefined;
  /** Bytes of the body that are wanted; see `RoundTripOptions.stopBodyAt`. */
  private stopAt: number | undefined;
  /** The Content-Length. */
  private expected: number | undefined;
  private isOldHttp = false;
  private firstBytes: Buffer | undefined;
  private rawHead: string | undefined;
  private bodySent = 0;
  private socketStart = { read: 0, written: 0 };
  private socketBytes: WireFacts['socketBytes'];
  private readonly timers: TransportTimers;

  constructor(request: WireRequest, options: TripOptions, proxy: ProxyRoute | undefined) {
    this.request = request;
    this.options = options;
    this.proxy = proxy;
    this.moments = {
      startedAt: options.startedAt,
      begun: performance.now(),
      opening: undefined,
      sending: undefined,
      sent: undefined,
      answered: undefined,
      ended: undefined,
    };
    this.done = new Promise((resolve) => (this.resolve = resolve));
    this.timers = new TransportTimers({
      timeouts: options.timeouts,
      host: proxy ? `${request.url.host} (through ${proxy.shown})` : request.url.host,
      bodyBytes: () => this.head && this.decoder?.wireBytes,
      onExpired: (failure) => this.fail(failure),
    });
    options.signal.addEventListener('abort', this.onAbort);
    this.lane = options.take(false);
    this.lane.start(this, request);
  }

  onConnecting(): void {
    this.timers.connecting();
  }

  private readonly onAbort = (): void => this.fail(stops.cancelled());

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.ended) return controller.abort(new Error('ended'));
    this.controller = controller;
    const connection = this.lane.connection;
    if (connection) this.useConnection(connection);
    this.moments.sending = performance.now();
    this.timers.sending(this.options.httpVersion === '2' ? undefined : connection?.socket);
    this.lane.expectHead(this);
  }

  private useConnection(connection: Connection): void {
    this.connection = connection;
    if (connection.uses++ === 0) this.moments.opening = connection.moments;
    const { informational } = this;
    // Knows the list alone: a connection outlives its trips, and what it refers to would stay in memory for long.
    if (this.options.httpVersion === '1.1') connection.reads.onContinue = () => informational.push(100);
    connection.reads.room = this.roomForHead;
    connection.reads.onFlood = () => this.flooded();
    const { bytesRead = 0, bytesWritten = 0 } = connection.socket ?? {};
    this.socketStart = { read: bytesRead, written: bytesWritten };
  }

  /** What one head may need, and as much of a body as is read together with it. */
  private get roomForHead(): number {
    return (this.options.maxHeaderBytes ?? 0) + roomBeside;
  }

  /** So many bytes came which are neither the head of the response nor its body. */
  private flooded(): void {
    if (this.ended || this.connection?.reads.room === Infinity) return;
    const { url } = this.request;
    this.fail(this.head ? stops.endlessFraming(url.host) : stops.endlessHead(url.host, this.informational.length));
  }

  /** The head as undici is about to write it; the framing line and the empty line come behind it. */
  onHead(text: string): void {
    const shown = this.proxy ? maskCredentials(text) : text;
    this.rawHead = this.options.httpVersion === '2' ? pseudoFirst(shown) : `${shown}${this.request.framing}\r\n`;
  }

  onBodySent(chunk: Buffer): void {
    this.bodySent += chunk.length;
    this.timers.touch();
    this.tell({ kind: 'upload', bytes: this.bodySent }, this.request.bodyLength);
  }

  onRequestSent(): void {
    this.moments.sent = this.timers.touch();
    this.options.onProgress?.({ kind: 'sent' });
  }

  onResponseStarted(): void {
    this.moments.answered = this.timers.touch();
    this.firstBytes = this.connection?.reads.last;
    this.isOldHttp = this.firstBytes?.subarray(0, 8).toString('latin1') === 'HTTP/1.0';
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    reason: string | undefined,
  ): void {
    this.timers.touch();
    // RFC 9110 15: three digits from 100 on; the parser takes others too.
    if (status < 100) return this.fail(stops.noStatus(this.request.url.host, status));
    if (status < 200) {
      this.informational.push(status);
      return;
    }
    this.giveRoom();
    const headers = headerLines(controller.rawHeaders);
    const httpVersion = this.options.httpVersion === '2' ? '2' : this.isOldHttp ? '1.0' : '1.1';
    this.head = { status, reason: reasonText(reason, status, this.firstBytes), httpVersion, headers };
    this.firstBytes = undefined;
    this.stopAt = this.options.stopBodyAt?.(status, headers);
    const length = firstHeader(headers, 'content-length');
    this.expected = length === undefined ? undefined : Number(length);
    if (this.options.quietStreams === true && hasEvents(headers)) this.timers.allowSilence();
    this.openDecoder(controller, headers);
    this.options.onProgress?.({ kind: 'head', head: this.head });
  }

  private openDecoder(controller: Dispatcher.DispatchController, headers: HeaderList): void {
    const codings = contentCodings(headers);
    const { bodyLimit, maxDecodedBytes } = this.options;
    // A body that is not read to its end is small by decision.
    const store = this.stopAt === undefined ? this.options.bodyStore : undefined;
    this.decoder = new BodyDecoder({
      codings: codings.length > maxCodings ? [] : codings,
      bodyLimit: Math.min(bodyLimit, this.stopAt ?? store?.memoryLimit(headers) ?? bodyLimit),
      maxDecodedBytes: this.stopAt ?? maxDecodedBytes,
      store,
      onContent: (bytes) => this.options.onProgress?.({ kind: 'content', bytes }),
      onDrain: () => this.resume(controller),
      onLimit: () => (this.stopAt === undefined ? this.fail(this.overLimit()) : this.cutShort()),
      onStoreTrouble: () => this.cutShort(),
    });
    if (codings.length > maxCodings) this.fail(stops.tooManyCodings(codings.length));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.ended || !this.decoder) return;
    this.timers.touch();
    this.giveRoom();
    if (!this.decoder.write(chunk)) this.pause(controller);
    this.tell({ kind: 'body', wireBytes: this.decoder.wireBytes }, this.expected);
    if (this.decoder.wireBytes > (this.stopAt ?? Infinity)) this.cutShort();
  }

  private giveRoom(): void {
    if (this.connection) this.connection.reads.room = this.roomForHead;
  }

  private tell(progress: Transferred, expected: number | undefined): void {
    this.options.onProgress?.(expected === undefined ? progress : { ...progress, expected });
  }

  /** As long as this side is not ready for more, the server is not to blame for sending nothing. */
  private pause(controller: Dispatcher.DispatchController): void {
    controller.pause();
    this.timers.hold();
  }

  private resume(controller: Dispatcher.DispatchController): void {
    this.timers.letGo();
    controller.resume();
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (this.ended) return;
    this.finish();
    this.lane.release(this, true);
    void this.settle(undefined, headerLines(controller.rawTrailers));
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.ended) return;
    if (this.isStale()) this.startAgain();
    else this.fail(failureOf(error, this.circumstances()));
  }

  /**
   * The server closed a kept connection at this very moment. Nothing was written, or nothing was answered and a safe method
   * asks for no effect (RFC 9110 9.2.1): then a new connection is no second attempt. It is never kept, so this happens once.
   */
  private isStale(): boolean {
    if (!this.controller) return (this.lane.connection?.uses ?? 0) > 0;
    const { body, method } = this.request;
    const isSafe = safeMethods.has(method) && (body === null || Buffer.isBuffer(body));
    return isSafe && this.moments.opening === undefined && this.connection?.socket?.bytesRead === this.socketStart.read;
  }

  private startAgain(): void {
    this.lane.release(this, false);
    this.controller = this.connection = undefined;
    this.moments.sending = this.moments.sent = undefined;
    this.bodySent = 0;
    this.lane = this.options.take(true);
    this.lane.start(this, this.request);
  }

  /** Ends the round trip from this side, at whatever stage it is; what has arrived is kept. */
  fail(failure: Failure): void {
    if (this.ended) return;
    if (!this.controller) this.useUnopened();
    this.finish();
    this.controller?.abort(new Error(failure.code));
    this.lane.release(this, false);
    void this.settle(failure, []);
  }

  /** As much of the body as is wanted has come: the rest is not read, so the connection cannot be used again. */
  private cutShort(): void {
    if (this.ended) return;
    this.finish();
    this.controller?.abort(new Error('enough'));
    this.lane.release(this, false);
    void this.settle(undefined, [], true);
  }

  /** What is known of a connection that did not come about in time. */
  private useUnopened(): void {
    const { connection } = this.lane;
    if (!connection || connection.uses > 0 || connection.moments.begun < this.moments.begun) return;
    this.connection = connection;
    this.moments.opening = connection.moments;
  }

  private finish(): void {
    this.ended = true;
    // A connection outlives its trips: what it refers to would stay in memory for long.
    if (this.connection) this.connection.reads.onFlood = undefined;
    this.moments.ended = performance.now();
    this.options.signal.removeEventListener('abort', this.onAbort);
    this.timers.stop();
    this.countSocketBytes();
  }

  private countSocketBytes(): void {
    const socket = this.connection?.socket;
    if (!socket || !this.controller || this.options.httpVersion === '2') return;
    this.socketBytes = {
      sent: socket.bytesWritten - this.socketStart.written,
      received: socket.bytesRead - this.socketStart.read,
      layer: this.connection?.isEncrypted ? 'plaintext' : 'wire',
    };
  }

  private async settle(given: Failure | undefined, trailers: HeaderList, isCut = false): Promise<void> {
    const decoded = await this.decoder?.end(isCut || given !== undefined);
    // A small body can be all here before it has been decoded up to the limit.
    const isOver = decoded?.isOverLimit === true;
    const failure =
      given ?? (isOver && this.stopAt === undefined ? this.overLimit() : undefined) ?? this.wantsProxyAuth();
    const body = decoded && { ...decoded.body, truncated: decoded.body.truncated || isCut || isOver };
    const storeTrouble = body?.stored?.trouble;
    const response = this.head && body && { ...this.head, trailers, informational: this.informational, body };
    this.resolve({
      response: response ?? this.refusal(),
      failure,
      wire: this.facts(),
      warnings: [...this.warnings(decoded), ...(storeTrouble === undefined ? [] : [storeWarning(storeTrouble)])],
    });
  }

  /** RFC 9110 15.5.8: a 407 is the proxy's own answer and never the server's. */
  private wantsProxyAuth(): Failure | undefined {
    if (!this.proxy || this.head?.status !== 407 || !isWrittenOut(this.request.url, this.proxy)) return undefined;
    return answeredAuth(this.proxy, this.head);
  }

  /** What the proxy answered instead of opening a tunnel. */
  private refusal(): WireResponse | undefined {
    const error = this.connection?.error;
    return error instanceof ProxyRefusal ? error.response : undefined;
  }

  private overLimit(): Failure {
    return stops.decodeLimit(this.options.maxDecodedBytes ?? 0);
  }

  private facts(): WireFacts {
    return {
      timing: timingOf(this.moments),
      connection: this.connection?.facts(this.moments.opening === undefined),
      tls: this.connection?.tls,
      rawRequestHead: this.rawHead,
      requestBodyBytes: this.bodySent,
      ...(this.socketBytes && { socketBytes: this.socketBytes }),
    };
  }

  private warnings(decoded: DecodedBody | undefined): Warning[] {
    const warnings: Warning[] = [];
    const tls = this.connection?.tls;
    if (this.controller && tls && !tls.authorized) {
      const message = `The certificate of ${this.request.url.host} was not verified; it would be refused: ${tls.authorizationError ?? 'unknown'}.`;
      warnings.push({ code: 'not-verified', message });
    }
    if (decoded?.decodeTrouble !== undefined) {
      const what = decoded.isRaw
        ? 'it is shown as it came'
        : `its first ${decoded.body.decodedBytes} bytes could be read`;
      const message = `The body is not what Content-Encoding says (${decoded.decodeTrouble}): ${what}.`;
      warnings.push({ code: 'decode-failed', message });
    }
    return warnings;
  }

  private circumstances(): Circumstances {
    const connection = this.connection ?? this.lane.connection;
    return {
      origin: this.request.url,
      proxy: this.proxy && {
        route: this.proxy,
        isReached: connection?.hasReachedProxy === true,
        isPassed: connection?.hasPassedProxy === true,
      },
      stage: this.head ? 'body' : this.controller ? 'head' : 'connect',
      connection: connection?.facts(this.moments.opening === undefined),
      wasConnected: connection?.moments.connected !== undefined,
      tls: connection?.error && connection.tls,
      lastRead: connection?.reads.last,
      receivedBytes: this.decoder?.wireBytes ?? 0,
      expectedBytes: this.expected,
      maxHeaderBytes: this.options.maxHeaderBytes,
      isHttp2: this.options.httpVersion === '2',
    };
  }
}

function storeWarning(message: string): Warning {
  return { code: 'body-not-stored', message };
}
