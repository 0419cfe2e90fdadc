import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Agent } from 'undici';
import type { Transport } from '../../src/core/http/transport.ts';
import { createTransport } from '../../src/node/transport.ts';
import { createAuthority } from '../conformance/wire/certificates.ts';
import { median, type Figure } from './figure.ts';

const rounds = 101;
const warmUpRounds = 100;
const requests = 10;

/** What connections cost over TLS: kept, opened for each request, and shared over HTTP/2, each against undici alone. */
export async function connectionFigures(): Promise<readonly Figure[]> {
  const authority = createAuthority('Bench');
  const server = fork(join(import.meta.dirname, 'secureServer.mjs'));
  server.send(authority.issue(['localhost']));
  const [port] = (await once(server, 'message')) as [number];
  const bench = new Bench(`https://localhost:${port}`, authority.cert);
  try {
    return await bench.figures();
  } finally {
    await bench.close();
    server.disconnect();
  }
}

interface Race {
  readonly ours: () => Promise<unknown>;
  readonly theirs: () => Promise<unknown>;
}

class Bench {
  readonly #origin: string;
  readonly #transport: Transport;
  readonly #agent: Agent;
  readonly #http2Agent: Agent;

  constructor(origin: string, ca: string) {
    this.#origin = origin;
    this.#transport = createTransport({ now: Date.now, ca: [ca] });
    this.#agent = new Agent({ allowH2: false, connect: { ca } });
    this.#http2Agent = new Agent({ allowH2: true, connect: { ca }, pipelining: 100, connections: 1 });
  }

  async figures(): Promise<readonly Figure[]> {
    const kept: Race = {
      ours: () => oneByOne(() => this.#ours('1.1')),
      theirs: () => oneByOne(() => dispatch(this.#agent, this.#origin)),
    };
    const opened: Race = {
      ours: () => oneByOne(() => this.#ours('1.1', 'close')),
      theirs: () => oneByOne(() => dispatch(this.#agent, this.#origin, ['Connection', 'close'])),
    };
    const shared: Race = {
      ours: () => atOnce(() => this.#ours('2')),
      theirs: () => atOnce(() => dispatch(this.#http2Agent, this.#origin)),
    };
    return [
      await ratio(`${requests} requests over TLS on one connection, against undici`, kept),
      await ratio(`${requests} requests on a resumed connection each, against undici`, opened),
      await ratio(`${requests} requests at once over one HTTP/2 connection, against undici`, shared),
      await keptAgainstOpened(kept.ours, opened.ours),
    ];
  }

  async close(): Promise<void> {
    await Promise.all([this.#transport.close(), this.#agent.close(), this.#http2Agent.close()]);
  }

  async #ours(httpVersion: '1.1' | '2', connection?: 'close'): Promise<void> {
    const headers = connection === undefined ? [] : ([['Connection', connection]] as const);
    const trip = await this.#transport.roundTrip(
      { method: 'GET', url: `${this.#origin}/`, headers, body: undefined, httpVersion },
      { signal: new AbortController().signal, timeouts: {}, bodyLimit: 1000, verify: true },
    );
    if (trip.response?.status !== 200) throw new Error(trip.failure?.message);
  }
}

async function ratio(name: string, { ours, theirs }: Race): Promise<Figure> {
  for (let round = 0; round < warmUpRounds; round++) await took(ours).then(() => took(theirs));
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) ratios.push((await took(ours)) / (await took(theirs)));
  return { name, unit: 'x', value: median(ratios), target: 1.3, spread: halfOf(ratios) };
}

/** What a session saves a script that would connect for each request: a tenth of the requests' time, and all handshakes but one. */
async function keptAgainstOpened(kept: () => Promise<unknown>, opened: () => Promise<unknown>): Promise<Figure> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) ratios.push((await took(kept)) / (await took(opened)));
  return { name: `${requests} requests kept against opened`, unit: 'x', value: median(ratios), spread: halfOf(ratios) };
}

function halfOf(ratios: readonly number[]): string {
  const quarter = (share: number) => ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length * share)]?.toFixed(2);
  return `half of the rounds ${quarter(0.25)} to ${quarter(0.75)}`;
}

async function took(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

async function oneByOne(send: () => Promise<unknown>): Promise<void> {
  for (let number = 0; number < requests; number++) await send();
}

async function atOnce(send: () => Promise<unknown>): Promise<void> {
  await Promise.all(Array.from({ length: requests }, send));
}

function dispatch(agent: Agent, origin: string, headers: string[] = []): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  agent.dispatch(
    { origin, path: '/', method: 'GET', headers },
    {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () => resolve(Buffer.concat(chunks)),
      onResponseError: (_controller, error) => reject(error),
    },
  );
  return promise;
}
