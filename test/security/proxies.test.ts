import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { rawServer } from '../node/transportFixture.ts';
import { provesAdvisories } from './advisories.ts';
import { redirectTo, scene } from './scene.ts';

const own = 'http://ann:SECRET@p.test:3128';
const proof = `Basic ${btoa('ann:SECRET')}`;

/** A proxy that wants Digest with this nonce and takes no answer; `nonces` are those that it was shown. */
async function digestProxy(t: TestContext, nonce: string) {
  const challenge = `Proxy-Authenticate: Digest realm="r", nonce="${nonce}", qop="auth"`;
  const server = await rawServer(t, (socket) =>
    socket.end(`HTTP/1.1 407 Who\r\n${challenge}\r\nContent-Length: 0\r\n\r\n`),
  );
  return {
    origin: server.url,
    url: server.url.replace('//', '//ann:SECRET@'),
    nonces: () => server.received.map((text) => /nonce="([^"]+)"/.exec(text)?.[1] ?? '-'),
  };
}

provesAdvisories('proxies', {
  'CVE-2016-5385': [
    'a Proxy header that a CGI server made into HTTP_PROXY is no proxy ("httpoxy")',
    async (t) => {
      const environment = { HTTP_PROXY: 'http://evil.test:80', REQUEST_METHOD: 'GET' };
      const { net, send } = scene(t, { environment });
      await send('http://a.test/');
      assert.deepEqual(
        net.arrived.map(({ passage }) => passage?.place),
        [undefined],
      );
    },
  ],
  'CVE-2023-32681': [
    'credentials of the proxy stay outside the tunnel when a redirect leads to https (requests)',
    async (t) => {
      const { net, send, arrived } = scene(t, { answers: { 'http://a.test/x': redirectTo('https://a.test/y') } });
      const exchange = await send('http://a.test/x', { settings: { proxies: { all: own } } });
      assert.deepEqual(arrived('proxy-authorization'), ['-', '-']);
      assert.deepEqual(
        net.arrived.map(({ passage }) => passage?.authorization),
        [proof, proof],
      );
      assert.ok(!JSON.stringify(exchange.hops.map(({ wire }) => wire)).includes(btoa('ann:SECRET')));
    },
  ],
  'CVE-2026-3784': [
    'a tunnel that one user of a proxy opened is not used for another (curl)',
    async (t) => {
      const { net, send } = scene(t, {});
      for (const url of [own, 'http://p.test:3128', own])
        await send('https://a.test/', { settings: { proxies: { all: url } } });
      const [first, second, third] = net.arrived;
      assert.deepEqual([first?.passage?.authorization, second?.passage?.authorization], [proof, undefined]);
      assert.notEqual(first?.socket, second?.socket);
      assert.equal(first?.socket, third?.socket);
    },
  ],
  'CVE-2026-6253': [
    'a redirect that is reached through another proxy does not show it the credentials of the first (curl)',
    async (t) => {
      const { net, send } = scene(t, { answers: { 'http://a.test/x': redirectTo('https://b.test/y') } });
      await send('http://a.test/x', { settings: { proxies: { http: own, https: 'http://other.test:3128' } } });
      assert.deepEqual(
        net.arrived.map(({ passage }) => [passage?.place, passage?.authorization]),
        [
          ['p.test:3128', proof],
          ['other.test:3128', undefined],
        ],
      );
    },
  ],
  'CVE-2026-7168': [
    'the nonce of one proxy is not used for another (curl)',
    async (t) => {
      const one = await digestProxy(t, 'n-one');
      const other = await digestProxy(t, 'n-other');
      const { send } = scene(t, { isMapped: false });
      for (const proxy of [one, other, one])
        await send('https://a.test/', { settings: { proxies: { all: proxy.url } } });
      assert.deepEqual(one.nonces(), ['-', 'n-one', 'n-one', 'n-one']);
      assert.deepEqual(other.nonces(), ['-', 'n-other']);
    },
  ],
  'CVE-2026-8927': [
    'the nonce of a proxy is not used for a server, though it has the same name and user (curl)',
    async (t) => {
      const proxy = await digestProxy(t, 'n-proxy');
      const { send } = scene(t, { isMapped: false });
      await send(proxy.origin, { settings: { proxies: { all: proxy.url } } });
      await send(proxy.origin, { auth: { own: { type: 'digest', username: 'ann', password: 'SECRET' } } });
      assert.deepEqual(proxy.nonces(), ['-', 'n-proxy', '-']);
    },
  ],
  'CVE-2026-9079': [
    'a redirect that goes without a proxy takes none of its credentials along (curl)',
    async (t) => {
      const { net, send, arrived } = scene(t, { answers: { 'http://a.test/x': redirectTo('http://b.test/y') } });
      await send('http://a.test/x', {
        headers: [['Proxy-Authorization', 'Basic T1dO']],
        settings: { proxies: { all: own, 'http://b.test': null } },
      });
      assert.deepEqual(
        net.arrived.map(({ passage }) => passage?.authorization),
        ['Basic T1dO', undefined],
      );
      assert.deepEqual(arrived('proxy-authorization'), ['-', '-']);
    },
  ],
  'CVE-2026-44492': [
    'no_proxy means an address in every form that it may be written in (axios)',
    async (t) => {
      const environment = { http_proxy: own, no_proxy: '127.0.0.1,10.0.0.0/8' };
      const { net, send } = scene(t, { environment });
      for (const host of ['[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '[::ffff:10.1.2.3]', '192.0.2.1']) {
        await send(`http://${host}/`);
      }
      assert.deepEqual(
        net.arrived.map(({ passage }) => passage?.place),
        [undefined, undefined, undefined, undefined, 'p.test:3128'],
      );
    },
  ],
});
