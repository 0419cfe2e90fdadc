import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer, TLSSocket } from 'node:tls';
import type { Answer } from './answer.ts';
import type { ArrivedRequest } from './arrivedRequest.ts';
import { authority, clientFile, testAuthority } from './caseFiles.ts';
import { type Certificate, selfSigned } from './certificates.ts';
import { type RequestHead, serveHttp1 } from './http1.ts';
import { serveHttp2 } from './http2.ts';
import { authorizationIn, type Crossing, type Passage, readConnect, readSocks } from './proxyFront.ts';
import { type Closable, hangingPort, refusingPort } from './silentPort.ts';

export interface OriginRule {
  readonly origin: string;
  readonly connect?: 'refuse' | 'hang' | 'lookup-hang';
  readonly addresses?: readonly { readonly address: string; readonly connect?: 'refuse' }[];
  readonly closeIdleMs?: number;
  readonly tls?: {
    readonly cert?: 'self-signed' | 'test-ca' | 'other-name';
    readonly clientCert?: 'ask';
    readonly alpn?: readonly string[];
  };
}

export interface ServedUrl {
  readonly url: string;
  readonly answers: readonly Answer[];
}

/** A proxy that does not simply work. */
export interface ProxyRule {
  readonly url: string;
  readonly connect?: 'refuse';
  /** Given to every request, whatever it asks for. */
  readonly answer?: Answer;
}

/** Where a connection is, seen from a server: at which origin, and through which proxy. */
interface Place {
  /** Host and port. */
  readonly key: string;
  readonly passage?: Passage | undefined;
}

/** The network of one case: every origin is a server of its own on a loopback port, started when it is first connected to. */
export class LoopbackNet {
  readonly arrived: ArrivedRequest[] = [];
  readonly ca: readonly string[] = [authority.cert];
  /** What a URL that is not listed answers. */
  fallback: Answer = { status: 200 };
  readonly #served: ReadonlyMap<string, readonly Answer[]>;
  readonly #asked = new Map<string, number>();
  readonly #rules: ReadonlyMap<string, OriginRule>;
  readonly #proxies: ReadonlyMap<string, ProxyRule>;
  readonly #servers = new Map<string, Promise<Closable>>();
  readonly #sockets = new Set<Socket>();

  constructor(served: readonly ServedUrl[], origins: readonly OriginRule[], proxies: readonly ProxyRule[] = []) {
    this.#served = new Map(served.map(({ url, answers }) => [asAsked(url), answers]));
    this.#rules = new Map(origins.map((rule) => [authorityOf(new URL(rule.origin)), rule]));
    this.#proxies = new Map(proxies.map((rule) => [authorityOf(new URL(rule.url)), rule]));
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Where to open the connection meant for this host and port. A name of `localhost` is kept, so that it is looked up. */
  connectTo = async (host: string, port: number): Promise<{ host: string; port: number }> => {
    const key = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const rule = this.#rules.get(key);
    if (rule?.connect === 'lookup-hang') return new Promise(() => undefined);
    const started = this.#servers.get(key) ?? this.#start(key, rule?.connect ?? this.#proxies.get(key)?.connect);
    this.#servers.set(key, started);
    const server = await started;
    return { host: host === 'localhost' ? host : '127.0.0.1', port: server.port };
  };

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers.values()) await (await server).close();
  }

  async #start(key: string, connect: OriginRule['connect']): Promise<Closable> {
    if (connect === 'refuse') return refusingPort();
    if (connect === 'hang') return hangingPort();
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      this.#accept(socket, { key });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    return { port, close: () => closeServer(server) };
  }

  /**
   * The first bytes say what the client speaks: 0x16 begins a TLS handshake record (RFC 8446 5.1), 5 a SOCKS greeting, and
   * CONNECT asks for a tunnel. What comes through a proxy goes on the same socket to the origin that it asked for.
   */
  #accept(socket: Socket, place: Place): void {
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      if (first[0] === 5)
        return void readSocks(socket, first, place.key).then((crossing) => this.#cross(socket, crossing));
      const isConnect = first.subarray(0, 8).toString() === 'CONNECT ';
      const ownAnswer = this.#proxies.get(place.key)?.answer !== undefined;
      if (isConnect && !ownAnswer) return this.#cross(socket, readConnect(socket, first, place.key));
      socket.unshift(first);
      if (first[0] === 0x16) this.#secureServer(place).emit('connection', socket);
      else this.#serve(socket, 'http:', place);
    });
  }

  #cross(socket: Socket, { target, passage, accept, refuse }: Crossing): void {
    if (this.#rules.get(target)?.connect === 'refuse') return refuse();
    accept();
    this.#accept(socket, { key: target, passage });
  }

  /** A TLS server that listens nowhere: it takes over sockets that turned out to speak TLS. */
  #secureServer(place: Place): TlsServer {
    const rule = this.#rules.get(place.key);
    const host = place.key.slice(0, place.key.lastIndexOf(':')).replace(/^\[|\]$/g, '');
    const options = {
      ...certificateFor(host, rule),
      ALPNProtocols: [...(rule?.tls?.alpn ?? ['http/1.1'])],
      ...(rule?.tls?.clientCert === 'ask' && { requestCert: true, rejectUnauthorized: false }),
    };
    return createTlsServer(options, (secured) => {
      secured.on('error', () => secured.destroy());
      if (secured.alpnProtocol !== 'h2') return this.#acceptSecured(secured, place);
      serveHttp2(secured, (head) => this.#arrive({ ...head, raw: undefined }, `https://${place.key}`, secured, place));
    });
  }

  /** A proxy may be spoken to over TLS as well; whatever has crossed one is for an origin. */
  #acceptSecured(secured: TLSSocket, place: Place): void {
    secured.once('readable', () => {
      const first = secured.read() as Buffer | null;
      if (first === null) return;
      const isConnect = first.subarray(0, 8).toString() === 'CONNECT ';
      if (isConnect && !place.passage) return this.#cross(secured, readConnect(secured, first, place.key));
      secured.unshift(first);
      this.#serve(secured, 'https:', place);
    });
  }

  #serve(socket: Socket, scheme: 'http:' | 'https:', place: Place): void {
    const served = serveHttp1(socket, {
      closeIdleMs: this.#rules.get(place.key)?.closeIdleMs,
      arrived: (head) => {
        const answer = this.#proxies.get(place.key)?.answer;
        if (answer) return { request: this.#noted(head, place.key, socket, place), answer };
        return /^http:\/\//i.test(head.target)
          ? this.#forward(head, socket, place.key)
          : this.#arrive(head, `${scheme}//${place.key}`, socket, place);
      },
    });
    // A client may leave in the middle of anything; what it saw is checked on its side.
    served.catch(() => socket.destroy());
  }

  /** An HTTP proxy reads the whole URL (RFC 9112 3.2.2) and sends on what is for the origin. */
  #forward(head: RequestHead, socket: Socket, place: string): { request: ArrivedRequest; answer: Answer } {
    const url = new URL(head.target);
    const lines = head.raw.split('\r\n');
    const passage: Passage = { place, line: lines[0] ?? '', ...authorizationIn(lines) };
    const key = authorityOf(url);
    const headers = head.headers.filter(([name]) => name.toLowerCase() !== 'proxy-authorization');
    const own = { ...head, target: url.pathname + url.search, headers };
    if (this.#rules.get(key)?.connect === 'refuse') {
      return { request: this.#noted(own, url.href, socket, { key, passage }), answer: { status: 502 } };
    }
    return this.#arrive(own, url.origin, socket, { key, passage });
  }

  #arrive(head: AnyHead, origin: string, socket: Socket, place: Place): { request: ArrivedRequest; answer: Answer } {
    const url = (byAddress(head, origin, place) ?? new URL(origin).origin) + head.target;
    const count = this.#asked.get(url) ?? 0;
    this.#asked.set(url, count + 1);
    const answers = this.#served.get(url) ?? [];
    const request = this.#noted(head, url, socket, place);
    this.arrived.push(request);
    return { request, answer: answers[count] ?? answers.at(-1) ?? this.fallback };
  }

  #noted(head: AnyHead, url: string, socket: Socket, { passage }: Place): ArrivedRequest {
    const secured = socket instanceof TLSSocket ? socket : undefined;
    return {
      url,
      method: head.method,
      target: head.target,
      headers: head.headers,
      body: Buffer.alloc(0),
      rawHead: head.raw,
      socket,
      sni: secured && sniOf(secured),
      alpn: secured && (secured.alpnProtocol || undefined),
      passage,
      clientCert: clientFile(secured?.getPeerX509Certificate()),
      receivedBytes: 0,
      sentBytes: 0,
      sentBodyBytes: 0,
    };
  }
}

/** Whoever looked the name up before the proxy has told it an address only: then the Host line knows the name. */
function byAddress({ headers }: AnyHead, origin: string, { passage }: Place): string | undefined {
  if (!passage?.socksTarget?.startsWith('<ip>')) return undefined;
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  return host === undefined ? undefined : `${new URL(origin).protocol}//${host}`;
}

type AnyHead = Omit<RequestHead, 'raw'> & { readonly raw: string | undefined };

/** A URL as a server sees it: without userinfo and fragment. */
function asAsked(text: string): string {
  const { origin, pathname, search } = new URL(text);
  return origin + pathname + search;
}

/** All others are those of SOCKS. */
const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

function authorityOf(url: URL): string {
  return `${url.hostname}:${url.port || (defaultPorts[url.protocol] ?? '1080')}`;
}

function certificateFor(host: string, rule: OriginRule | undefined): Certificate {
  switch (rule?.tls?.cert) {
    case 'self-signed':
      return selfSigned([host]);
    case 'test-ca':
      return testAuthority.issue([host]);
    case 'other-name':
      return authority.issue(['other.test']);
    case undefined:
      return authority.issue([host]);
  }
}

/** Node types the name of the client's hello as `servername` on sockets made by a server only. */
function sniOf(socket: TLSSocket): string | undefined {
  const { servername } = socket as TLSSocket & { servername?: string | false };
  return typeof servername === 'string' ? servername : undefined;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
