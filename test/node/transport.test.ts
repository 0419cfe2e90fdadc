import assert from 'node:assert/strict';
import { channel } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { request as foreignRequest } from 'undici';
import type { RoundTrip, Timing } from '../../src/core/http/transport.ts';
import { closedPort, listen, newTransport, ok, rawServer, streamBody, textOf } from './transportFixture.ts';

test('the response is kept as it came: status, reason, lines in order and spelling, body', async (t) => {
  const server = await rawServer(t, (socket) =>
    socket.end(
      'HTTP/1.1 299 Alles gut\r\nSet-Cookie: a=1\r\nX-A: 1\r\nset-cookie: b=\xe9\r\nx-a:  2 \r\n\r\nbody',
      'latin1',
    ),
  );
  const { send } = newTransport(t);
  const trip = await send(server.url);
  assert.equal(trip.failure, undefined);
  assert.deepEqual(trip.warnings, []);
  const { status, reason, httpVersion, headers, trailers, informational } = trip.response!;
  assert.deepEqual([status, reason, httpVersion], [299, 'Alles gut', '1.1']);
  assert.deepEqual(headers, [
    ['Set-Cookie', 'a=1'],
    ['X-A', '1'],
    ['set-cookie', 'b=\xe9'],
    ['x-a', '2'],
  ]);
  assert.deepEqual([trailers, informational, textOf(trip)], [[], [], 'body']);
});

test('a reason is UTF-8, or Latin-1 where it is not (SESSION S6)', async (t) => {
  const raw = [Buffer.from('\u0160\u0165astn\u011b'), Buffer.from('P\xf8esunuto', 'latin1')];
  const server = await rawServer(t, (socket) =>
    socket.end(Buffer.concat([Buffer.from('HTTP/1.1 299 '), raw.shift() ?? Buffer.of(), Buffer.from('\r\n\r\n')])),
  );
  const { send } = newTransport(t);
  assert.equal((await send(server.url)).response?.reason, '\u0160\u0165astn\u011b');
  assert.equal((await send(server.url)).response?.reason, 'P\xf8esunuto');
});

test('interim responses, trailers and an old version are reported', async (t) => {
  const answers = [
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n' + ok('x'),
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\nX-A: 1\r\n\r\n' + ok('HTTP/1.1 100 '),
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-T: 1\r\nx-t: 2\r\n\r\n',
    'HTTP/1.0 200 OK\r\n\r\nold',
  ];
  const server = await rawServer(t, (socket, _received, index) => {
    socket.write(answers[index] ?? '');
    if (index === 3) socket.end();
  });
  const { send } = newTransport(t);
  assert.deepEqual((await send(server.url)).response?.informational, [103, 102]);
  const continued = await send(server.url);
  assert.deepEqual([continued.response?.informational, textOf(continued)], [[100, 100], 'HTTP/1.1 100 ']);
  assert.deepEqual((await send(server.url)).response?.trailers, [
    ['X-T', '1'],
    ['x-t', '2'],
  ]);
  const old = await send(server.url);
  assert.deepEqual([old.response?.httpVersion, textOf(old)], ['1.0', 'old']);
});

test('the raw request is what arrived: spelling, order, repeats, framing, no fragment', async (t) => {
  const server = await rawServer(t, (socket) => socket.write(ok()));
  const { send } = newTransport(t);
  const headers = [
    ['X-oDd', '1'],
    ['x-odd', '2'],
    ['Host', 'other.test'],
    ['X-L', 'é'],
  ] as const;
  const check = async (given: Parameters<typeof send>[1], body: string) => {
    const trip = await send(`${server.url}a%20b?q=1#part`, { headers, ...given });
    assert.equal(trip.failure, undefined);
    assert.ok(server.received.join('').endsWith(`${trip.wire.rawRequestHead}${body}`));
    return trip.wire.rawRequestHead ?? '';
  };
  const head = await check({ method: 'POST', body: 'abc' }, 'abc');
  assert.match(head, /^POST \/a%20b\?q=1 HTTP\/1\.1\r\nhost: other\.test\r\n/);
  assert.match(head, /X-oDd: 1\r\nx-odd: 2\r\nX-L: é\r\ncontent-length: 3\r\n\r\n$/);
  assert.doesNotMatch(await check({}, ''), /content-length/);
  assert.match(await check({ method: 'POST' }, ''), /content-length: 0\r\n\r\n$/);
  assert.match(await check({ method: 'delete', body: 'x' }, 'x'), /^delete .*content-length: 1\r\n\r\n$/s);
  assert.match(await check({ method: 'PUT', body: streamBody(['ab', 'c'], 3) }, 'abc'), /content-length: 3\r\n\r\n$/);
  const chunked = '\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n'.slice(2);
  assert.match(await check({ method: 'PUT', body: streamBody(['ab', 'c']) }, chunked), /transfer-encoding: chunked/);
  const asked = { method: 'PUT', body: 'abc', headers: [['Transfer-Encoding', 'chunked']] } as const;
  assert.match(await check(asked, '3\r\nabc\r\n0\r\n\r\n'), /transfer-encoding: chunked/);
});

test('a connection is used again, known by its number, and its opening is not timed twice', async (t) => {
  const server = await rawServer(t, (socket, received) =>
    socket.write(received.startsWith('HEAD') ? 'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n' : ok('x')),
  );
  const { transport, send } = newTransport(t);
  const url = server.url.replace('127.0.0.1', 'localhost');
  const first = await send(url);
  const second = await send(url, { method: 'HEAD' });
  assert.deepEqual([first.wire.connection?.id, first.wire.connection?.reused], [1, false]);
  assert.deepEqual([second.wire.connection?.id, second.wire.connection?.reused], [1, true]);
  assert.deepEqual(phases(first), ['queueMs', 'dnsMs', 'connectMs', 'sendMs', 'waitMs', 'downloadMs']);
  assert.deepEqual(phases(second), ['queueMs', 'sendMs', 'waitMs', 'downloadMs']);
  assert.doesNotMatch(second.wire.rawRequestHead ?? '', /connection: close/);
  const facts = transport.connections();
  assert.equal(facts.length, 1);
  const { origin, remoteAddress, remotePort, localPort, family } = facts[0]!;
  assert.deepEqual([origin, remoteAddress, remotePort, family], [url.slice(0, -1), '127.0.0.1', server.port, 'IPv4']);
  assert.equal(localPort, server.sockets[0]?.remotePort);
  await transport.close();
  assert.deepEqual(transport.connections(), []);
  assert.equal((await send(url)).wire.connection?.id, 2);
});

test('the phases lie end to end: their sum is the total', async (t) => {
  const server = await rawServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    setImmediate(() =>
      socket.write(`Content-Length: 2\r\n\r\na`, () => globalThis.setImmediate(() => socket.write('b'))),
    );
  });
  const { send } = newTransport(t);
  for (const trip of [await send(server.url), await send(server.url, { method: 'POST', body: 'x' })]) {
    const { startedAt, totalMs, ...each } = trip.wire.timing;
    assert.equal(startedAt, 1_000);
    assert.ok(Object.values(each).every((ms) => ms >= 0));
    const sum = Object.values(each).reduce((left, right) => left + right, 0);
    assert.ok(Math.abs(sum - totalMs) < 0.01, `${sum} against ${totalMs}`);
  }
});

test('bytes are counted: body as encoded, request body, socket', async (t) => {
  const answer = ok('four');
  const server = await rawServer(t, (socket) => socket.write(answer));
  const { send } = newTransport(t);
  await send(server.url);
  const trip = await send(server.url, { method: 'POST', body: 'abc' });
  assert.deepEqual([trip.response?.body.wireBytes, trip.wire.requestBodyBytes], [4, 3]);
  const sent = (trip.wire.rawRequestHead ?? '').length + 3;
  assert.deepEqual(trip.wire.socketBytes, { sent, received: answer.length, layer: 'wire' });
});

test('connectTo moves the connection, not the request; IPv6 literals work', async (t) => {
  const server = await rawServer(t, (socket) => socket.end(ok()));
  const asked: unknown[] = [];
  const { send } = newTransport(t, {
    connectTo: async (host, port) => {
      asked.push([host, port]);
      return Promise.resolve({ host: '127.0.0.1', port: server.port });
    },
  });
  const trip = await send('http://api.example.test/x');
  assert.equal(trip.response?.status, 200);
  assert.match(server.received[0] ?? '', /^GET \/x HTTP\/1\.1\r\nhost: api\.example\.test\r\n/);
  assert.equal(trip.wire.connection?.origin, 'http://api.example.test');
  await send('http://[2001:db8::1]:8080/');
  assert.match(server.received[1] ?? '', /host: \[2001:db8::1\]:8080\r\n/);
  assert.deepEqual(asked, [
    ['api.example.test', 80],
    ['2001:db8::1', 8080],
  ]);
});

test('every address of a name is tried and listed', async (t) => {
  const server = await rawServer(t, (socket) => socket.end(ok()));
  const { send } = newTransport(t, {
    lookup: (_name, _options, done) => {
      const addresses = [
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ];
      done(null, addresses);
    },
  });
  const trip = await send(`http://two.test:${server.port}/`);
  assert.deepEqual(trip.wire.connection?.attempts, [
    { address: '::1', port: server.port, error: attemptError(trip) },
    { address: '127.0.0.1', port: server.port },
  ]);
  assert.ok(['connect-refused', 'connect-failed'].includes(attemptError(trip) ?? ''));
  const port = await closedPort();
  const refused = await send(`http://two.test:${port}/`);
  assert.equal(refused.wire.connection?.attempts.length, 2);
  assert.match(
    refused.failure?.message ?? '',
    new RegExp(`two\\.test:${port}.*\\[::1\\]:${port}, 127\\.0\\.0\\.1:${port}`),
  );
});

test('200 requests at once keep their own records, beside other undici traffic in the process', async (t) => {
  const server = createServer((request, response) => {
    setImmediate(() => response.end(`${request.url} ${String(request.headers['x-n'])} ${request.socket.remotePort}`));
  });
  await listen(t, server);
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const base = `http://127.0.0.1:${address.port}`;
  const { transport, send } = newTransport(t);
  const foreign = Array.from({ length: 50 }, async (_, index) => {
    const answer = await (index % 2 ? fetch(`${base}/foreign`) : foreignRequest(`${base}/foreign`));
    return answer.body instanceof ReadableStream
      ? (answer as Response).text()
      : (answer.body as { text(): unknown }).text();
  });
  const trips = await Promise.all(
    Array.from({ length: 200 }, (_, index) => send(`${base}/${index}`, { headers: [['X-N', String(index)]] })),
  );
  await Promise.all(foreign);
  for (const [index, trip] of trips.entries()) {
    assert.equal(trip.failure, undefined);
    assert.equal(textOf(trip), `/${index} ${index} ${trip.wire.connection?.localPort}`);
    assert.match(trip.wire.rawRequestHead ?? '', new RegExp(`^GET /${index} HTTP.*X-N: ${index}\r\n\r\n$`, 's'));
    assert.deepEqual(phases(trip).filter((name) => name === 'connectMs').length, trip.wire.connection?.reused ? 0 : 1);
  }
  assert.ok(transport.connections().length > 1);
  server.closeAllConnections();
});

test('progress is told as it happens, and the channel is left on close', async (t) => {
  const server = await rawServer(t, (socket) => socket.write(ok('abc')));
  const { transport, send } = newTransport(t);
  const seen: unknown[] = [];
  const { response } = await send(server.url, { onProgress: (progress) => seen.push(progress) });
  const { status, reason, httpVersion, headers } = response!;
  assert.deepEqual(seen, [
    { kind: 'sent' },
    { kind: 'head', head: { status, reason, httpVersion, headers } },
    { kind: 'content', bytes: Buffer.from('abc') },
    { kind: 'body', wireBytes: 3, expected: 3 },
  ]);
  assert.equal(channel('undici:client:sendHeaders').hasSubscribers, true);
  await transport.close();
  assert.equal(channel('undici:client:sendHeaders').hasSubscribers, false);
});

test('a kept connection that the server closes is replaced without a word while that is harmless', async (t) => {
  const server = await rawServer(t, (socket) => socket.write(ok('x')));
  const { transport, send } = newTransport(t);
  await send(server.url);
  server.sockets[0]?.resetAndDestroy();
  const safe = await send(server.url);
  assert.deepEqual([safe.failure, safe.wire.connection?.id, safe.wire.connection?.reused], [undefined, 2, false]);
  assert.ok(safe.wire.timing.connectMs !== undefined);
  server.sockets[1]?.end();
  while (transport.connections().length > 0) await turn();
  const unsafe = await send(server.url, { method: 'POST', body: streamBody(['x']) });
  assert.deepEqual([unsafe.failure, unsafe.wire.connection?.id], [undefined, 3]);
});

test('a request that may have had an effect is not sent twice', async (t) => {
  const server = await rawServer(t, (socket, _received, index) => (index === 0 ? socket.write(ok()) : socket.end()));
  const { send } = newTransport(t);
  await send(server.url);
  const { failure, wire } = await send(server.url, { method: 'POST', body: 'x' });
  assert.deepEqual([failure?.code, wire.connection?.id, server.sockets.length], ['connection-lost', 1, 1]);
  assert.match(failure?.hint ?? '', /send again/);
});

test('bytes that nobody asked for are never a response', async (t) => {
  const server = await rawServer(t, (socket, _received, index) =>
    socket.write(index === 0 ? `${ok('one')}${ok('evil')}` : ok('two')),
  );
  const { send } = newTransport(t);
  assert.equal(textOf(await send(server.url)), 'one');
  const second = await send(server.url);
  assert.deepEqual([textOf(second), second.wire.connection?.id], ['two', 2]);
});

function phases(trip: RoundTrip): string[] {
  const order: readonly (keyof Timing)[] = ['queueMs', 'dnsMs', 'connectMs', 'tlsMs', 'sendMs', 'waitMs', 'downloadMs'];
  return order.filter((name) => trip.wire.timing[name] !== undefined);
}

function attemptError(trip: RoundTrip): string | undefined {
  return trip.wire.connection?.attempts[0]?.error;
}
