import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import {
  createServer as createHttpServer,
  request as forward,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import * as vscode from 'vscode';
import { createAuthority, selfSigned } from '../../conformance/wire/certificates.ts';
import { closeEditors } from './closeEditors.ts';
import { openUntitled } from './openUntitled.ts';
import { startRecorder, type Recorder } from './recorder.ts';

/** VS Code's proxy settings and ours about certificates, as a user sets them, against servers on loopback. */
describe('ways to the server', () => {
  const authority = createAuthority('In host');
  const servers: Server[] = [];
  const changed = new Set<string>();
  let recorder: Recorder;

  before(async () => {
    recorder = await startRecorder();
  });
  after(async () => {
    await recorder.close();
    for (const server of servers) server.close();
  });
  afterEach(async () => {
    for (const name of changed) await vscode.workspace.getConfiguration().update(name, undefined, true);
    changed.clear();
    await closeEditors();
  });

  it('http.proxy is gone through, with http.proxyAuthorization for it alone, and http.noProxy is not', async () => {
    const proxy = await startProxy();
    await set('http.proxy', proxy.url);
    await set('http.proxyAuthorization', 'Basic b3duOnByb29m');
    await send(`${recorder.origin}/through`);
    assert.deepEqual(proxy.seen, [[`${recorder.origin}/through`, 'Basic b3duOnByb29m']]);
    assert.equal(recorder.received.at(-1)?.url, '/through');
    assert.equal(recorder.received.at(-1)?.headers['proxy-authorization'], undefined);
    await set('http.noProxy', ['127.0.0.1']);
    await send(`${recorder.origin}/beside`);
    assert.deepEqual([recorder.received.at(-1)?.url, proxy.seen.length], ['/beside', 1]);
  });

  it('crumbtrail.proxies comes before http.proxy, and http.proxySupport switches that off', async () => {
    const [proxy, own] = [await startProxy(), await startProxy()];
    await set('http.proxy', proxy.url);
    await set('crumbtrail.proxies', { http: own.url });
    await send(`${recorder.origin}/own`);
    assert.deepEqual([proxy.seen.length, own.seen.length], [0, 1]);
    await set('crumbtrail.proxies', undefined);
    await set('http.proxySupport', 'off');
    await send(`${recorder.origin}/off`);
    assert.deepEqual([recorder.received.at(-1)?.url, proxy.seen.length], ['/off', 0]);
  });

  it('http.proxyStrictSSL decides whether the certificate of a proxy must be trusted', async () => {
    const proxy = await startProxy(selfSigned(['127.0.0.1']));
    await set('http.proxy', proxy.url);
    await send(`${recorder.origin}/strict`);
    assert.notEqual(recorder.received.at(-1)?.url, '/strict');
    await set('http.proxyStrictSSL', false);
    await send(`${recorder.origin}/lenient`);
    assert.equal(recorder.received.at(-1)?.url, '/lenient');
  });

  it('crumbtrail.verify trusts a file of issuers, or nothing is verified', async () => {
    const server = await startSecure(authority.issue(['127.0.0.1']));
    await send(`${server.url}/untrusted`);
    assert.equal(server.seen.length, 0);
    await set('crumbtrail.verify', file('ca.pem', authority.cert));
    await send(`${server.url}/trusted`);
    await set('crumbtrail.verify', false);
    await send(`${server.url}/blind`);
    await set('crumbtrail.verify', undefined);
    await send(`${server.url}/again`);
    assert.deepEqual(
      server.seen.map(([path]) => path),
      ['/trusted', '/blind'],
    );
  });

  it('crumbtrail.certificates shows a client certificate to its host alone', async () => {
    const options = {
      ...authority.issue(['127.0.0.1']),
      requestCert: true,
      rejectUnauthorized: false,
      ca: [authority.cert],
    };
    const [server, other] = [await startSecure(options), await startSecure(options)];
    const { cert, key } = authority.issue(['client.test']);
    await set('crumbtrail.verify', file('ca.pem', authority.cert));
    const certificate = { cert: file('client.pem', cert), key: file('client.key', key) };
    await set('crumbtrail.certificates', { [new URL(server.url).host]: certificate });
    await send(`${server.url}/known`);
    await send(`${other.url}/stranger`);
    assert.deepEqual([server.seen, other.seen], [[['/known', 'client.test']], [['/stranger', '']]]);
  });

  it('a long wait before the next attempt is cut short by a command', async () => {
    let asked = 0;
    const url = await start(
      createHttpServer((_request, response) => {
        asked += 1;
        if (asked === 1) response.writeHead(503, { 'Retry-After': '3600' });
        response.end();
      }),
      'http',
    );
    await set('crumbtrail.retry', { total: 2, statusForcelist: [503] });
    const sending = send(url);
    // Until the wait has begun there is none to cut short, and the command only says so.
    const over = sending.then(() => true);
    while (!(await Promise.race([over, turn().then(() => false)]))) {
      void vscode.commands.executeCommand('crumbtrail.sendNow');
    }
    assert.equal(asked, 2);
  });

  async function set(name: string, value: unknown): Promise<void> {
    changed.add(name);
    await vscode.workspace.getConfiguration().update(name, value, true);
  }

  async function start(server: Server, scheme: string): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** An HTTP proxy, over TLS when it has a certificate; `seen` are targets with Proxy-Authorization. */
  async function startProxy(
    certificate?: ServerOptions,
  ): Promise<{ url: string; seen: [string, string | undefined][] }> {
    const seen: [string, string | undefined][] = [];
    const answer: RequestListener = (request, response) => {
      const { 'proxy-authorization': proof, ...headers } = request.headers;
      seen.push([request.url ?? '', proof]);
      request.pipe(
        forward(request.url ?? '', { method: request.method ?? 'GET', headers, agent: false }, (answered) =>
          answered.pipe(response),
        ),
      );
    };
    const server = certificate ? createHttpsServer(certificate, answer) : createHttpServer(answer);
    return { url: await start(server, certificate ? 'https' : 'http'), seen };
  }

  /** `seen` are paths with the name in the client's certificate. */
  async function startSecure(options: ServerOptions): Promise<{ url: string; seen: [string, string][] }> {
    const seen: [string, string][] = [];
    const server = createHttpsServer(options, (request, response) => {
      seen.push([request.url ?? '', clientOf(request)]);
      response.end();
    });
    return { url: await start(server, 'https'), seen };
  }
});

function clientOf(request: IncomingMessage): string {
  const { subject } = (request.socket as TLSSocket).getPeerCertificate();
  return subject?.CN?.toString() ?? '';
}

function file(name: string, text: string): string {
  const path = join(tmpdir(), `crumbtrail-in-host-${process.pid}-${name}`);
  writeFileSync(path, text);
  return path;
}

async function send(url: string): Promise<void> {
  await vscode.window.showTextDocument(await openUntitled(`GET ${url}\n`));
  await vscode.commands.executeCommand('crumbtrail.send');
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
