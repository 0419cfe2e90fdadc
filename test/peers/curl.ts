import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { differences } from './curlDifferences.ts';
import { type Reply, type Scenario, type ScenarioRequest, scenarios } from './curlScenarios.ts';
import type { Peers } from './debianPackages.ts';
import { PeerScope } from './peer.ts';
import { send } from './peerClient.ts';

const run = promisify(execFile);

/** The same redirects and cookies, sent by us and by curl: what arrives is the same, or the table says why not. */
export function curlSuite({ find }: Peers): void {
  suite('curl', () => {
    const scope = new PeerScope();
    const server = new ScenarioServer(scope);
    before(() => server.listen());

    test('every difference is one of a scenario', () => {
      const names = new Set(scenarios.map(({ name }) => name));
      assert.deepEqual(
        Object.keys(differences).filter((name) => !names.has(name)),
        [],
      );
    });

    for (const scenario of scenarios) {
      const difference = differences[scenario.name];
      test(difference ? `${scenario.name}: not as curl: ${difference.why}` : scenario.name, async () => {
        const curl = find('/usr/bin/curl');
        const ours = await server.record(scenario, (requests) => sendAll(scope, server, requests));
        const theirs = await server.record(scenario, (requests) => curlAll(curl, scope, server, requests));
        if (!difference) return assert.deepEqual(ours, theirs);
        assert.deepEqual(ours, difference.ours);
        // A later curl may have come to do the same.
        if (JSON.stringify(theirs) !== JSON.stringify(ours)) assert.deepEqual(theirs, difference.curl);
      });
    }
  });
}

async function sendAll(scope: PeerScope, server: ScenarioServer, requests: readonly ScenarioRequest[]): Promise<void> {
  const session = scope.session();
  for (const { path, method = 'GET', headers = [], body } of requests) {
    const lines = headers.map(([name, value]) => `${name}: ${value}`);
    const text = [`${method} http://${server.place('A')}${path}`, ...lines, ...(body === undefined ? [] : ['', body])];
    await send(session, text.join('\n'));
  }
}

/** A method is what its option makes it: `-X` would stay on every hop. */
async function curlAll(
  curl: string,
  scope: PeerScope,
  server: ScenarioServer,
  requests: readonly ScenarioRequest[],
): Promise<void> {
  const jar = join(scope.folder(), 'jar');
  for (const { path, method = 'GET', headers = [], body } of requests) {
    const own = headers.flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const data = body === undefined ? [] : ['--data-raw', body];
    const asked = method === 'HEAD' ? ['-I'] : ['GET', 'POST'].includes(method) ? [] : ['-X', method];
    const common = ['-sS', '-q', '--noproxy', '*', '-L', '--max-redirs', '30', '-b', jar, '-c', jar];
    // curl tells trouble by its exit code, as ours does by its failure; what arrived counts.
    await run(curl, [...common, ...asked, ...own, ...data, `http://${server.place('A')}${path}`]).catch(
      () => undefined,
    );
  }
}

type Letter = 'A' | 'B' | 'C';

/** Answers by the routes of one scenario at a time, at three places, and notes what arrives. */
class ScenarioServer {
  readonly #scope: PeerScope;
  readonly #places = new Map<string, Letter>();
  #routes: Scenario['routes'] = {};
  #asked = new Map<string, number>();
  #arrived: string[] = [];

  constructor(scope: PeerScope) {
    this.#scope = scope;
  }

  async listen(): Promise<void> {
    const port = await this.#open('A', 0, '127.0.0.1');
    await this.#open('B', port, '127.0.0.2');
    await this.#open('C', 0, '127.0.0.1');
  }

  place(letter: Letter): string {
    return [...this.#places].find(([, each]) => each === letter)?.[0] ?? '';
  }

  async record({ routes, requests }: Scenario, act: (requests: readonly ScenarioRequest[]) => Promise<void>) {
    this.#routes = routes;
    this.#asked = new Map();
    this.#arrived = [];
    await act(requests);
    return this.#arrived;
  }

  async #open(letter: Letter, port: number, address: string): Promise<number> {
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    this.#scope.ends(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port: taken } = server.address() as { port: number };
    this.#places.set(`${address}:${taken}`, letter);
    return taken;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    this.#arrived.push(this.#line(request, body));
    const path = (request.url ?? '').split('?')[0] ?? '';
    const count = this.#asked.get(path) ?? 0;
    this.#asked.set(path, count + 1);
    const replies = this.#routes[path] ?? [];
    const { status, location, cookies = [] }: Reply = replies[count] ?? replies.at(-1) ?? { status: 200 };
    const resolved = location?.replace(/\{([ABC])\}/g, (_, letter: Letter) => this.place(letter));
    response.writeHead(status, [
      ...(resolved === undefined ? [] : ['Location', Buffer.from(resolved).toString('latin1')]),
      ...cookies.flatMap((cookie) => ['Set-Cookie', cookie]),
    ]);
    response.end();
  }

  /** Everything about a request in which clients could differ, on one line. */
  #line(request: IncomingMessage, body: string): string {
    const { method = '', url = '', headers } = request;
    const shown = ['cookie', 'authorization', 'content-type', 'referer', 'x-tag'].flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [`${name}: ${String(value)}`];
    });
    const place = this.#places.get(headers.host ?? '') ?? headers.host ?? '';
    return [`${method} ${place}${url}`, ...shown, ...(body === '' ? [] : [`body: ${body}`])].join(' | ');
  }
}
