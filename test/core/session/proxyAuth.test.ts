import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import type { Exchange } from '../../../src/core/session/exchange.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { authority } from '../../conformance/wire/caseFiles.ts';
import { get, openSession } from './loopback.ts';

const user = { name: 'ann', password: 'Circle: of % Life' };

/** What each server saw, in order. */
interface Seen {
  /** Request line and Proxy-Authorization at the proxy. */
  readonly proxy: { line: string; value: string | undefined }[];
  /** Every header name at the origin. */
  readonly origin: string[][];
}

interface Scene {
  readonly http: string;
  readonly https: string;
  readonly proxy: (password?: string) => string;
  readonly seen: Seen;
  readonly session: Session;
}

/** An origin by http and https, and a proxy before both that knows one user and checks Digest in its own words. */
async function scene(t: TestContext, challenges: readonly string[]): Promise<Scene> {
  const seen: Seen = { proxy: [], origin: [] };
  const answer = (request: IncomingMessage, response: { end(text: string): void }): void => {
    seen.origin.push(Object.keys(request.headers));
    response.end('hello');
  };
  const plain = await listening(t, createServer(answer));
  const secure = await listening(t, createSecureServer(authority.issue(['127.0.0.1']), answer));
  let turn = 0;
  const isKnown = (request: IncomingMessage): boolean => {
    const value = request.headers['proxy-authorization'];
    seen.proxy.push({ line: `${request.method} ${request.url}`, value });
    return proves(value ?? '', request);
  };
  const challenge = (): string => challenges[Math.min(turn++, challenges.length - 1)] ?? '';
  const proxy = createServer((request, response) => {
    if (!isKnown(request))
      return void response.writeHead(407, { 'Proxy-Authenticate': challenge(), 'Set-Cookie': 'p=1' }).end('who?');
    const onward = forward(request.url ?? '', { headers: without(request), agent: false }, (answered) =>
      answered.pipe(response),
    );
    request.pipe(onward);
  });
  proxy.on('connect', (request, socket: Socket) => {
    if (!isKnown(request)) {
      return void socket.end(
        `HTTP/1.1 407 Who\r\nProxy-Authenticate: ${challenge()}\r\nSet-Cookie: p=1\r\nContent-Length: 4\r\n\r\nwho?`,
      );
    }
    const onward = connect(Number((request.url ?? '').split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Fine\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  const at = await listening(t, proxy);
  const written = (password: string): string => `http://${user.name}:${encodeURIComponent(password)}@127.0.0.1:${at}`;
  return {
    http: `http://127.0.0.1:${plain}`,
    https: `https://127.0.0.1:${secure}`,
    proxy: (password = user.password) => written(password),
    seen,
    session: openSession(t, Date.now, {}, { ca: [authority.cert] }),
  };
}

async function listening(t: TestContext, server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function without({ headers }: IncomingMessage): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'proxy-authorization'));
}

/** RFC 7616 3.4.1, for the target as the proxy reads it. */
function proves(value: string, { method, url }: IncomingMessage): boolean {
  if (!value.startsWith('Digest ')) return false;
  const of = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(value)?.[1] ?? '';
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
  const a1 = sha(`${user.name}:${of('realm')}:${user.password}`);
  const expected = sha(`${a1}:${of('nonce')}:${of('nc')}:${of('cnonce')}:${of('qop')}:${sha(`${method}:${url}`)}`);
  return of('uri') === url && of('response') === expected;
}

function sendThrough({ session, proxy }: Scene, url: string, password?: string): Promise<Exchange> {
  return get(session, url, { settings: { proxies: { all: proxy(password) } } });
}

function told({ hops }: Exchange): unknown {
  return hops.map(({ cause, response, decision }) => [cause, response?.status, decision.kind]);
}

const sha256 = 'Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256';

for (const scheme of ['http', 'https'] as const) {
  suite(`Digest of a proxy, to ${scheme}`, () => {
    test('a 407 is a hop of its own and is answered; the origin sees nothing of it', async (t) => {
      const the = await scene(t, [sha256]);
      const exchange = await sendThrough(the, `${the[scheme]}/x?y`);
      assert.deepEqual(told(exchange), [
        ['first', 407, 'follow'],
        ['auth', 200, 'stop'],
      ]);
      assert.equal(exchange.outcome, 'completed');
      const [first] = exchange.hops.map(({ decision }) => decision);
      assert.ok(first?.kind === 'follow' && /407 of the proxy asks for credentials/.test(first.reason));
      assert.equal(the.seen.origin.length, 1);
      assert.ok(!the.seen.origin.flat().some((name) => /authorization|^cookie$/.test(name)));
      assert.deepEqual(the.session.jar.all(Date.now()), [], 'a proxy sets no cookies of the server');
      assert.ok(!JSON.stringify(exchange).includes('Circle'));
    });

    test('the nonce is used again by the same session alone, and counted for what the proxy reads', async (t) => {
      const the = await scene(t, [sha256]);
      await sendThrough(the, `${the[scheme]}/x`);
      const again = await sendThrough(the, `${the[scheme]}/y`);
      assert.equal(again.hops.length, 1);
      const counts = the.seen.proxy.map(({ value = '' }) => /nc=(\d+)/.exec(value)?.[1]);
      assert.deepEqual(counts, scheme === 'http' ? [undefined, '00000001', '00000002'] : [undefined, '00000001']);
    });

    test('a nonce that is too old is renewed', async (t) => {
      const the = await scene(t, [`${sha256}, stale=true`, `${sha256.replace('n1', 'n2')}, stale=true`]);
      // What this proxy takes for stale is the password, which is wrong: it is asked for anew for a while only.
      const exchange = await sendThrough(the, `${the[scheme]}/x`, 'wrong');
      assert.equal(exchange.hops.length, 4);
      assert.equal(exchange.failure?.code, 'proxy-auth');
    });

    test('a wrong password is told as such after one answer', async (t) => {
      const the = await scene(t, [sha256]);
      const exchange = await sendThrough(the, `${the[scheme]}/x`, 'wrong');
      assert.deepEqual(told(exchange), [
        ['first', 407, 'follow'],
        ['auth', 407, 'stop'],
      ]);
      assert.match(exchange.failure?.message ?? '', /does not accept the user and password/);
      assert.match(exchange.failure?.hint ?? '', /Correct them where the proxy is set/);
      assert.deepEqual(the.seen.origin, []);
    });

    test('a proxy that takes NTLM alone is told apart', async (t) => {
      const the = await scene(t, ['NTLM']);
      const exchange = await sendThrough(the, `${the[scheme]}/x`);
      assert.equal(exchange.hops.length, 1);
      assert.match(exchange.failure?.hint ?? '', /NTLM or Negotiate alone/);
    });
  });
}
