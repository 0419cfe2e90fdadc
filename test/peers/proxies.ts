import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import type { Session } from '../../src/core/session/session.ts';
import { createAuthority } from '../conformance/wire/certificates.ts';
import type { Peers } from './debianPackages.ts';
import { freePort, PeerScope } from './peer.ts';
import { answerOf, lastHop, send, textOf } from './peerClient.ts';

const authority = createAuthority('Peers');

/** A proxy that runs, as its URL with and without the right credentials. */
interface Proxy {
  readonly open: string;
  readonly closed: string;
  readonly wrong: string;
  /** It answers wrong credentials with 401, which a proxy should not (RFC 9110 15.5.8). */
  readonly says401?: true;
  /** It keeps the first of several lines with one name, and closes after each request that it reads. */
  readonly reads?: 'badly';
}

/** The same requests through every proxy: over http and https, with and without credentials. */
export function proxySuites(peers: Peers): void {
  proxySuite('tinyproxy', (scope) => tinyproxy(peers, scope));
  proxySuite('squid', (scope) => squid(peers, scope, 'http'));
  proxySuite('squid over TLS', (scope) => squid(peers, scope, 'https'));
  proxySuite('squid with Digest', (scope) => squid(peers, scope, 'http', 'digest'));
  proxySuite('microsocks with names for the proxy', (scope) => microsocks(peers, scope, 'socks5h'));
  proxySuite('microsocks with addresses', (scope) => microsocks(peers, scope, 'socks5'));
}

function proxySuite(title: string, start: (scope: PeerScope) => Promise<Proxy>): void {
  suite(title, () => {
    const scope = new PeerScope();
    let proxy: Proxy;
    let session: Session;
    let origins: { readonly http: string; readonly https: string };

    before(async () => {
      proxy = await start(scope);
      origins = { http: await echo('http', scope), https: await echo('https', scope) };
    });

    for (const scheme of ['http', 'https'] as const) {
      test(`${scheme}: the request arrives as it was written, without the credentials of the proxy`, async () => {
        session = scope.session([authority.cert]);
        const text = `POST ${origins[scheme]}/a?b=1\nX-Twice: 1\nX-Twice: 2\n\nBODY`;
        const seen = JSON.parse(answerOf(await send(session, text, { proxies: { all: proxy.open } }))) as Seen;
        const { method, url, body, headers } = seen;
        assert.deepEqual([method, url, body], ['POST', '/a?b=1', 'BODY']);
        const isCut = scheme === 'http' && proxy.reads === 'badly';
        assert.deepEqual(valuesOf(headers, 'x-twice').join(', '), isCut ? '1' : '1, 2');
        assert.deepEqual(valuesOf(headers, 'proxy-authorization'), []);
        assert.deepEqual(valuesOf(headers, 'host'), [new URL(origins[scheme]).host]);
      });

      test(`${scheme}: the next request goes over the same connection, and the hop says which way`, async () => {
        const again = await send(session, `GET ${origins[scheme]}/again`, { proxies: { all: proxy.open } });
        answerOf(again);
        const { connection } = lastHop(again).wire;
        assert.deepEqual(
          [connection?.reused, connection?.via],
          [scheme === 'https' || proxy.reads !== 'badly', shown(proxy.open)],
        );
      });

      test(`${scheme}: wrong or no credentials are said to be what they are`, async () => {
        for (const url of [proxy.closed, proxy.wrong]) {
          const refused = await send(scope.session([authority.cert]), `GET ${origins[scheme]}/`, {
            proxies: { all: url },
          });
          assert.ok(!/WRONG|secret/.test(JSON.stringify(refused)), 'the password is shown nowhere');
          if (!url.startsWith('socks')) assert.notEqual(textOf(refused), '');
          const status = lastHop(refused).response?.status;
          if (url === proxy.wrong && proxy.says401) {
            assert.deepEqual([status, refused.failure?.code], [401, scheme === 'https' ? 'proxy-refused' : undefined]);
            continue;
          }
          assert.equal(status, url.startsWith('socks') ? undefined : 407);
          assert.equal(refused.failure?.code, 'proxy-auth', refused.failure?.message);
          assert.ok(refused.failure?.message.includes(shown(url)), refused.failure?.message);
        }
      });
    }

    test('no_proxy goes there directly', async () => {
      const proxies = { all: proxy.wrong, no_proxy: 'localhost' };
      const direct = await send(scope.session([authority.cert]), `GET ${origins.https}/`, { proxies });
      answerOf(direct);
      assert.equal(lastHop(direct).wire.connection?.via, undefined);
    });

    test('a redirect from https to http takes the way of the new URL', async () => {
      const followed = await send(scope.session([authority.cert]), `GET ${origins.https}/to?${origins.http}/end`, {
        proxies: { https: proxy.open, http: null },
      });
      answerOf(followed);
      assert.deepEqual(
        // A proxy that wants Digest asks for it first, in a hop of its own.
        followed.hops.slice(-2).map(({ wire }) => wire.connection?.via),
        [shown(proxy.open), undefined],
      );
    });

    test('a port where nothing listens is told as far as the proxy tells it', async () => {
      const nowhere = `https://localhost:${await freePort()}/`;
      const refused = await send(scope.session([authority.cert]), `GET ${nowhere}`, { proxies: { all: proxy.open } });
      assert.equal(refused.failure?.code, 'proxy-refused', refused.failure?.message);
    });
  });
}

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

function valuesOf(headers: readonly string[], name: string): string[] {
  return headers.flatMap((text, at) => (at % 2 === 0 && text.toLowerCase() === name ? [headers[at + 1] ?? ''] : []));
}

/** A server that answers with what it got; `/to?URL` leads on. */
async function echo(scheme: 'http' | 'https', scope: PeerScope): Promise<string> {
  const answer: RequestListener = (request, response) => {
    const location = /^\/to\?(.*)/.exec(request.url ?? '')?.[1];
    if (location !== undefined) return void response.writeHead(302, { Location: location }).end();
    void request.toArray().then((chunks: Buffer[]) => {
      const { method, url, rawHeaders: headers } = request;
      response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
    });
  };
  const server =
    scheme === 'http' ? createHttpServer(answer) : createHttpsServer(authority.issue(['localhost']), answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scope.ends(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
}

function shown(url: string): string {
  return url.replace(/\/\/.*@/, '//');
}

function urls(scheme: string, port: number): Proxy {
  const place = `localhost:${port}`;
  return {
    open: `${scheme}://user:secret@${place}`,
    closed: `${scheme}://${place}`,
    wrong: `${scheme}://user:WRONG@${place}`,
  };
}

async function tinyproxy({ find, environment }: Peers, scope: PeerScope): Promise<Proxy> {
  const port = await freePort();
  const file = join(scope.folder(), 'tinyproxy.conf');
  const lines = [`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 60', 'Allow 127.0.0.1', 'BasicAuth user secret'];
  writeFileSync(file, `${lines.join('\n')}\n`);
  await scope.start(find('/usr/bin/tinyproxy'), ['-d', '-c', file], { port, environment });
  return { ...urls('http', port), says401: true, reads: 'badly' };
}

async function squid(
  { find, environment }: Peers,
  scope: PeerScope,
  scheme: 'http' | 'https',
  auth: 'basic' | 'digest' = 'basic',
): Promise<Proxy> {
  const port = await freePort();
  const place = scope.folder();
  chmodSync(place, 0o777);
  const { cert, key } = authority.issue(['localhost']);
  const password = execFileSync('openssl', ['passwd', '-apr1', 'secret'], { encoding: 'utf8' }).trim();
  writeFileSync(join(place, 'users'), `user:${auth === 'basic' ? password : 'secret'}\n`);
  writeFileSync(join(place, 'server.pem'), cert + key);
  const lines = [
    scheme === 'http' ? `http_port 127.0.0.1:${port}` : `https_port 127.0.0.1:${port} tls-cert=${place}/server.pem`,
    `auth_param ${auth} program ${find(`/usr/lib/squid/${helpers[auth]}`)} ${place}/users`,
    `auth_param ${auth} children 1`,
    ...(auth === 'digest' ? ['auth_param digest realm peers'] : []),
    'acl known proxy_auth REQUIRED',
    'http_access allow known',
    'http_access deny all',
    'cache deny all',
    'cache_mem 1 MB',
    'access_log none',
    `cache_log ${place}/cache.log`,
    `pid_filename ${place}/squid.pid`,
    `coredump_dir ${place}`,
    `mime_table ${find('/usr/share/squid/mime.conf')}`,
    `icon_directory ${find('/usr/share/squid/icons')}`,
    `error_directory ${find('/usr/share/squid-langpack/en', '/usr/share/squid/errors/English')}`,
    `unlinkd_program ${find('/usr/lib/squid/unlinkd')}`,
    `logfile_daemon ${find('/usr/lib/squid/log_file_daemon')}`,
    'pinger_enable off',
    'dns_nameservers 127.0.0.1',
    'shutdown_lifetime 0 seconds',
    'max_filedescriptors 512',
  ];
  const file = join(place, 'squid.conf');
  writeFileSync(file, `${lines.join('\n')}\n`);
  await scope.start(find('/usr/sbin/squid'), ['-N', '-f', file, '-n', `peer${port}`], { port, environment });
  return urls(scheme, port);
}

const helpers = { basic: 'basic_ncsa_auth', digest: 'digest_file_auth' } as const;

async function microsocks({ find, environment }: Peers, scope: PeerScope, scheme: string): Promise<Proxy> {
  const port = await freePort();
  const args = ['-i', '127.0.0.1', '-p', String(port), '-u', 'user', '-P', 'secret'];
  await scope.start(find('/usr/bin/microsocks'), args, { port, environment });
  return urls(scheme, port);
}
