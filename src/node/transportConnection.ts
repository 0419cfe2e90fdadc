import { connect as connectTcp, isIP, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net';
import { checkServerIdentity, connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { ConnectionFacts, TlsFacts } from '../core/http/transport.ts';
import { attemptWord } from './transportFailures.ts';
import { tlsFacts } from './transportTls.ts';
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
  readonly trust: () => SecureContext | undefined;
  /** TLS sessions of verified servers, for resumption. */
  readonly sessions: Map<string, Buffer>;
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
  /** The bytes handed to the parser last: what is shown of a response that cannot be parsed. */
  lastRead: Buffer | undefined;
  /** Told of each `100 Continue`, until the response begins. */
  onContinue: (() => void) | undefined;
  private readonly options: ConnectionOptions;
  private ends: Ends = {};
  private settle: ((error: Error | null, socket: Socket | null) => void) | undefined;

  constructor(options: ConnectionOptions, settle: (error: Error | null, socket: Socket | null) => void) {
    this.id = options.id;
    this.options = options;
    this.settle = settle;
    const { hostname, protocol, port } = options.origin;
    const wanted = { host: bare(hostname), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
    if (!options.connectTo) this.open(wanted);
    else void this.openMapped(options.connectTo, wanted);
  }

  facts(reused: boolean): ConnectionFacts {
    return { id: this.id, origin: this.options.origin.origin, reused, ...this.ends, attempts: this.attempts };
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
    try {
      this.socket = this.options.origin.protocol === 'https:' ? this.openTls(address) : this.openTcp(address);
    } catch (error) {
      // Ports out of range and broken CA certificates are refused before a socket exists.
      queueMicrotask(() => this.fail(error as Error));
      return;
    }
    this.watch(this.socket);
  }

  private openTcp(address: Address): Socket {
    const options = { ...this.tcpOptions(address), highWaterMark: 64 * 1024 };
    return connectTcp(options);
  }

  private openTls(address: Address): TLSSocket {
    const { origin, httpVersion, sessions, trust } = this.options;
    const host = bare(origin.hostname);
    const session = sessions.get(origin.host);
    const secureContext = trust();
    const socket = connectTls({
      ...this.tcpOptions(address),
      // RFC 6066 3: the name without its final dot; an address is never sent as a name.
      servername: isIP(host) ? '' : host.replace(/\.$/, ''),
      // undici would take HTTP/2 by itself wherever a server prefers it; which one is the request's wish.
      ALPNProtocols: httpVersion === '2' ? ['h2', 'http/1.1'] : ['http/1.1'],
      ...(secureContext && { secureContext }),
      ...(session && { session }),
      // Judged in `secured`, where the certificate of a peer that is refused can still be read.
      rejectUnauthorized: false,
      // The address may be mapped, and undici would take an overridden Host: the URL's host is what counts.
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    });
    // Resumed sessions are not checked against the name again, so only those of verified servers are kept.
    socket.on('session', (ticket: Buffer) => {
      if (socket.authorized) sessions.set(origin.host, ticket);
    });
    return socket;
  }

  private tcpOptions({ host, port }: Address): TcpNetConnectOpts {
    const lookup = this.options.lookup && afterwards(this.options.lookup);
    return { host, port, noDelay: true, keepAlive: true, autoSelectFamily: true, ...(lookup && { lookup }) };
  }

  private watch(socket: Socket): void {
    const { moments, attempts } = this;
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
      .once('secureConnect', () => this.secured(socket as TLSSocket))
      .on('error', (error: Error) => this.fail(error));
  }

  private attemptFailed(address: string, port: number, error: string): void {
    const attempt = this.attempts.findLast((each) => each.address === address && each.port === port && !each.error);
    if (attempt) attempt.error = error;
  }

  private connected(socket: Socket): void {
    this.moments.connected = performance.now();
    this.ends = endsOf(socket);
    if (this.options.origin.protocol === 'http:') this.succeed(socket);
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
    this.tapReads(socket);
    this.settle?.(null, socket);
    this.settle = undefined;
  }

  private fail(error: Error): void {
    this.error ??= error;
    this.settle?.(error, null);
    this.settle = undefined;
  }

  /**
   * undici keeps the bytes of a broken response to itself, so the last piece read is remembered to be shown; and it gives up on
   * a 100 that nobody asked for, which a client must take (RFC 9110 15.2.1), so those are taken out here.
   */
  private tapReads(socket: Socket): void {
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      for (;;) {
        const chunk = read(size) as Buffer | null;
        if (!chunk) return chunk;
        const rest = this.withoutContinue(chunk);
        if (rest.length > 0) return (this.lastRead = rest);
      }
    };
  }

  private withoutContinue(chunk: Buffer): Buffer {
    let rest = chunk;
    while (this.onContinue && /^HTTP\/1\.[01] 100[ \r]/.test(rest.toString('latin1', 0, 13))) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return rest;
      this.onContinue();
      rest = rest.subarray(end + 4);
    }
    if (rest.length > 0) this.onContinue = undefined;
    return rest;
  }
}

/** A lookup that answers at once would let the socket connect before anyone listens to it. */
function afterwards(lookup: LookupFunction): LookupFunction {
  return (name, options, done) => queueMicrotask(() => lookup(name, options, done));
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
