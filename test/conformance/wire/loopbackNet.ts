import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer, TLSSocket } from 'node:tls';
import type { Answer } from './answer.ts';
import type { ArrivedRequest } from './arrivedRequest.ts';
import { type Authority, type Certificate, createAuthority, selfSigned } from './certificates.ts';
import { type RequestHead, serveHttp1 } from './http1.ts';
import { serveHttp2 } from './http2.ts';
import { type Closable, hangingPort, refusingPort } from './silentPort.ts';

export interface OriginRule {
  readonly origin: string;
  readonly connect?: 'refuse' | 'hang' | 'lookup-hang';
  readonly addresses?: readonly { readonly address: string; readonly connect?: 'refuse' }[];
  readonly closeIdleMs?: number;
  readonly tls?: {
    readonly cert?: 'self-signed' | 'test-ca' | 'other-name';
    readonly alpn?: readonly string[];
  };
}

export interface ServedUrl {
  readonly url: string;
  readonly answers: readonly Answer[];
}

/** One authority a process: making keys takes time, and every case trusts the same one. */
const authority: Authority = createAuthority('Crumbtrail conformance run');
const testAuthority: Authority = createAuthority('Crumbtrail conformance test-ca');

/** The network of one case: every origin is a server of its own on a loopback port, started when it is first connected to. */
export class LoopbackNet {
  readonly arrived: ArrivedRequest[] = [];
  readonly ca: readonly string[] = [authority.cert];
  /** What a URL that is not listed answers. */
  fallback: Answer = { status: 200 };
  readonly #served: ReadonlyMap<string, readonly Answer[]>;
  readonly #asked = new Map<string, number>();
  readonly #rules: ReadonlyMap<string, OriginRule>;
  readonly #servers = new Map<string, Promise<Closable>>();
  readonly #sockets = new Set<Socket>();

  constructor(served: readonly ServedUrl[], origins: readonly OriginRule[]) {
    this.#served = new Map(served.map(({ url, answers }) => [new URL(url).href, answers]));
    this.#rules = new Map(origins.map((rule) => [authorityOf(new URL(rule.origin)), rule]));
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Where to open the connection meant for this host and port. A name of `localhost` is kept, so that it is looked up. */
  connectTo = async (host: string, port: number): Promise<{ host: string; port: number }> => {
    const key = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const rule = this.#rules.get(key);
    if (rule?.connect === 'lookup-hang') return new Promise(() => undefined);
    const started = this.#servers.get(key) ?? this.#start(key, rule);
    this.#servers.set(key, started);
    const server = await started;
    return { host: host === 'localhost' ? host : '127.0.0.1', port: server.port };
  };

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers.values()) await (await server).close();
  }

  async #start(key: string, rule: OriginRule | undefined): Promise<Closable> {
    if (rule?.connect === 'refuse') return refusingPort();
    if (rule?.connect === 'hang') return hangingPort();
    const secure = this.#secureServer(key, rule);
    const server = createServer((socket) =>
      this.#accept(socket, secure, () => this.#serve(socket, `http://${key}`, rule)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    return { port, close: () => closeServer(server) };
  }

  /** The first byte says whether the client speaks TLS: 0x16 begins a handshake record (RFC 8446 5.1). */
  #accept(socket: Socket, secure: TlsServer, serve: () => void): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      if (first[0] === 0x16) secure.emit('connection', socket);
      else serve();
    });
  }

  /** A TLS server that listens nowhere: it takes over sockets that turned out to speak TLS. */
  #secureServer(key: string, rule: OriginRule | undefined): TlsServer {
    const host = key.slice(0, key.lastIndexOf(':')).replace(/^\[|\]$/g, '');
    const options = { ...certificateFor(host, rule), ALPNProtocols: [...(rule?.tls?.alpn ?? ['http/1.1'])] };
    return createTlsServer(options, (secured) => {
      secured.on('error', () => secured.destroy());
      if (secured.alpnProtocol !== 'h2') return this.#serve(secured, `https://${key}`, rule);
      serveHttp2(secured, (head) => this.#arrive({ ...head, raw: undefined }, `https://${key}`, secured));
    });
  }

  #serve(socket: Socket, origin: string, rule: OriginRule | undefined): void {
    const served = serveHttp1(socket, {
      closeIdleMs: rule?.closeIdleMs,
      arrived: (head) => this.#arrive(head, origin, socket),
    });
    // A client may leave in the middle of anything; what it saw is checked on its side.
    served.catch(() => socket.destroy());
  }

  #arrive(
    head: Omit<RequestHead, 'raw'> & { readonly raw: string | undefined },
    origin: string,
    socket: Socket,
  ): { request: ArrivedRequest; answer: Answer } {
    const url = new URL(origin).origin + head.target;
    const count = this.#asked.get(url) ?? 0;
    this.#asked.set(url, count + 1);
    const answers = this.#served.get(url) ?? [];
    const request: ArrivedRequest = {
      url,
      method: head.method,
      target: head.target,
      headers: head.headers,
      body: Buffer.alloc(0),
      rawHead: head.raw,
      socket,
      sni: socket instanceof TLSSocket ? sniOf(socket) : undefined,
      alpn: socket instanceof TLSSocket ? socket.alpnProtocol || undefined : undefined,
      receivedBytes: 0,
      sentBytes: 0,
      sentBodyBytes: 0,
    };
    this.arrived.push(request);
    return { request, answer: answers[count] ?? answers.at(-1) ?? this.fallback };
  }
}

function authorityOf(url: URL): string {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `${url.hostname}:${port}`;
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
