import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DemoError, sendJson, type DemoCall } from './demoCall.ts';
import { matchRoute } from './demoRoute.ts';
import { createDemoState, type DemoState } from './demoState.ts';
import { demoRoutes } from './routes.ts';

/** Where the example files expect the demo; change them together with `media/examples/http-client.env.json`. */
export const demoPorts = { port: 3123, secondPort: 3124 } as const;

/** A port that is given must be free; one that is not is the default or, when that is taken, any free one. 0 is any free one. */
export interface DemoOptions {
  readonly port?: number | undefined;
  /** Of the second origin. */
  readonly secondPort?: number | undefined;
}

/** A running demo API. Both origins serve every endpoint, each with a memory of its own. */
export interface Demo {
  /** For example `http://127.0.0.1:3123`. */
  readonly origin: string;
  /** Another host and port, for example `http://localhost:3124`: cookies and credentials must not go from one to the other. */
  readonly otherOrigin: string;
  /** Ends both servers and every connection to them. */
  close(): Promise<void>;
}

/** Starts the demo API on loopback. Rejects with the system's error (`EADDRINUSE`) when a port cannot be had. */
export async function createDemo(options: DemoOptions = {}): Promise<Demo> {
  const peers = { first: '', second: '' };
  const first = createDemoServer(() => peers.second);
  const second = createDemoServer(() => peers.first);
  const close = async (): Promise<void> => {
    await Promise.all([closeServer(first), closeServer(second)]);
  };
  try {
    peers.first = `http://127.0.0.1:${await listen(first, options.port, demoPorts.port)}`;
    peers.second = `http://localhost:${await listen(second, options.secondPort, demoPorts.secondPort)}`;
  } catch (error) {
    await close();
    throw error;
  }
  return { origin: peers.first, otherOrigin: peers.second, close };
}

function createDemoServer(otherOrigin: () => string): Server {
  const state = createDemoState();
  // Longer than a person takes from one click to the next, so that reused connections can be seen.
  const keepAliveTimeout = 65_000;
  return createServer({ keepAliveTimeout }, (request, response) => {
    void answer(callOf(request, response, state, otherOrigin()));
  });
}

/** The parameters are known only when the route is; until then there are none. */
function callOf(request: IncomingMessage, response: ServerResponse, state: DemoState, otherOrigin: string): DemoCall {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const base = `http://${request.headers.host ?? '127.0.0.1'}`;
  const url = URL.parse(request.url ?? '/', base) ?? new URL(base);
  const method = request.method ?? 'GET';
  const cookies = readCookies(request.headers.cookie ?? '');
  return { request, response, method, url, params: {}, cookies, state, otherOrigin, signal: gone.signal };
}

async function answer(call: DemoCall): Promise<void> {
  try {
    const match = matchRoute(demoRoutes, call.method, call.url.pathname);
    if (match.kind === 'unknown')
      throw new DemoError(404, `Nothing is at ${call.url.pathname}. GET / lists what there is.`);
    if (match.kind === 'other-method') throw notAllowed(call, match.allowed);
    await match.route.run({ ...call, params: match.params });
  } catch (error) {
    answerError(call, error);
  }
}

function notAllowed(call: DemoCall, allowed: readonly string[]): DemoError {
  call.response.setHeader('Allow', allowed.join(', '));
  return new DemoError(405, `${call.url.pathname} takes ${allowed.join(', ')}.`);
}

/** A client that went away needs no answer; a head that is out cannot be taken back. */
function answerError(call: DemoCall, error: unknown): void {
  if (call.signal.aborted) return;
  if (call.response.headersSent) {
    call.response.destroy();
    return;
  }
  const status = error instanceof DemoError ? error.status : 500;
  sendJson(call, status, { error: error instanceof Error ? error.message : String(error) });
}

/** Name and value of each pair of a Cookie line; the first of a name counts. */
function readCookies(line: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of line.split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}

async function listen(server: Server, wanted: number | undefined, usual: number): Promise<number> {
  if (wanted !== undefined) return listenOn(server, wanted);
  try {
    return await listenOn(server, usual);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return listenOn(server, 0);
  }
}

/** Loopback only, whatever name the second origin goes by: clients try 127.0.0.1 for `localhost` too. */
function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
