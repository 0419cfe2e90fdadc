import assert from 'node:assert/strict';
import { casePath } from '../conformance/wire/caseFiles.ts';
import { provesAdvisories } from './advisories.ts';
import { scene, sendIn } from './scene.ts';

const okAnd = (more: string): string => `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok${more}`;

provesAdvisories('connections', {
  'CVE-2015-3143': [
    'a connection that NTLM logged in carries no request of anybody else (curl)',
    async (t) => {
      const { net, send } = scene(t, {});
      for (const value of ['NTLM TlRMTVNTUAAB', undefined, 'Negotiate YII=', undefined]) {
        await send('http://a.test/', { headers: value === undefined ? [] : [['Authorization', value]] });
      }
      const [first, second, third, fourth] = net.arrived.map(({ socket }) => socket);
      assert.notEqual(first, second);
      assert.notEqual(third, second);
      assert.equal(fourth, second);
    },
  ],
  'CVE-2022-22576': [
    'two sessions share no connection, whoever is logged in there (curl)',
    async (t) => {
      const { net, session, open } = scene(t, {});
      const other = open();
      await sendIn(session, 'http://a.test/', { auth: { own: { type: 'bearer', token: 'A' } } });
      await sendIn(other, 'http://a.test/', { auth: { own: { type: 'bearer', token: 'B' } } });
      await sendIn(session, 'http://a.test/', { auth: { own: { type: 'bearer', token: 'A' } } });
      const [first, second, third] = net.arrived.map(({ socket }) => socket);
      assert.notEqual(first, second);
      assert.equal(first, third);
    },
  ],
  'CVE-2024-35195': [
    'a connection that was not verified is not used where verification is wanted (requests)',
    async (t) => {
      const { send } = scene(t, { origins: [{ origin: 'https://a.test', tls: { cert: 'self-signed' } }] });
      const blind = await send('https://a.test/', { settings: { verify: false } });
      assert.deepEqual(
        [blind.outcome, blind.hops[0]?.warnings.map(({ code }) => code)],
        ['completed', ['not-verified']],
      );
      const strict = await send('https://a.test/');
      assert.equal(strict.failure?.code, 'tls-untrusted');
      const again = await send('https://a.test/', { settings: { verify: casePath('test-ca.pem') } });
      assert.equal(again.failure?.code, 'tls-untrusted');
    },
  ],
  'CVE-2026-6733': [
    'what a server sends unasked is not the answer to the next request (undici)',
    async (t) => {
      const raw = okAnd('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil');
      const { send } = scene(t, { answers: { 'http://a.test/x': { raw }, 'http://a.test/y': { body: 'good' } } });
      await send('http://a.test/x');
      const next = await send('http://a.test/y');
      assert.equal(Buffer.from(next.hops[0]?.response?.body.bytes ?? []).toString(), 'good');
    },
  ],
  'CVE-2026-6734': [
    'a connection through a SOCKS proxy is not used for another origin (undici)',
    async (t) => {
      const { net, send } = scene(t, {});
      const settings = { proxies: { all: 'socks5h://u:p@p.test' } };
      for (const url of ['http://a.test/', 'http://b.test/', 'http://a.test/']) await send(url, { settings });
      const sockets = net.arrived.map(({ socket }) => socket);
      assert.notEqual(sockets[0], sockets[1]);
      assert.equal(sockets[0], sockets[2]);
      assert.deepEqual(
        net.arrived.map(({ passage }) => passage?.socksTarget),
        ['a.test:80', 'b.test:80', 'a.test:80'],
      );
    },
  ],
  'CVE-2026-9697': [
    'a connection of one proxy user is not used for another, nor TLS of one trust for another (undici)',
    async (t) => {
      const { net, send } = scene(t, {});
      const through = (user: string) => ({ proxies: { all: `http://${user}:p@p.test` } });
      for (const user of ['ann', 'bob', 'ann']) await send('https://a.test/', { settings: through(user) });
      await send('https://a.test/', { settings: { ...through('ann'), verify: casePath('test-ca.pem') } });
      const sockets = net.arrived.map(({ socket }) => socket);
      assert.deepEqual([new Set(sockets).size, sockets[0] === sockets[2]], [3, true]);
      assert.deepEqual(
        net.arrived.map(({ passage }) => atob(passage?.authorization?.slice('Basic '.length) ?? '')),
        ['ann:p', 'bob:p', 'ann:p', 'ann:p'],
      );
    },
  ],
  'CVE-2026-16728': [
    'a response that says its length twice ends the connection (undici)',
    async (t) => {
      const doubled = [
        'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
      ].map((raw) => ({ raw }));
      const { net, send } = scene(t, { answers: { 'http://a.test/x': doubled } });
      for (const code of ['invalid-response', 'invalid-response']) {
        assert.equal((await send('http://a.test/x')).failure?.code, code);
      }
      assert.equal((await send('http://a.test/y')).outcome, 'completed');
      assert.equal(new Set(net.arrived.map(({ socket }) => socket)).size, 3);
    },
  ],
});
