import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Failure } from '../core/http/failure.ts';
import type {
  ConnectionFacts,
  PreparedRequest,
  RoundTrip,
  RoundTripOptions,
  Transport,
} from '../core/http/transport.ts';
import type { ConnectionOptions, ConnectTo } from './transportConnection.ts';
import { Lane } from './transportLane.ts';
import { wireRequest } from './transportRequest.ts';
import { stops } from './transportStops.ts';
import { trustContext } from './transportTls.ts';
import { Trip } from './transportTrip.ts';

export interface TransportOptions {
  /** Epoch milliseconds. */
  now(): number;
  /** Where connections are really opened; Host line, SNI and everything shown stay as the URL says. */
  readonly connectTo?: ConnectTo;
  /** PEM certificates trusted besides Node's roots; a function is called with the first TLS connection. */
  readonly ca?: readonly string[] | (() => readonly string[]);
  /** How names become addresses, in the form of `dns.lookup`. */
  readonly lookup?: LookupFunction;
}

/**
 * One round trip at a time over sockets of its own: nothing is shared with another transport, Node's fetch or undici's
 * global dispatcher. Over HTTP/1.1 each connection carries one request at a time and is kept for the next.
 */
export function createTransport(options: TransportOptions): Transport {
  return new UndiciTransport(options);
}

const channel = 'undici:client:sendHeaders';

class UndiciTransport implements Transport {
  private readonly options: TransportOptions;
  /** By what connections must not share: origin, verification, protocol, limit of the head. */
  private readonly free = new Map<string, Lane[]>();
  private readonly lanes = new Map<Lane, string>();
  private readonly sessions = new Map<string, Buffer>();
  private readonly trust: () => SecureContext | undefined;
  private connectionCount = 0;
  private isListening = false;
  private expecting: Trip | undefined;

  constructor(options: TransportOptions) {
    this.options = options;
    this.trust = once(() => trustContext(typeof options.ca === 'function' ? options.ca() : (options.ca ?? [])));
  }

  async roundTrip(request: PreparedRequest, options: RoundTripOptions): Promise<RoundTrip> {
    const startedAt = this.options.now();
    const wire = wireRequest(request);
    if ('code' in wire) return notSent(wire, startedAt);
    if (options.signal.aborted) return notSent(stops.cancelled(), startedAt);
    if (request.httpVersion === '2' && wire.url.protocol === 'http:') return notSent(stops.http2NeedsTls(), startedAt);
    this.listen();
    const take = (fresh: boolean) => this.laneFor(wire.url, request.httpVersion, options, fresh);
    return new Trip(wire, { ...options, startedAt, httpVersion: request.httpVersion, take }).done;
  }

  connections(): readonly ConnectionFacts[] {
    return [...this.lanes.keys()].flatMap(({ connection }) =>
      connection?.isOpen ? [connection.facts(connection.uses > 1)] : [],
    );
  }

  close(): Promise<void> {
    for (const lane of this.lanes.keys()) {
      lane.failAll((trip) => trip.fail(stops.closed()));
      lane.retire();
    }
    this.sessions.clear();
    if (this.isListening) unsubscribe(channel, this.onHead);
    this.isListening = false;
    return Promise.resolve();
  }

  /** A free lane, the latest used first: it is the least likely to have been closed by the server. */
  private laneFor(url: URL, httpVersion: '1.1' | '2', options: RoundTripOptions, fresh: boolean): Lane {
    const { verify, maxHeaderBytes } = options;
    const key = `${url.origin} ${httpVersion} ${verify} ${maxHeaderBytes}`;
    if (fresh) return this.openLane(key, url, httpVersion, verify, maxHeaderBytes);
    const free = this.free.get(key);
    // HTTP/2 streams share a connection: its lane stays free while it is used.
    const lane = httpVersion === '2' ? free?.at(-1) : free?.pop();
    return lane ?? this.openLane(key, url, httpVersion, verify, maxHeaderBytes);
  }

  private openLane(
    key: string,
    url: URL,
    httpVersion: '1.1' | '2',
    verify: boolean,
    maxHeaderBytes: number | undefined,
  ): Lane {
    const lane = new Lane({
      origin: url.origin,
      httpVersion,
      maxHeaderBytes,
      connection: () => this.connectionOptions(url, httpVersion, verify),
      expectHead: (trip) => (this.expecting = trip),
      onFree: (lane) => this.setFree(key, lane),
      onGone: (lane) => this.forget(key, lane),
    });
    this.lanes.set(lane, key);
    if (httpVersion === '2') this.setFree(key, lane);
    return lane;
  }

  private connectionOptions(origin: URL, httpVersion: '1.1' | '2', verify: boolean): ConnectionOptions {
    return {
      id: ++this.connectionCount,
      origin,
      verify,
      httpVersion,
      connectTo: this.options.connectTo,
      lookup: this.options.lookup,
      trust: this.trust,
      sessions: this.sessions,
    };
  }

  private setFree(key: string, lane: Lane): void {
    const free = this.free.get(key);
    if (!free) this.free.set(key, [lane]);
    else if (!free.includes(lane)) free.push(lane);
  }

  private forget(key: string, lane: Lane): void {
    this.lanes.delete(lane);
    const free = this.free.get(key)?.filter((each) => each !== lane) ?? [];
    if (free.length > 0) this.free.set(key, free);
    else this.free.delete(key);
  }

  private listen(): void {
    if (this.isListening) return;
    this.isListening = true;
    subscribe(channel, this.onHead);
  }

  /**
   * undici publishes a head in the same call in which it told the trip that its request starts, so the trip that waits is
   * the one; heads of every other undici in the process come when none waits.
   */
  private readonly onHead = (message: unknown): void => {
    const trip = this.expecting;
    if (!trip) return;
    this.expecting = undefined;
    const { headers, socket } = message as { headers: string; socket: unknown };
    if (socket === trip.connection?.socket) trip.onHead(headers);
  };
}

function notSent(failure: Failure, startedAt: number): RoundTrip {
  const wire = {
    timing: { startedAt, totalMs: 0 },
    connection: undefined,
    tls: undefined,
    rawRequestHead: undefined,
    requestBodyBytes: 0,
  };
  return { response: undefined, failure, wire, warnings: [] };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
