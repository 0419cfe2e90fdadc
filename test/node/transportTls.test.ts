import assert from 'node:assert/strict';
import { createServer as createTcpServer } from 'node:net';
import { createSecureServer } from 'node:http2';
import { createServer, type Server } from 'node:https';
import { test, type TestContext } from 'node:test';
import type { Server as NetServer } from 'node:net';
import type { FailureCode } from '../../src/core/http/failure.ts';
import { makeCertificates, type KeyPair } from './transportCertificates.ts';
import { listen, newTransport, textOf } from './transportFixture.ts';

/** An https server that tells what it was asked, on a free loopback port. */
async function secureServer(t: TestContext, pair: KeyPair): Promise<{ port: number; server: Server }> {
  const server = createServer(pair, (request, response) => {
    const { servername } = request.socket as unknown as { servername: string };
    response.end(`${request.headers.host} ${servername}`);
  });
  await listen(t, server);
  t.after(() => server.closeAllConnections());
  return { port: portOf(server), server };
}

function portOf(server: NetServer): number {
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return address.port;
}

test('trust, names and dates of certificates', async (t) => {
  const made = makeCertificates(t);
  const cases: readonly (readonly [KeyPair, string, readonly string[], FailureCode | undefined, RegExp])[] = [
    [made.good, 'localhost', [made.ca], undefined, /localhost/],
    [made.good, 'localhost', [], 'tls-untrusted', /CN=good, issued by CN=Test Authority/],
    [made.selfSigned, 'localhost', [made.ca], 'tls-untrusted', /CN=Self Signed.*DEPTH_ZERO_SELF_SIGNED_CERT/],
    [made.otherName, 'localhost', [made.ca], 'tls-hostname', /localhost:\d+ is for other names: DNS:other\.test/],
    [made.expired, 'localhost', [made.ca], 'tls-expired', /expired on 2020-02-01/],
  ];
  for (const [pair, host, ca, code, shown] of cases) {
    const { port, server } = await secureServer(t, pair);
    let requests = 0;
    server.on('request', () => requests++);
    const { transport, send } = newTransport(t, { ca });
    const trip = await send(`https://${host}:${port}/`);
    assert.equal(trip.failure?.code, code, trip.failure?.message);
    assert.match(trip.failure?.message ?? textOf(trip) ?? '', shown);
    assert.ok(trip.wire.tls?.certificate?.fingerprint256);
    assert.equal(trip.wire.tls.authorized, code === undefined);
    assert.deepEqual([requests, transport.connections().length], code ? [0, 0] : [1, 1]);
  }
});

test('the chain is shown as far as the server sent it', async (t) => {
  const { ca, good, selfSigned } = makeCertificates(t);
  for (const [pair, expected] of [
    [{ ...good, cert: good.cert + ca }, ['CN=Test Authority']],
    [good, undefined],
    [selfSigned, undefined],
  ] as const) {
    const { port } = await secureServer(t, pair);
    const { send } = newTransport(t, { ca: [ca] });
    const { tls } = (await send(`https://localhost:${port}/`, { verify: false })).wire;
    assert.deepEqual(
      tls?.issuers?.map(({ subject }) => subject),
      expected,
    );
  }
});

test('without verification it is sent, and the reason why not is a warning; one never takes the connection of the other', async (t) => {
  const { ca, otherName, good } = makeCertificates(t);
  const other = await secureServer(t, otherName);
  const { transport, send } = newTransport(t, { ca: [ca] });
  const url = `https://localhost:${other.port}/`;
  for (const reused of [false, true]) {
    const trip = await send(url, { verify: false });
    assert.deepEqual([trip.response?.status, trip.wire.connection?.reused], [200, reused]);
    assert.deepEqual(
      trip.warnings.map(({ code }) => code),
      ['not-verified'],
    );
    assert.match(trip.warnings[0]?.message ?? '', /ERR_TLS_CERT_ALTNAME_INVALID/);
  }
  assert.equal((await send(url)).failure?.code, 'tls-hostname');
  await transport.close();
  assert.equal((await send(url, { verify: false })).wire.tls?.authorized, false);
  const fine = await secureServer(t, good);
  assert.deepEqual((await send(`https://localhost:${fine.port}/`, { verify: false })).warnings, []);
});

test('every fact of the handshake is kept, and a TLS session is resumed', async (t) => {
  const { ca, good } = makeCertificates(t);
  const { port } = await secureServer(t, good);
  const { send } = newTransport(t, { ca: [ca] });
  const first = await send(`https://localhost:${port}/`, { headers: [['Connection', 'close']] });
  const { tlsMs, dnsMs, connectMs } = first.wire.timing;
  assert.ok([tlsMs, dnsMs, connectMs].every((ms) => ms !== undefined && ms >= 0));
  const { certificate, ...facts } = first.wire.tls!;
  assert.deepEqual(facts, {
    protocol: 'TLSv1.3',
    cipher: facts.cipher,
    alpn: 'http/1.1',
    authorized: true,
    sessionReused: false,
  });
  assert.match(facts.cipher, /^TLS_/);
  assert.deepEqual([certificate?.subject, certificate?.issuer], ['CN=good', 'CN=Test Authority']);
  assert.match(certificate?.subjectAltName ?? '', /DNS:localhost, DNS:a\.test/);
  assert.ok(certificate!.validFrom < certificate!.validTo);
  const second = await send(`https://localhost:${port}/`);
  assert.deepEqual([second.wire.connection?.id, second.wire.tls?.sessionReused], [2, true]);
  assert.equal(second.wire.socketBytes?.layer, 'plaintext');
});

test('name and certificate are those of the URL, wherever the connection goes and whatever Host says', async (t) => {
  const { ca, good } = makeCertificates(t);
  const { port } = await secureServer(t, good);
  const { send } = newTransport(t, { ca: [ca], connectTo: () => ({ host: '127.0.0.1', port }) });
  assert.equal(textOf(await send('https://a.test/')), 'a.test a.test');
  assert.equal(textOf(await send('https://a.test/', { headers: [['Host', 'other.test']] })), 'other.test a.test');
  assert.equal(textOf(await send('https://[::1]:8443/')), '[::1]:8443 false');
  assert.equal((await send('https://b.test/')).failure?.code, 'tls-hostname');
  assert.equal((await send('https://[::2]/')).failure?.code, 'tls-hostname');
});

test('handshakes that fail otherwise', async (t) => {
  const { ca } = makeCertificates(t);
  const plain = createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await listen(t, plain);
  const { send } = newTransport(t);
  const trip = await send(`https://localhost:${portOf(plain)}/`);
  assert.equal(trip.failure?.code, 'tls-failed');
  assert.match(trip.failure?.hint ?? '', /try http:\/\//);
  const closing = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await listen(t, closing);
  assert.equal((await send(`https://localhost:${portOf(closing)}/`)).failure?.code, 'tls-failed');
  const broken = newTransport(t, { ca: [ca.replace(/M/g, '!')] });
  const refused = await broken.send(`https://localhost:${portOf(closing)}/`);
  assert.equal(refused.failure?.code, 'invalid-setting');
});

test('HTTP/2 is spoken when asked for and there, and only then', async (t) => {
  const { ca, good } = makeCertificates(t);
  const server = createSecureServer({ ...good, allowHTTP1: true }, (request, response) => {
    response.setHeader('X-Version', request.httpVersion);
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    request.on('data', () => undefined).on('end', () => response.end('h2'));
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  await listen(t, server);
  t.after(() => sessions.forEach((session) => session.destroy()));
  const url = `https://a.test:${portOf(server)}/x?y=1`;
  const { send } = newTransport(t, { ca: [ca], connectTo: (_host, port) => ({ host: '127.0.0.1', port }) });

  const old = await send(url);
  assert.deepEqual([old.response?.httpVersion, old.wire.tls?.alpn], ['1.1', 'http/1.1']);
  const options = { httpVersion: '2', method: 'POST', body: 'abc', headers: [['X-A', '1']] } as const;
  const trips = await Promise.all([send(url, options), send(url, options), send(url, options)]);
  for (const trip of trips) {
    assert.equal(trip.failure, undefined);
    assert.deepEqual([trip.response?.httpVersion, trip.wire.tls?.alpn, textOf(trip)], ['2', 'h2', 'h2']);
    const wanted = trip.response?.headers.filter(([name]) => name === 'set-cookie' || name === 'x-version');
    assert.deepEqual(wanted, [
      ['x-version', '2.0'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    assert.equal(
      trip.wire.rawRequestHead,
      `:method: POST\r\n:scheme: https\r\n:authority: ${new URL(url).host}\r\n:path: /x?y=1\r\nx-a: 1\r\ncontent-length: 3\r\n`,
    );
  }
  assert.deepEqual([...new Set(trips.map(({ wire }) => wire.connection?.id))], [2]);

  const { port } = await secureServer(t, good);
  const refused = await send(`https://a.test:${port}/`, { httpVersion: '2' });
  assert.equal(refused.failure?.code, 'http2-unavailable');
});
