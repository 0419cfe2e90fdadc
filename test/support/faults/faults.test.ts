import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { bytesBody } from '../../../src/core/prepare/requestBody.ts';
import type { PreparedRequest } from '../../../src/core/http/transport.ts';
import type { Exchange, Hop } from '../../../src/core/session/exchange.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';
import { openSession } from '../../core/session/loopback.ts';
import { answersGood, ok, onRequest, says, type Fault } from './fault.ts';
import { FaultServer, faults } from './faultServer.ts';
import { faultAuthority, secure } from './tlsFaults.ts';

/** Servers that behave: everything but `/good` sets the cookie that no fault may lose. */
const login = onRequest(says(ok('', ['Set-Cookie: sid=kept; Path=/'])));
let good: FaultServer;
let secureGood: FaultServer;

before(async () => {
  good = await FaultServer.start(login);
  secureGood = await FaultServer.start(secure(faultAuthority.issue(['127.0.0.1']), login));
});
after(() => {
  good.close();
  secureGood.close();
});

test('there are more than sixty ways to misbehave, each with a name of its own', () => {
  const names = Object.values(faults).flatMap((list) => list.map(({ name }) => name));
  assert.ok(names.length >= 60, String(names.length));
  assert.deepEqual(names, [...new Set(names)]);
});

for (const [subject, list] of Object.entries(faults)) {
  describe(subject, { concurrency: 8 }, () => {
    for (const fault of list) test(fault.name, { timeout: 20_000 }, (t) => check(t, fault));
  });
}

/** The outcome, its words, the hops; then the session, its cookies and its sockets. */
async function check(t: TestContext, fault: Fault): Promise<void> {
  const server = await FaultServer.start(fault.serve);
  t.after(() => server.close());
  const session = openSession(t, Date.now, {}, { ca: [faultAuthority.cert], systemRoots: () => Promise.resolve([]) });
  await send(session, `http://127.0.0.1:${good.port}/login`);
  const exchange = await send(session, urlOf(fault, server), fault, proxiesOf(fault, server));
  checkOutcome(exchange, fault);
  // A connection whose state is unknown is closed, and not kept for the next request.
  // What is not read is not noticed to have been closed.
  for (const socket of server.sockets) socket.resume();
  while (server.sockets.size > openTo(session, server).length) await turn();
  const origin = saysGood(fault) ? server : good;
  const again = await send(session, `http://127.0.0.1:${origin.port}/good`);
  assert.equal(textOf(again.hops.at(-1)), 'good sid=kept', again.failure?.message);
  assert.deepEqual(
    session.jar
      .all(Date.now())
      .map(({ name, value }) => `${name}=${value}`)
      .filter((cookie) => !/^c\d+=1$/.test(cookie)),
    ['sid=kept', ...(fault.cookies ?? [])],
  );
  await session.close();
  while (server.sockets.size > 0) await turn();
}

function checkOutcome(exchange: Exchange, fault: Fault): void {
  const { failure, hops } = exchange;
  const shown = `${failure?.message} ${failure?.hint}`;
  assert.deepEqual(
    [failure?.code, hops.map((hop) => hop.response?.status ?? hop.failure?.code)],
    [fault.code, fault.hops],
    shown,
  );
  assert.equal(exchange.outcome, fault.code === undefined ? 'completed' : 'failed');
  if (failure) {
    assert.match(failure.message, fault.says ?? /^\S.{15,}/s);
    assert.match(failure.hint, /^[A-Z].{10,}\.$/);
    assert.ok(!/undefined|SECRET|\[object/.test(shown), shown);
  }
  assert.deepEqual(
    [...new Set(hops.flatMap(({ warnings }) => warnings.map(({ code }) => code)))],
    fault.warnings ?? [],
  );
  if (typeof fault.body === 'string') assert.equal(textOf(hops.at(-1)), fault.body);
  else if (fault.body) assert.match(textOf(hops.at(-1)), fault.body);
}

function urlOf({ as = 'http' }: Fault, server: FaultServer): string {
  if (as === 'http' || as === 'https') return `${as}://127.0.0.1:${server.port}/fault`;
  if (as === 'tunnel') return `https://127.0.0.1:${secureGood.port}/good`;
  return `http://127.0.0.1:${good.port}/good`;
}

const proxySchemes = { 'http-proxy': 'http', tunnel: 'http', socks5h: 'socks5h', 'https-proxy': 'https' } as const;

function proxiesOf({ as = 'http' }: Fault, { port }: FaultServer): Partial<SendSettings> {
  if (as === 'http' || as === 'https') return {};
  return { proxies: { all: `${proxySchemes[as]}://127.0.0.1:${port}` } };
}

/** Faults that begin with a request answer a good one on the same port as they should. */
function saysGood(fault: Fault): boolean {
  return fault.as === undefined && answersGood(fault.serve);
}

function send(session: Session, url: string, fault?: Fault, more: Partial<SendSettings> = {}): Promise<Exchange> {
  const bytes = fault?.upload === undefined ? undefined : new Uint8Array(fault.upload);
  const request: PreparedRequest = {
    method: fault?.method ?? (bytes ? 'POST' : 'GET'),
    url,
    headers: [],
    body: bytes && bytesBody(bytes),
    httpVersion: fault?.httpVersion ?? '1.1',
  };
  const settings = { ...defaultSettings, timeouts: { connectMs: 5000, readMs: 5000 }, ...fault?.settings, ...more };
  return session.send(request, { signal: AbortSignal.timeout(15_000), settings });
}

function openTo(session: Session, { port }: FaultServer): readonly unknown[] {
  return session.connections().filter((connection) => connection.remotePort === port);
}

function textOf(hop: Hop | undefined): string {
  return Buffer.from(hop?.response?.body.bytes ?? []).toString('latin1');
}
