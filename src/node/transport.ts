import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { LookupFunction } from 'node:net';
import { notSent } from '../core/http/notSent.ts';
import { proxyRoute, type ProxyRoute } from '../core/http/proxy/proxyRoute.ts';
import type {
  ConnectionFacts,
  PreparedRequest,
  RoundTrip,
  RoundTripOptions,
  Transport,
} from '../core/http/transport.ts';
import type { ConnectionOptions, ConnectTo } from './transportConnection.ts';
import { Lane } from './transportLane.ts';
import { bindsConnection, throughProxy, wireRequest } from './transportRequest.ts';
import { stops } from './transportStops.ts';
import { TransportTrust, type TlsIdentity, type TrustOptions } from './transportTrust.ts';
import { Trip } from './transportTrip.ts';

export interface TransportOptions extends TrustOptions {
  /** Epoch milliseconds. */
  now(): number;
  /** Where connections are really opened; Host line, SNI and everything shown stay as the URL says. */
  readonly connectTo?: ConnectTo;
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

/** What connections of one lane have in common, and what it takes to open one. */
interface Way {
  /** By what connections must not share: origin, proxy and its credentials, trust, identity, protocol, limit of the head, logins that bind them. */
  readonly key: string;
  readonly origin: URL;
  readonly httpVersion: '1.1' | '2';
  readonly verify: boolean;
  readonly maxHeaderBytes: number | undefined;
  readonly proxy: ProxyRoute | undefined;
  readonly identity: TlsIdentity;
}

class UndiciTransport implements Transport {
  private readonly options: TransportOptions;
  private readonly free = new Map<string, Lane[]>();
  private readonly lanes = new Map<Lane, string>();
  private readonly sessions = new Map<string, Buffer>();
  private readonly trust: TransportTrust;
  private connectionCount = 0;
  private isListening = false;
  private expecting: Trip | undefined;

  constructor(options: TransportOptions) {
    this.options = options;
    this.trust = new TransportTrust(options);
  }

  async roundTrip(request: PreparedRequest, options: RoundTripOptions): Promise<RoundTrip> {
    const startedAt = this.options.now();
    const wire = wireRequest(request);
    if ('code' in wire) return notSent(wire, startedAt);
    if (request.httpVersion === '2' && wire.url.protocol === 'http:') return notSent(stops.http2NeedsTls(), startedAt);
    const proxy = options.proxy && proxyRoute(options.proxy);
    if (proxy && 'code' in proxy) return notSent(proxy, startedAt);
    const passing = throughProxy(wire, proxy);
    // Files of certificates are looked at only when they are of use.
    const isTls = wire.url.protocol === 'https:' || proxy?.kind === 'https';
    const identity = isTls ? await this.trust.identity(options.tls) : noIdentity;
    if ('code' in identity) return notSent(identity, startedAt);
    if (options.signal.aborted) return notSent(stops.cancelled(), startedAt);
    this.listen();
    const { httpVersion } = request;
    const way = wayOf(wire.url, { ...passing, identity, httpVersion }, options, bindsConnection(wire) ? 'bound' : '');
    const take = (fresh: boolean) => this.laneFor(way, fresh);
    return new Trip(passing.request, { ...options, startedAt, httpVersion, take }, passing.proxy).done;
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
  private laneFor(way: Way, fresh: boolean): Lane {
    if (fresh) return this.openLane(way);
    const free = this.free.get(way.key);
    // HTTP/2 streams share a connection: its lane stays free while it is used.
    const lane = way.httpVersion === '2' ? free?.at(-1) : free?.pop();
    return lane ?? this.openLane(way);
  }

  private openLane(way: Way): Lane {
    const { key, origin, httpVersion, maxHeaderBytes } = way;
    const lane = new Lane({
      origin: origin.origin,
      httpVersion,
      maxHeaderBytes,
      connection: () => this.connectionOptions(way),
      expectHead: (trip) => (this.expecting = trip),
      onFree: (lane) => this.setFree(key, lane),
      onGone: (lane) => this.forget(key, lane),
    });
    this.lanes.set(lane, key);
    if (httpVersion === '2') this.setFree(key, lane);
    return lane;
  }

  private connectionOptions({ key, origin, httpVersion, verify, proxy, identity }: Way): ConnectionOptions {
    return {
      id: ++this.connectionCount,
      origin,
      verify,
      httpVersion,
      proxy,
      identity,
      connectTo: this.options.connectTo,
      lookup: this.options.lookup,
      session: () => this.sessions.get(key),
      onSession: (ticket) => this.sessions.set(key, ticket),
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

const noIdentity: TlsIdentity = { id: '', context: undefined, trust: undefined };

function wayOf(
  origin: URL,
  { proxy, identity, httpVersion }: Pick<Way, 'proxy' | 'identity' | 'httpVersion'>,
  { verify, maxHeaderBytes }: RoundTripOptions,
  binding: string,
): Way {
  const way = proxy ? JSON.stringify([proxy.shown, proxy.authorization, proxy.user, proxy.verify]) : '';
  const key = `${origin.origin} ${httpVersion} ${verify} ${maxHeaderBytes} ${identity.id} ${way} ${binding}`;
  return { key, origin, httpVersion, verify, maxHeaderBytes, proxy, identity };
}
