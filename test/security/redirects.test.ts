import assert from 'node:assert/strict';
import { targetUrl } from '../../src/core/prepare/targetUrl.ts';
import { provesAdvisories } from './advisories.ts';
import { redirectTo, scene } from './scene.ts';

provesAdvisories('redirects', {
  'CVE-2021-22876': [
    'a Referer that is asked for has neither userinfo nor fragment (curl)',
    async (t) => {
      const { send, arrived } = scene(t, { answers: { 'http://a.test/x': redirectTo('http://b.test/y#c') } });
      const exchange = await send('http://a.test/x#secret', {
        auth: { userinfo: { type: 'basic', username: 'u', password: 'SECRET' } },
        settings: { autoReferer: true },
      });
      assert.deepEqual(arrived('referer'), ['-', 'http://a.test/x']);
      assert.ok(!JSON.stringify(exchange.hops.map(({ request }) => request.url)).includes('SECRET'));
      // Nobody adds one unasked.
      await send('http://a.test/x');
      assert.equal(arrived('referer').at(-1), '-');
    },
  ],
  'CVE-2022-27780': [
    'a percent-encoded separator in a host is no host (curl)',
    async (t) => {
      const { send, urls } = scene(t, { answers: { 'http://a.test/x': redirectTo('http://evil.test%2f.a.test/y') } });
      assert.equal(targetUrl('http://evil.test%2f.a.test/', undefined).ok, false);
      const redirected = await send('http://a.test/x');
      assert.deepEqual([redirected.outcome, redirected.failure?.code], ['failed', 'invalid-url']);
      assert.deepEqual(urls(), ['http://a.test/x']);
    },
  ],
  'CVE-2022-33987': [
    'a redirect leads to http and https alone, not to a socket of this machine (got)',
    async (t) => {
      const targets = [
        'unix:/var/run/docker.sock:/containers',
        'http+unix://%2Fvar/x',
        'file:///etc/passwd',
        'gopher://a.test/',
      ];
      const { send, urls } = scene(t, { answers: { 'http://a.test/x': targets.map((target) => redirectTo(target)) } });
      for (const target of targets) {
        const exchange = await send('http://a.test/x');
        assert.deepEqual([exchange.failure?.code, exchange.hops.length], ['redirect-scheme', 1], target);
      }
      assert.equal(urls().length, targets.length);
    },
  ],
  'CVE-2023-45803': [
    'a body does not go along when the method becomes GET (urllib3)',
    async (t) => {
      const { net, send } = scene(t, { answers: { 'http://a.test/x': redirectTo('http://b.test/y', 303) } });
      await send('http://a.test/x', {
        method: 'POST',
        body: 'password=SECRET',
        headers: [['Content-Type', 'text/plain']],
      });
      const second = net.arrived[1];
      assert.deepEqual([second?.method, second?.body.length], ['GET', 0]);
      assert.ok(!second?.headers.some(([name]) => /^(content-|transfer-)/i.test(name)));
    },
  ],
  'CVE-2026-21441': [
    'the body of a hop is not unpacked beyond its limit (urllib3)',
    async (t) => {
      const bomb = { ...redirectTo('/y'), bomb: { coding: 'gzip', decodedSize: 2 ** 33 } };
      const { net, send } = scene(t, { answers: { 'http://a.test/x': bomb } });
      const exchange = await send('http://a.test/x');
      assert.deepEqual(
        exchange.hops.map(({ response }) => response?.status),
        [302, 200],
      );
      assert.ok((exchange.hops[0]?.response?.body.bytes.length ?? Infinity) <= 1024 * 1024);
      assert.ok((net.arrived[0]?.sentBodyBytes ?? Infinity) < 4 * 1024 * 1024, 'the rest was not read');
    },
  ],
  'CVE-2026-22036': [
    'a chain of content codings has a limit, and so has what comes of it (undici)',
    async (t) => {
      const { send } = scene(t, {
        answers: {
          'http://a.test/many': {
            headers: [['Content-Encoding', Array.from({ length: 6 }, () => 'gzip').join(', ')]],
            body: 'x',
          },
          'http://a.test/bomb': { bomb: { coding: 'br', decodedSize: 2 ** 33 } },
        },
      });
      for (const path of ['many', 'bomb']) {
        const exchange = await send(`http://a.test/${path}`, { settings: { maxDecodedBytes: 8 * 1024 * 1024 } });
        assert.equal(exchange.failure?.code, 'decode-limit', path);
      }
      assert.equal((await send('http://a.test/fine')).outcome, 'completed');
    },
  ],
});
