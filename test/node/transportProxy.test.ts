import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { headerValues } from '../../src/core/http/headerList.ts';
import { casePath, authority } from '../conformance/wire/caseFiles.ts';
import { LoopbackNet, type OriginRule, type ProxyRule, type ServedUrl } from '../conformance/wire/loopbackNet.ts';
import { closedPort, listen, newTransport, rawServer, textOf, type SendOptions } from './transportFixture.ts';

interface Net {
  readonly server?: readonly ServedUrl[];
  readonly origins?: readonly OriginRule[];
  readonly proxies?: readonly ProxyRule[];
}

/** A network of loopback servers, any of which is also a proxy when it is spoken to like one. */
function network(t: TestContext, { server = [], origins = [], proxies = [] }: Net = {}) {
  const net = new LoopbackNet(server, origins, proxies);
  t.after(() => net.close());
  const { transport, send } = newTransport(t, { connectTo: net.connectTo, ca: net.ca });
  return { net, transport, send };
}

function through(url: string, authorization?: string): SendOptions {
  return { proxy: { url, ...(authorization !== undefined && { authorization }) } };
}

suite('an HTTP proxy', () => {
  test('reads an http URL whole, with its own credentials and all lines of a name', async (t) => {
    const { net, send } = network(t);
    const headers = [
      ['X-A', '1'],
      ['X-A', '2'],
    ] as const;
    const trip = await send('http://h.test/x?y', { headers, ...through('http://u:p%40@p.test:3128') });
    const [arrived] = net.arrived;
    assert.equal(trip.response?.status, 200);
    assert.deepEqual(arrived?.passage, {
      place: 'p.test:3128',
      line: 'GET http://h.test/x?y HTTP/1.1',
      authorization: `Basic ${btoa('u:p@')}`,
    });
    assert.deepEqual(headerValues(arrived.headers, 'x-a'), ['1', '2']);
    assert.deepEqual(headerValues(arrived.headers, 'host'), ['h.test']);
    assert.equal(trip.wire.connection?.via, 'http://p.test:3128');
    assert.match(
      trip.wire.rawRequestHead ?? '',
      /^GET http:\/\/h\.test\/x\?y HTTP\/1\.1\r\n.*Proxy-Authorization: Basic \*\*\*\r\n/s,
    );
  });

  test('opens a tunnel for https, and what is for it stays outside', async (t) => {
    const { net, send } = network(t);
    const headers = [
      ['Proxy-Authorization', 'Basic own'],
      ['X-A', '1'],
    ] as const;
    const trip = await send('https://h.test:8443/x', { headers, ...through('http://u:p@p.test') });
    const [arrived] = net.arrived;
    assert.deepEqual(arrived?.passage, {
      place: 'p.test:80',
      line: 'CONNECT h.test:8443 HTTP/1.1',
      authorization: 'Basic own',
    });
    assert.deepEqual([arrived.sni, headerValues(arrived.headers, 'proxy-authorization')], ['h.test', []]);
    assert.ok(!(trip.wire.rawRequestHead ?? '').includes('Basic'));
    assert.equal(trip.wire.tls?.authorized, true);
  });

  test('may be spoken to over TLS, and does not see the client certificate', async (t) => {
    const ask: OriginRule['tls'] = { clientCert: 'ask' };
    const { net, send } = network(t, {
      origins: [
        { origin: 'https://p.test', tls: ask },
        { origin: 'https://h.test', tls: ask },
      ],
    });
    const tls = { certificate: { file: casePath('client-a.pem') } };
    await send('https://h.test/', { ...through('https://p.test'), tls });
    const plain = await send('http://h.test/', { ...through('https://p.test'), tls });
    assert.deepEqual(
      net.arrived.map(({ url, clientCert, passage }) => [url, clientCert, passage?.place]),
      [
        ['https://h.test/', 'client-a.pem', 'p.test:443'],
        ['http://h.test/', null, 'p.test:443'],
      ],
    );
    assert.equal(plain.wire.socketBytes?.layer, 'plaintext');
  });

  test('whose certificate is not trusted is not used, unless its setting says so', async (t) => {
    const { send } = network(t, { origins: [{ origin: 'https://p.test', tls: { cert: 'self-signed' } }] });
    const refused = await send('http://h.test/', through('https://p.test'));
    assert.equal(refused.failure?.code, 'proxy-unreachable');
    assert.match(refused.failure.message, /https:\/\/p\.test:443.*trusted issuer/);
    const taken = await send('http://h.test/', { proxy: { url: 'https://p.test', verify: false } });
    assert.equal(taken.response?.status, 200);
  });

  test('carries HTTP/2 in a tunnel', async (t) => {
    const { send } = network(t, { origins: [{ origin: 'https://h.test', tls: { alpn: ['h2'] } }] });
    for (const reused of [false, true]) {
      const trip = await send('https://h.test/', { httpVersion: '2', ...through('http://p.test') });
      assert.deepEqual([trip.response?.httpVersion, trip.wire.connection?.reused], ['2', reused]);
    }
  });

  test('is kept apart from other proxies, other credentials and the direct way', async (t) => {
    const { send } = network(t);
    const ids = [];
    for (const url of [
      'http://a.test',
      'http://u:p@a.test',
      'http://u:q@a.test',
      'http://b.test',
      undefined,
      'http://a.test',
    ]) {
      const trip = await send('https://h.test/', url === undefined ? {} : through(url));
      ids.push(trip.wire.connection?.id);
    }
    assert.deepEqual(ids, [1, 2, 3, 4, 5, 1]);
  });

  test('lets go of every socket when the transport is closed', async (t) => {
    const { net, transport, send } = network(t);
    await send('https://h.test/', through('http://p.test'));
    await send('https://h.test/', through('socks5h://p.test'));
    assert.deepEqual([transport.connections().length, net.openSockets], [2, 2]);
    await transport.close();
    while (net.openSockets > 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(transport.connections().length, 0);
  });
});

interface Refusal {
  readonly title: string;
  readonly url: string;
  readonly answer: string;
  readonly code: string;
  readonly message: RegExp;
  readonly status?: number;
  readonly body?: string;
}

const refusals: readonly Refusal[] = [
  {
    title: '407 to CONNECT, with a body in chunks',
    url: 'https://h.test/',
    answer:
      'HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm="r"\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nden\r\n3\r\nied\r\n0\r\n\r\n',
    code: 'proxy-auth',
    message: /wants a user and a password \(407 Who are you; Basic realm="r"\)/,
    status: 407,
    body: 'denied',
  },
  {
    title: '407 to a whole URL',
    url: 'http://h.test/',
    answer: 'HTTP/1.1 407 Who are you\r\nContent-Length: 6\r\n\r\ndenied',
    code: 'proxy-auth',
    message: /wants a user and a password \(407 Who are you\)/,
    status: 407,
    body: 'denied',
  },
  {
    title: '403 to CONNECT, closed after its body',
    url: 'https://h.test/',
    answer: 'HTTP/1.1 403 Forbidden\r\n\r\nnot there',
    code: 'proxy-refused',
    message: /did not open a connection to h\.test:443: 403 Forbidden/,
    status: 403,
    body: 'not there',
  },
  {
    title: 'an answer that is not HTTP',
    url: 'https://h.test/',
    answer: 'SSH-2.0-OpenSSH\r\n\r\n',
    code: 'proxy-refused',
    message: /what it answers is not HTTP/,
  },
  { title: 'no answer', url: 'https://h.test/', answer: '', code: 'proxy-refused', message: /closed the connection/ },
];

for (const { title, url, answer, code, message, status, body } of refusals) {
  test(`an HTTP proxy refuses: ${title}`, async (t) => {
    const proxy = await rawServer(t, (socket) => socket.end(answer));
    const { send } = newTransport(t);
    const trip = await send(url, through(proxy.url));
    assert.equal(trip.failure?.code, code, trip.failure?.message);
    assert.match(trip.failure.message, message);
    assert.ok(trip.failure.message.includes(`http://127.0.0.1:${proxy.port}`), trip.failure.message);
    assert.deepEqual([trip.response?.status, textOf(trip)], [status, body]);
  });
}

test('a tunnel may be announced by an interim answer, and 200 is not the only yes', async (t) => {
  const { net } = network(t);
  const origin = await net.connectTo('h.test', 443);
  const proxy = await rawServer(t, (socket) => {
    socket.removeAllListeners('data');
    const onward = connect(origin);
    socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 204 Fine\r\nX: y\r\n\r\n');
    socket.pipe(onward).pipe(socket);
  });
  const { send } = newTransport(t, { ca: [authority.cert] });
  assert.equal((await send('https://h.test/', through(proxy.url))).response?.status, 200);
});

test('a proxy that is not there, or whose name nobody knows, is named', async (t) => {
  const { send } = newTransport(t);
  const port = await closedPort();
  const gone = await send('http://h.test/', through(`http://u:SECRET@127.0.0.1:${port}`));
  assert.equal(gone.failure?.code, 'proxy-unreachable');
  assert.ok(gone.failure.message.includes(`http://127.0.0.1:${port}: nothing listens there`), gone.failure.message);
  assert.ok(!JSON.stringify(gone).includes('SECRET'));
  const lookup = newTransport(t, {
    lookup: (name, _options, done) => done(Object.assign(new Error(name), { code: 'ENOTFOUND' }), ''),
  });
  const unknown = await lookup.send('http://h.test/', through('http://proxy.test'));
  assert.match(unknown.failure?.message ?? '', /proxy http:\/\/proxy\.test:80: there is no host of that name/);
});

test('a proxy that hangs runs into the limit for connecting, and is named', async (t) => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await listen(t, silent);
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  const { port } = silent.address() as { port: number };
  const { send } = newTransport(t);
  const trip = await send('https://h.test/', { ...through(`http://127.0.0.1:${port}`), timeouts: { connectMs: 50 } });
  assert.equal(trip.failure?.code, 'connect-timeout');
  assert.ok(trip.failure.message.includes(`h.test (through http://127.0.0.1:${port})`), trip.failure.message);
});

suite('a SOCKS5 proxy', () => {
  test('gets the name, or the address that is looked up here', async (t) => {
    const { net, send } = network(t);
    await send('http://h.test/a', through('socks5h://p.test'));
    await send('http://localhost:81/b', through('socks5://u:p@p.test'));
    await send('http://[::1]:82/c', through('socks5h://p.test'));
    assert.deepEqual(
      net.arrived.map(({ target, passage }) => [target, passage?.place, passage?.socksTarget]),
      [
        ['/a', 'p.test:1080', 'h.test:80'],
        ['/b', 'p.test:1080', '<ip>:81'],
        ['/c', 'p.test:1080', '<ip>:82'],
      ],
    );
  });

  test('a name that cannot be looked up here is no fault of the proxy', async (t) => {
    const { net } = network(t);
    const { send } = newTransport(t, {
      connectTo: net.connectTo,
      lookup: (name, _options, done) =>
        name === 'h.test'
          ? done(Object.assign(new Error(name), { code: 'ENOTFOUND' }), '')
          : done(null, '127.0.0.1', 4),
    });
    const trip = await send('http://h.test/', through('socks5://p.test'));
    assert.equal(trip.failure?.code, 'dns-failed', trip.failure?.message);
    assert.match(trip.failure.message, /"h\.test"/);
  });

  const answers: readonly (readonly [title: string, answer: readonly number[], code: string, message: RegExp])[] = [
    ['it wants a password', [5, 0xff], 'proxy-auth', /wants a user and a password \(SOCKS5 method 255\)/],
    ['it speaks something else', [72, 84], 'proxy-refused', /not SOCKS5/],
    ['its rules forbid it', [5, 0, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0], 'proxy-refused', /rules do not allow/],
    ['nothing listens there', [5, 0, 5, 5, 0, 3, 1, 65, 0, 0], 'proxy-refused', /h\.test:80: the destination refused/],
    ['it closes', [5], 'proxy-refused', /closed the connection during the SOCKS handshake/],
  ];
  for (const [title, answer, code, message] of answers) {
    test(`refuses: ${title}`, async (t) => {
      const proxy = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(Buffer.from(answer)));
      });
      await listen(t, proxy);
      const { send } = newTransport(t);
      const { port } = proxy.address() as { port: number };
      const trip = await send('http://h.test/', through(`socks5h://127.0.0.1:${port}`));
      assert.equal(trip.failure?.code, code, trip.failure?.message);
      assert.match(trip.failure.message, message);
    });
  }
});
