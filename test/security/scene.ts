import type { TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { headerValues } from '../../src/core/http/headerList.ts';
import type { PreparedRequest } from '../../src/core/http/transport.ts';
import { bytesBody } from '../../src/core/prepare/requestBody.ts';
import { createSession } from '../../src/core/session/createSession.ts';
import type { Exchange } from '../../src/core/session/exchange.ts';
import type { Session } from '../../src/core/session/session.ts';
import { defaultSettings, type SendSettings } from '../../src/core/session/settings.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { sleep } from '../../src/node/sleep.ts';
import { createTransport } from '../../src/node/transport.ts';
import type { Answer } from '../conformance/wire/answer.ts';
import { LoopbackNet, type OriginRule, type ProxyRule } from '../conformance/wire/loopbackNet.ts';

export interface SceneParts {
  /** By URL; a list is answered one after the other. What is not here answers 200. */
  readonly answers?: Readonly<Record<string, Answer | readonly Answer[]>>;
  readonly origins?: readonly OriginRule[];
  readonly proxies?: readonly ProxyRule[];
  readonly netrc?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** False: connections go where the URLs say. */
  readonly isMapped?: boolean;
}

export type Sent = Partial<Omit<PreparedRequest, 'url' | 'body'>> & {
  readonly body?: string;
  readonly settings?: Partial<SendSettings>;
};

/** Servers of any name on real loopback sockets, and a session that reaches them; closed with the test. */
export function scene(
  t: TestContext,
  { answers = {}, origins = [], proxies = [], netrc, environment = {}, isMapped = true }: SceneParts,
) {
  const served = Object.entries(answers).map(([url, given]) => ({ url, answers: [given].flat() }));
  const net = new LoopbackNet(served, origins, proxies);
  t.after(() => net.close());
  const open = (): Session => {
    const session = createSession({
      key: { folder: 'no-folder', profile: '-', name: 'default' },
      jar: createCookieJar(),
      transport: createTransport({
        ...(isMapped && { connectTo: net.connectTo }),
        ca: net.ca,
        now: Date.now,
        systemRoots: noRoots,
      }),
      now: Date.now,
      newId: () => 'id',
      yieldToIo: () => turn(),
      sleep,
      crypto: nodeCrypto,
      environment: (name) => environment[name],
      netrc: () => Promise.resolve(netrc === undefined ? undefined : { path: 'netrc', text: netrc }),
    });
    t.after(() => session.close());
    return session;
  };
  const session = open();
  const send = (url: string, sent: Sent = {}): Promise<Exchange> => sendIn(session, url, sent);
  /** Values of a header as they arrived, request by request; `-` where there was none. */
  const arrived = (name: string): string[] =>
    net.arrived.map(({ headers }) => headerValues(headers, name).join(' | ') || '-');
  return { net, session, open, send, arrived, urls: () => net.arrived.map(({ url }) => url) };
}

export function sendIn(session: Session, url: string, { body, settings, ...more }: Sent = {}): Promise<Exchange> {
  const bytes = body === undefined ? undefined : bytesBody(new TextEncoder().encode(body));
  const plain: PreparedRequest = { method: 'GET', url, headers: [], body: bytes, httpVersion: '1.1' };
  const signal = AbortSignal.timeout(20_000);
  return session.send({ ...plain, ...more }, { signal, settings: { ...defaultSettings, ...settings } });
}

export function redirectTo(location: string, status = 302): Answer {
  return { status, headers: [['Location', location]] };
}

const noRoots = (): Promise<readonly string[]> => Promise.resolve([]);
