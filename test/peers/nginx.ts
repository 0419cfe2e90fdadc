import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import type { Session } from '../../src/core/session/session.ts';
import { createAuthority } from '../conformance/wire/certificates.ts';
import type { Peers } from './debianPackages.ts';
import { freePort, PeerScope } from './peer.ts';
import { answerOf, lastHop, send } from './peerClient.ts';

/** TLS, HTTP/2 and client certificates as nginx has them. */
export function nginxSuite(peers: Peers): void {
  suite('nginx', () => {
    const scope = new PeerScope();
    const authority = createAuthority('Peers');
    let origin = '';
    let place = '';
    let session: Session;

    before(async () => {
      place = scope.folder();
      const port = await freePort();
      origin = `https://localhost:${port}`;
      writeFiles(place, authority, port);
      const args = ['-p', place, '-c', join(place, 'nginx.conf'), '-e', 'stderr'];
      await scope.start(peers.find('/usr/sbin/nginx'), args, { port, environment: peers.environment });
      session = scope.session([authority.cert]);
    });

    test('HTTP/1.1 by default, although the server prefers HTTP/2', async () => {
      const exchange = await send(session, `GET ${origin}/protocol`);
      assert.equal(answerOf(exchange), 'HTTP/1.1');
      const { tls } = lastHop(exchange).wire;
      assert.deepEqual(
        [tls?.authorized, tls?.alpn, tls?.certificate?.subjectAltName],
        [true, 'http/1.1', 'DNS:localhost'],
      );
    });

    test('HTTP/2 where the request line says so, several requests on one connection', async () => {
      const first = await send(session, `GET ${origin}/protocol HTTP/2`);
      const second = await send(session, `# @http2\nGET ${origin}/protocol`);
      assert.equal(answerOf(first) + answerOf(second), 'HTTP/2.0HTTP/2.0');
      assert.equal(lastHop(second).wire.connection?.reused, true);
      assert.equal(lastHop(first).wire.connection?.id, lastHop(second).wire.connection?.id);
    });

    test('a body over HTTP/2 arrives whole', async () => {
      const body = 'x'.repeat(300_000);
      const exchange = await send(session, `POST ${origin}/length HTTP/2\nContent-Type: text/plain\n\n${body}`);
      assert.equal(answerOf(exchange), '300000');
    });

    test('SNI and Host are those of the URL; a Host line changes the Host alone', async () => {
      const { port } = new URL(origin);
      assert.equal(answerOf(await send(session, `GET ${origin}/names`)), `localhost localhost:${port}`);
      assert.equal(answerOf(await send(session, `GET ${origin}/names\nHost: other.test`)), 'localhost other.test');
    });

    test('no certificate is shown unless the request has one', async () => {
      assert.equal(answerOf(await send(session, `GET ${origin}/client`)), 'NONE ');
    });

    for (const file of ['client.pem', 'client.pfx']) {
      test(`a client certificate from ${file}`, async () => {
        const cert = { file: join(place, file), ...(file.endsWith('.pfx') && { passphrase: 'secret' }) };
        const exchange = await send(session, `GET ${origin}/client`, { cert });
        assert.equal(answerOf(exchange), 'SUCCESS CN=client.test');
      });
    }

    test('a client certificate by tag, over HTTP/2 and by the list of the settings', async () => {
      const tagged = `# @cert ${join(place, 'client.pem')}\nGET ${origin}/client HTTP/2`;
      assert.equal(answerOf(await send(session, tagged)), 'SUCCESS CN=client.test');
      const certificates = [{ file: join(place, 'client.pem'), origins: [new URL(origin).host] }];
      assert.equal(answerOf(await send(session, `GET ${origin}/client`, { certificates })), 'SUCCESS CN=client.test');
      const none = `# @no-client-cert\nGET ${origin}/client`;
      assert.equal(answerOf(await send(session, none, { certificates })), 'NONE ');
    });

    test('a redirect to another port takes no client certificate along', async () => {
      const cert = join(place, 'client.pem');
      const exchange = await send(session, `GET ${origin}/to-ip`, { cert, verify: false });
      assert.equal(answerOf(exchange), 'NONE ');
      assert.equal(exchange.hops.length, 2);
    });

    test('the issuer must be trusted, by the roots or by a file', async () => {
      const stranger = scope.session();
      assert.equal((await send(stranger, `GET ${origin}/protocol`)).failure?.code, 'tls-untrusted');
      const verify = join(place, 'ca.pem');
      assert.equal(answerOf(await send(stranger, `GET ${origin}/protocol`, { verify })), 'HTTP/1.1');
      assert.equal((await send(stranger, `GET ${origin}/protocol`)).failure?.code, 'tls-untrusted');
      const insecure = await send(stranger, `# @insecure\nGET ${origin}/protocol`);
      assert.deepEqual(
        lastHop(insecure).warnings.map(({ code }) => code),
        ['not-verified'],
      );
    });

    test('TLS sessions are resumed, and never for somebody else', async () => {
      const fresh = scope.session([authority.cert]);
      const cert = join(place, 'client.pem');
      answerOf(await send(fresh, `GET ${origin}/client\nConnection: close`));
      const again = await send(fresh, `GET ${origin}/client\nConnection: close`);
      assert.equal(lastHop(again).wire.tls?.sessionReused, true);
      const known = await send(fresh, `GET ${origin}/client\nConnection: close`, { cert });
      assert.equal(answerOf(known), 'SUCCESS CN=client.test');
      assert.equal(lastHop(known).wire.tls?.sessionReused, false);
      assert.equal(answerOf(await send(fresh, `GET ${origin}/client`)), 'NONE ');
    });

    test('gzip of nginx is undone, with both sizes', async () => {
      const exchange = await send(session, `GET ${origin}/big.txt\nAccept-Encoding: gzip`);
      assert.equal(answerOf(exchange).length, 200_000);
      const body = lastHop(exchange).response?.body;
      assert.ok(body && body.decodedBytes === 200_000 && body.wireBytes < 10_000, JSON.stringify(body?.wireBytes));
    });
  });
}

function writeFiles(place: string, authority: ReturnType<typeof createAuthority>, port: number): void {
  const server = authority.issue(['localhost']);
  const client = authority.issue(['client.test']);
  const files = {
    'ca.pem': authority.cert,
    'server.pem': server.cert,
    'server.key': server.key,
    'client.pem': client.cert + client.key,
    'big.txt': 'crumbs '.repeat(30_000).slice(0, 200_000),
    'nginx.conf': configuration(place, port),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
  const pem = join(place, 'client.pem');
  execFileSync('openssl', [
    'pkcs12',
    '-export',
    '-in',
    pem,
    '-out',
    join(place, 'client.pfx'),
    '-passout',
    'pass:secret',
  ]);
}

function configuration(place: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off; master_process off; pid ${place}/nginx.pid; error_log stderr;
events {}
http {
  access_log off; default_type text/plain; client_max_body_size 10m;
  ${temporary.map((name) => `${name}_temp_path ${place}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port} ssl http2;
    ssl_certificate ${place}/server.pem; ssl_certificate_key ${place}/server.key;
    ssl_client_certificate ${place}/ca.pem; ssl_verify_client optional;
    ssl_session_cache shared:s:1m;
    gzip on; gzip_types text/plain; gzip_min_length 1000;
    root ${place};
    location = /protocol { return 200 "$server_protocol"; }
    location = /length { return 200 "$content_length"; }
    location = /names { return 200 "$ssl_server_name $http_host"; }
    location = /client { return 200 "$ssl_client_verify $ssl_client_s_dn"; }
    location = /to-ip { return 302 https://127.0.0.1:${port}/client; }
  }
}
`;
}
