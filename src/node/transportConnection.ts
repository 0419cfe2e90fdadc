import { connect as connectTcp, isIP, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net';
import { checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls';
import type { ProxyRoute } from '../core/http/proxy/proxyRoute.ts';
import type { ConnectionFacts, TlsFacts } from '../core/http/transport.ts';
import { attemptWord } from './transportFailures.ts';
import { TransportReads } from './transportReads.ts';
import { socksThrough } from './transportSocks.ts';
import { tlsFacts } from './transportTls.ts';
import type { TlsIdentity } from './transportTrust.ts';
import { connectThrough } from './transportTunnel.ts';
import type { OpeningMoments } from './transportTiming.ts';

/** Where to open the TCP connection meant for `host` (no brackets) and `port`, like curl's `--connect-to`. */
export type ConnectTo = (host: string, port: number) => Address | Promise<Address>;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ConnectionOptions {
  readonly id: number;
  readonly origin: URL;
  readonly verify: boolean;
  readonly httpVersion: '1.1' | '2';
  readonly connectTo: ConnectTo | undefined;
  readonly lookup: LookupFunction | undefined;
  readonly proxy: ProxyRoute | undefined;
  readonly identity: TlsIdentity;
  /** Ticket of the last TLS connection that had the same origin, trust, identity and way; for resumption. */
  readonly session: () => Buffer | undefined;
  readonly onSession: (ticket: Buffer) => void;
}

type Attempt = { address: string; port: number; error?: string };

/** Peer and local address, read at connect because a closed socket has forgotten them. */
type Ends = Pick<ConnectionFacts, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort' | 'family'>;

/** One socket from its first moment: it opens itself on construction and keeps what happened, also when it fails. */
export class Connection {
  readonly id: number;
  readonly moments: OpeningMoments = {
    begun: performance.now(),
    lookedUp: undefined,
    connected: undefined,
    secured: undefined,
  };
  readonly attempts: Attempt[] = [];
  /** Round trips that were written to it. */
  uses = 0;
  socket: Socket | undefined;
  tls: TlsFacts | undefined;
  /** Why it could not be opened. */
  error: Error | undefined;
  /** The proxy, if there is one, took the connection. */
  hasReachedProxy = false;
  /** It opened the way, or reads the request itself. */
  hasPassedProxy = false;
  readonly reads = new TransportReads();
  private readonly options: ConnectionOptions;
  private ends: Ends = {};
  private settle: ((error: Error | null, socket: Socket | null) => void) | undefined;

  constructor(options: ConnectionOptions, settle: (error: Error | null, socket: Socket | null) => void) {
    this.id = options.id;
    this.options = options;
    this.settle = settle;
    const wanted = options.proxy ?? this.target;
    if (!options.connectTo) this.open(wanted);
    else void this.openMapped(options.connectTo, { host: wanted.host, port: wanted.port });
  }

  facts(reused: boolean): ConnectionFacts {
    const { origin, proxy } = this.options;
    return {
      id: this.id,
      origin: origin.origin,
      ...(proxy && { via: proxy.shown }),
      reused,
      ...this.ends,
      attempts: this.attempts,
    };
  }

  get isEncrypted(): boolean {
    return this.socket !== undefined && 'encrypted' in this.socket;
  }

  private get target(): Address {
    const { hostname, protocol, port } = this.options.origin;
    return { host: bare(hostname), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  }

  /** Gives up, whatever the state; nothing is reported any more. */
  discard(): void {
    this.settle = undefined;
    this.socket?.destroy();
  }

  get isOpening(): boolean {
    return this.settle !== undefined;
  }

  get isOpen(): boolean {
    return this.socket !== undefined && this.moments.connected !== undefined && !this.socket.destroyed;
  }

  private async openMapped(connectTo: ConnectTo, wanted: Address): Promise<void> {
    try {
      const address = await connectTo(wanted.host, wanted.port);
      if (this.settle) this.open(address);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private open(address: Address): void {
    const { proxy, origin } = this.options;
    try {
      if (proxy) this.openProxy(proxy, address);
      else if (origin.protocol === 'https:') this.openTls(this.tcpOptions(address));
      else this.openPlain(address);
    } catch (error) {
      // Ports out of range are refused before a socket exists.
      queueMicrotask(() => this.fail(error as Error));
    }
  }

  private openTcp(address: Address): Socket {
    const options = { ...this.tcpOptions(address), highWaterMark: 64 * 1024 };
    return this.watch(connectTcp(options));
  }

  private openPlain(address: Address): void {
    const socket = this.openTcp(address);
    socket.once('connect', () => this.succeed(socket));
  }

  private openTls(way: TcpNetConnectOpts | { readonly socket: Socket }): void {
    const { origin, httpVersion, identity, session: lastSession, onSession } = this.options;
    const host = bare(origin.hostname);
    const session = lastSession();
    const socket = connectTls({
      ...way,
      servername: serverName(host),
      // undici would take HTTP/2 by itself wherever a server prefers it; which one is the request's wish.
      ALPNProtocols: httpVersion === '2' ? ['h2', 'http/1.1'] : ['http/1.1'],
      ...(identity.context && { secureContext: identity.context }),
      ...(session && { session }),
      // Judged in `secured`, where the certificate of a peer that is refused can still be read.
      rejectUnauthorized: false,
      // The address may be mapped, and undici would take an overridden Host: the URL's host is what counts.
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    });
    // Resumed sessions are not checked against the name again, so only those of verified servers are kept.
    socket.on('session', (ticket: Buffer) => {
      if (socket.authorized) onSession(ticket);
    });
    this.watch(socket).once('secureConnect', () => this.secured(socket));
  }

  /** The first socket leads to the proxy; what it is good for comes after that. */
  private openProxy(proxy: ProxyRoute, address: Address): void {
    if (proxy.kind === 'https') this.openProxyTls(proxy, address);
    else {
      const socket = this.openTcp(address);
      socket.once('connect', () => void this.passProxy(proxy, socket));
    }
  }

  /** The client certificate is for servers: a proxy does not get to see it. */
  private openProxyTls(proxy: ProxyRoute, address: Address): void {
    const { identity, verify } = this.options;
    const socket = connectTls({
      ...this.tcpOptions(address),
      servername: serverName(proxy.host),
      ALPNProtocols: ['http/1.1'],
      ...(identity.trust && { secureContext: identity.trust }),
      rejectUnauthorized: verify && proxy.verify,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(proxy.host, certificate),
    });
    this.watch(socket).once('secureConnect', () => void this.passProxy(proxy, socket));
  }

  private async passProxy(proxy: ProxyRoute, socket: Socket): Promise<void> {
    this.hasReachedProxy = true;
    const { origin, lookup } = this.options;
    const isSecure = origin.protocol === 'https:';
    try {
      if (proxy.kind.startsWith('socks')) await socksThrough(socket, proxy, this.target, lookup);
      else if (isSecure) await connectThrough(socket, this.target, proxy);
    } catch (error) {
      socket.destroy();
      return this.fail(error as Error);
    }
    this.hasPassedProxy = true;
    if (!this.settle) return void socket.destroy();
    // The time that the proxy took belongs to connecting.
    this.moments.connected = performance.now();
    if (isSecure) this.openTls({ socket });
    else this.succeed(socket);
  }

  private tcpOptions({ host, port }: Address): TcpNetConnectOpts {
    const lookup = this.options.lookup && afterwards(this.options.lookup);
    return { host, port, noDelay: true, keepAlive: true, autoSelectFamily: true, ...(lookup && { lookup }) };
  }

  /** Over a proxy there are two sockets, one after the other; only the first one looks up and connects. */
  private watch<S extends Socket>(socket: S): S {
    const { moments, attempts } = this;
    this.socket = socket;
    socket
      .once('lookup', () => (moments.lookedUp = performance.now()))
      .on('connectionAttempt', (address: string, port: number) => attempts.push({ address, port }))
      .on('connectionAttemptFailed', (address: string, port: number, _family: number, error: Error) =>
        this.attemptFailed(address, port, attemptWord(error)),
      )
      .on('connectionAttemptTimeout', (address: string, port: number) =>
        this.attemptFailed(address, port, 'connect-timeout'),
      )
      .once('connect', () => this.connected(socket))
      .on('error', (error: Error) => this.fail(error));
    return socket;
  }

  private attemptFailed(address: string, port: number, error: string): void {
    const attempt = this.attempts.findLast((each) => each.address === address && each.port === port && !each.error);
    if (attempt) attempt.error = error;
  }

  private connected(socket: Socket): void {
    if (this.moments.connected !== undefined) return;
    this.moments.connected = performance.now();
    this.ends = endsOf(socket);
  }

  private secured(socket: TLSSocket): void {
    this.moments.secured = performance.now();
    this.tls = tlsFacts(socket);
    const { verify, httpVersion } = this.options;
    if (verify && !socket.authorized) return this.refuse(socket, this.tls.authorizationError ?? '');
    if (httpVersion === '2' && socket.alpnProtocol !== 'h2') return this.refuse(socket, 'NO_HTTP2');
    this.succeed(socket);
  }

  private refuse(socket: TLSSocket, code: string): void {
    this.fail(Object.assign(new Error(code), { code }));
    socket.destroy();
  }

  private succeed(socket: Socket): void {
    this.reads.tap(socket);
    this.settle?.(null, socket);
    this.settle = undefined;
  }

  private fail(error: Error): void {
    this.error ??= error;
    this.settle?.(error, null);
    this.settle = undefined;
  }
}

/** A lookup that answers at once would let the socket connect before anyone listens to it. */
function afterwards(lookup: LookupFunction): LookupFunction {
  return (name, options, done) => queueMicrotask(() => lookup(name, options, done));
}

/** RFC 6066 3: the name without its final dot; an address is never sent as a name. */
function serverName(host: string): string {
  return isIP(host) ? '' : host.replace(/\.$/, '');
}

function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function endsOf({ remoteAddress, remotePort, localAddress, localPort, remoteFamily }: Socket): Ends {
  return {
    ...(remoteAddress !== undefined && { remoteAddress }),
    ...(remotePort !== undefined && { remotePort }),
    ...(localAddress !== undefined && { localAddress }),
    ...(localPort !== undefined && { localPort }),
    ...(remoteFamily !== undefined && { family: remoteFamily }),
  };
}
