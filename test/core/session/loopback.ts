import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createCookieJar } from '../../../src/core/cookies/createCookieJar.ts';
import type { PreparedRequest } from '../../../src/core/http/transport.ts';
import { createSession } from '../../../src/core/session/createSession.ts';
import type { Exchange, Hop } from '../../../src/core/session/exchange.ts';
import type { SendPorts } from '../../../src/core/session/sendPorts.ts';
import type { SendOptions, Session } from '../../../src/core/session/session.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';
import { createTransport, type TransportOptions } from '../../../src/node/transport.ts';
import { nodeCrypto } from '../../../src/node/hash.ts';
import { sleep } from '../../../src/node/sleep.ts';

type Routes = Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>;

/** A server that answers by path, closed with the test; returns its origin. A path that is not there answers 200. */
export async function serve(t: TestContext, routes: Routes): Promise<string> {
  const server = createServer((request, response) => {
    const route = routes[request.url ?? ''];
    if (route === undefined) response.end(`cookie: ${request.headers.cookie ?? ''}`);
    else route(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A session of its own with real connections, closed with the test. */
export function openSession(
  t: TestContext,
  now: () => number = Date.now,
  more: Partial<Pick<SendPorts, 'netrc' | 'sleep'>> = {},
  transport: Partial<TransportOptions> = {},
): Session {
  let ids = 0;
  const session = createSession({
    key: { folder: 'no-folder', profile: '-', name: 'default' },
    jar: createCookieJar(),
    transport: createTransport({ now, ...transport }),
    now,
    newId: () => String((ids += 1)),
    yieldToIo: () => turn(),
    sleep,
    crypto: nodeCrypto,
    ...more,
  });
  t.after(() => session.close());
  return session;
}

/** Sends a GET with these settings over the defaults. */
export function get(
  session: Session,
  url: string,
  { settings, ...options }: Partial<Omit<SendOptions, 'settings'>> & { readonly settings?: Partial<SendSettings> } = {},
): Promise<Exchange> {
  const request: PreparedRequest = { method: 'GET', url, headers: [], body: undefined, httpVersion: '1.1' };
  const signal = new AbortController().signal;
  return session.send(request, { signal, ...options, settings: { ...defaultSettings, ...settings } });
}

export function bodyOf(hop: Hop | undefined): string {
  return new TextDecoder().decode(hop?.response?.body.bytes);
}
