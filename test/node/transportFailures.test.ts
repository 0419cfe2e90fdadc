import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { FailureCode } from '../../src/core/http/failure.ts';
import type { RoundTrip } from '../../src/core/http/transport.ts';
import {
  bytesBody,
  closedPort,
  newTransport,
  ok,
  rawServer,
  streamBody,
  textOf,
  type Answer,
  type SendOptions,
} from './transportFixture.ts';

/** The failure has this code, says this, and names a next step. */
function check(trip: RoundTrip, code: FailureCode, shown: RegExp): void {
  assert.equal(trip.failure?.code, code, trip.failure?.message);
  assert.match(trip.failure?.message ?? '', shown);
  assert.match(trip.failure?.hint ?? '', /^[A-Z].{10,}\.$/);
}

async function against(t: TestContext, answer: Answer, options: SendOptions = {}): Promise<RoundTrip> {
  const server = await rawServer(t, answer);
  const { send } = newTransport(t);
  const trip = await send(server.url, options);
  if (trip.failure) await closed(server.sockets[0]);
  return trip;
}

async function closed(socket: Socket | undefined): Promise<void> {
  if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

test('what cannot be put on the wire is refused before a socket is opened', async (t) => {
  const server = await rawServer(t, (socket) => socket.end(ok()));
  const { transport, send } = newTransport(t);
  const cases: readonly (readonly [SendOptions & { url?: string }, FailureCode, RegExp])[] = [
    [{ url: 'http://user:secret@ho st/' }, 'invalid-url', /^"http:\/\/ho st\/" is not a URL/],
    [{ url: 'ftp://host/' }, 'unsupported-scheme', /ftp/],
    [{ method: 'GE T' }, 'invalid-method', /GE T/],
    [{ method: 'CONNECT' }, 'invalid-method', /tunnel/],
    [{ headers: [['X-A', 'a\r\nX-B: b']] }, 'header-injection', /X-A/],
    [{ headers: [['X-A\n', 'a']] }, 'header-injection', /X-A/],
    [{ headers: [['X A', 'a']] }, 'invalid-header', /"X A"/],
    [{ headers: [['X-A', ' a']] }, 'invalid-header', /X-A begins with white space/],
    [{ headers: [['X-A', 'a\0']] }, 'invalid-header', /control character/],
    [{ headers: [['X-A', 'Žluť 😀']] }, 'invalid-header', /"Ž"/],
    [{ headers: [['Expect', '100-continue']] }, 'invalid-header', /Expect/],
    [
      {
        headers: [
          ['Host', 'a'],
          ['host', 'b'],
        ],
      },
      'invalid-header',
      /two Host/,
    ],
    [{ method: 'POST', body: 'abc', headers: [['Content-Length', '4']] }, 'content-length-mismatch', /4.*3/],
    [{ headers: [['Content-Length', '1']] }, 'content-length-mismatch', /1.*0/],
    [{ headers: [['Content-Length', 'x']] }, 'content-length-mismatch', /x/],
    [
      {
        body: 'a',
        headers: [
          ['Content-Length', '1'],
          ['content-length', '1'],
        ],
      },
      'content-length-mismatch',
      /2 times/,
    ],
    [{ httpVersion: '2' }, 'http2-unavailable', /not https/],
    [{ signal: AbortSignal.abort() }, 'cancelled', /cancelled/],
  ];
  for (const [{ url = server.url, ...given }, code, shown] of cases) {
    const trip = await send(url, given);
    check(trip, code, shown);
    assert.deepEqual([trip.response, trip.wire.rawRequestHead], [undefined, undefined]);
  }
  assert.deepEqual([server.sockets.length, transport.connections().length], [0, 0]);
});

test('a Content-Length that is right is no mistake', async (t) => {
  const trip = await against(t, (socket) => socket.end(ok()), { body: 'abc', headers: [['Content-Length', '3']] });
  assert.equal(trip.failure, undefined);
  assert.equal(trip.wire.rawRequestHead?.match(/content-length/gi)?.length, 1);
});

test('a stream that ends too early or too late ends the request', async (t) => {
  for (const parts of [['ab'], ['ab', 'cd']]) {
    const trip = await against(t, () => undefined, { method: 'PUT', body: streamBody(parts, 3) });
    check(trip, 'content-length-mismatch', /another length/);
  }
});

test('a body whose source fails ends the request', async (t) => {
  const open = async function* () {
    yield await Promise.resolve(Buffer.from('a'));
    throw Object.assign(new Error('EIO: the disk failed'), { code: 'EIO' });
  };
  const trip = await against(t, () => undefined, {
    method: 'PUT',
    body: { ...bytesBody('ab'), bytes: undefined, open } as never,
  });
  check(trip, 'file-not-found', /could not be read to its end: EIO/);
});

test('no connection: the host, the port and every address tried are named', async (t) => {
  const { send } = newTransport(t);
  const port = await closedPort();
  const refused = await send(`http://localhost:${port}/`);
  check(refused, 'connect-refused', new RegExp(`localhost:${port}.*127\\.0\\.0\\.1:${port}`));
  assert.ok(refused.wire.timing.dnsMs !== undefined);
  assert.deepEqual([refused.wire.timing.waitMs, refused.wire.timing.downloadMs], [undefined, undefined]);
  assert.equal(refused.wire.connection?.attempts[0]?.error, 'connect-refused');
  check(await send('http://no-such-host.invalid/'), 'dns-failed', /"no-such-host\.invalid"/);
});

test('errors of the name service are told apart', async (t) => {
  const failing = (code: string) =>
    newTransport(t, {
      lookup: (_name, _options, done) => setImmediate(() => done(Object.assign(new Error(code), { code }), [])),
    });
  check(await failing('EAI_AGAIN').send('http://a.test/'), 'dns-failed', /No name server/);
  check(await failing('ENOTFOUND').send('http://a.test/'), 'dns-failed', /no host named/);
  check(await failing('EHOSTUNREACH').send('http://a.test/'), 'connect-failed', /a\.test:80: EHOSTUNREACH/);
});

test('the connect timeout includes the lookup, and leaves nothing open', async (t) => {
  const { transport, send } = newTransport(t, { connectTo: () => new Promise(() => undefined) });
  const trip = await send('http://slow.test/', { timeouts: { connectMs: 20 } });
  check(trip, 'connect-timeout', /slow\.test within 20 ms/);
  assert.equal(trip.wire.timing.connectMs, undefined);
  assert.deepEqual(transport.connections(), []);
  const failing = newTransport(t, { connectTo: () => Promise.reject(new Error('no such mapping')) });
  check(await failing.send('http://slow.test/'), 'connect-failed', /no such mapping/);
});

test('a connection that is lost before the head', async (t) => {
  check(await against(t, (socket) => socket.end()), 'connection-lost', /127\.0\.0\.1:\d+ closed/);
  check(await against(t, (socket) => socket.resetAndDestroy()), 'connection-lost', /(reset|closed) the connection/);
  check(await against(t, (socket) => socket.end('HTTP/1.1 200 OK\r\nX-A')), 'connection-lost', /whole response head/);
});

test('a body that ends early keeps what came', async (t) => {
  const sized = await against(t, (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234'));
  check(sized, 'truncated-body', /after 5 of 10 bytes/);
  const closing = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\n01234';
  check(await against(t, (socket) => socket.end(closing)), 'truncated-body', /after 5 of 10 bytes/);
  const chunked = await against(t, (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n01'),
  );
  check(chunked, 'truncated-body', /after 7 bytes/);
  const closingChunk = await against(t, (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n01'),
  );
  check(closingChunk, 'truncated-body', /after 7 bytes/);
  const reset = await against(t, (socket) =>
    socket.write(ok('').replace(': 0', ': 9') + 'abc', () => setTimeout(() => socket.resetAndDestroy(), 20)),
  );
  check(reset, 'truncated-body', /after 3 of 9 bytes/);
  assert.deepEqual([textOf(sized), textOf(chunked), textOf(reset)], ['01234', '0123401', 'abc']);
  assert.ok(sized.wire.timing.downloadMs !== undefined);
});

test('what breaks HTTP/1.1 is refused with its first bytes', async (t) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['HTTP/1.1 200 OK\nContent-Type: a/b\n\nx', /"HTTP\/1\.1 200 OK\\nContent-Type/],
    ['HTTP/1.1 200 OK\r\nX-A: 1\r\n folded\r\n\r\n', /folded/],
    ['HTTP/1.1 200 OK\r\nX-A : 1\r\n\r\n', /X-A : 1/],
    ['HTTP/1.1 200 OK\r\nSet-Cookie: sid=secret; Path=/\r\nX : 1\r\n\r\n', /Set-Cookie: sid=…; Path/],
    ['SSH-2.0-OpenSSH_9.2\r\n', /"SSH-2\.0-OpenSSH_9\.2\\r\\n"/],
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', /Content-Length: 3/],
    ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd', /Content-Length: 4/],
    [`HTTP/1.1 200 OK\r\nX-A: \0${'x'.repeat(500)}\r\n\r\n`, /x"…$/],
    ['HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', /bad upgrade/],
  ];
  for (const [raw, shown] of cases) {
    check(await against(t, (socket) => socket.end(raw)), 'invalid-response', shown);
  }
  const chunk = await against(t, (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nzz\r\n'),
  );
  check(chunk, 'invalid-response', /chunk size/);
  assert.equal(textOf(chunk), 'a');
});

test('a head without end is cut off at the limit', async (t) => {
  const endless: Answer = (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(`X-${'y'.repeat(1000)}: 1\r\n`));
    };
    socket.write('HTTP/1.1 200 OK\r\n');
    socket.on('drain', more);
    more();
  };
  const tooLarge = await against(t, endless, { maxHeaderBytes: 65_536 });
  check(tooLarge, 'headers-too-large', /larger than 65536 bytes/);
  // No setting raises this limit, so that no hint may promise one.
  assert.doesNotMatch(tooLarge.failure?.hint ?? '', /raise/);
  const big = `HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(100_000)}\r\n\r\n`;
  const allowed = await against(t, (socket) => socket.end(big), { maxHeaderBytes: 262_144 });
  assert.equal(allowed.failure, undefined);
});

test('the read timeout counts from the last byte, the total timeout from the beginning', async (t) => {
  const silent = await against(t, () => undefined, { timeouts: { readMs: 30 } });
  check(silent, 'read-timeout', /did not begin to answer within 30 ms/);
  assert.match(silent.failure?.hint ?? '', /"# @timeout /);
  assert.ok(silent.wire.timing.waitMs !== undefined && silent.wire.timing.downloadMs === undefined);
  const paused = await against(t, (socket) => socket.write(ok('').replace(': 0', ': 9') + '01234'), {
    timeouts: { readMs: 30 },
  });
  check(paused, 'read-timeout', /sent nothing for 30 ms, after 5 bytes/);
  assert.equal(textOf(paused), '01234');
  const trickle: Answer = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 10);
    socket.on('close', () => clearInterval(timer));
  };
  const total = await against(t, trickle, { timeouts: { readMs: 5_000, totalMs: 100 } });
  check(total, 'total-timeout', /within 100 ms/);
  assert.ok((textOf(total) ?? '').length > 0);
});

test('the pauses of an event stream are not counted when nobody set a limit', async (t) => {
  const events: Answer = (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\n');
    setTimeout(() => socket.end('data: 2\n\n'), 1200);
  };
  const timeouts = { readMs: 400 };
  check(await against(t, events, { timeouts }), 'read-timeout', /sent nothing for 400 ms, after 9 bytes/);
  const whole = await against(t, events, { timeouts, quietStreams: true });
  assert.equal(whole.failure, undefined);
  assert.equal(textOf(whole), 'data: 1\n\ndata: 2\n\n');
});

test('cancelling works at every stage, closes the socket and keeps what came', async (t) => {
  const never = newTransport(t, { connectTo: () => new Promise(() => undefined) });
  const stages: Record<string, (signal: AbortSignal, abort: () => void) => Promise<RoundTrip>> = {
    connecting: async (signal, abort) => {
      const trip = never.send('http://slow.test/', { signal });
      await turn();
      abort();
      return trip;
    },
    sending: (signal, abort) => {
      const open = async function* () {
        yield await Promise.resolve(Buffer.from('a'));
        abort();
        yield await new Promise<Uint8Array>(() => undefined);
      };
      return against(t, () => undefined, { signal, method: 'PUT', body: { length: 5, replayable: false, open } });
    },
    waiting: (signal, abort) => against(t, () => abort(), { signal }),
    receiving: (signal, abort) =>
      against(t, (socket) => socket.write(ok('').replace(': 0', ': 9') + 'part'), {
        signal,
        onProgress: ({ kind }) => kind === 'body' && abort(),
      }),
  };
  for (const [name, run] of Object.entries(stages)) {
    const controller = new AbortController();
    const trip = await run(controller.signal, () => controller.abort());
    check(trip, 'cancelled', /cancelled/);
    assert.equal(textOf(trip), name === 'receiving' ? 'part' : undefined, name);
  }
  assert.deepEqual(never.transport.connections(), []);
});

test('closing ends what runs, and says so', async (t) => {
  const server = await rawServer(t, () => void transport.close());
  const { transport, send } = newTransport(t);
  check(await send(server.url), 'session-closed', /closed while the request was running/);
  await closed(server.sockets[0]);
});
