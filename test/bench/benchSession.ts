import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { createSession } from '../../src/core/session/createSession.ts';
import type { Exchange } from '../../src/core/session/exchange.ts';
import type { Session } from '../../src/core/session/session.ts';
import { defaultSettings } from '../../src/core/session/settings.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { sleep } from '../../src/node/sleep.ts';
import { createTransport } from '../../src/node/transport.ts';

export interface EchoServer {
  readonly origin: string;
  readonly close: () => void;
}

export async function startEchoServer(): Promise<EchoServer> {
  const server: ChildProcess = fork(join(import.meta.dirname, 'echoServer.mjs'));
  const [port] = (await once(server, 'message')) as [number];
  return { origin: `http://127.0.0.1:${port}`, close: () => server.disconnect() };
}

/** A session with everything but a store. */
export function benchSession(): Session {
  let ids = 0;
  return createSession({
    key: { folder: 'no-folder', profile: '-', name: 'default' },
    jar: createCookieJar(),
    transport: createTransport({ now: Date.now }),
    now: Date.now,
    newId: () => String((ids += 1)),
    environment: (name) => process.env[name],
    yieldToIo: () => new Promise((resolve) => setImmediate(resolve)),
    sleep,
    crypto: nodeCrypto,
  });
}

const signal = new AbortController().signal;

/** Throws when the send did not end with 200. */
export async function get(session: Session, url: string): Promise<Exchange> {
  const request = { method: 'GET', url, headers: [['X-A', '1']], body: undefined, httpVersion: '1.1' } as const;
  const exchange = await session.send(request, { signal, settings: defaultSettings });
  if (exchange.hops.at(-1)?.response?.status === 200) return exchange;
  throw new Error(exchange.failure?.message ?? `${url} was not answered with 200`);
}
