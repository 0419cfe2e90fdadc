import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Agent } from 'undici';
import { createTransport } from '../../src/node/transport.ts';
import { median, type Figure } from './figure.ts';

/** Many short rounds: what else the machine does then falls on both sides, and the median leaves out the rest. */
const rounds = 201;
const requestsARound = 20;
const warmUpRounds = 50;

/** What all the timing and the facts cost: a round trip on a kept connection against undici's dispatch alone. */
export async function transportFigure(): Promise<Figure> {
  const server = fork(join(import.meta.dirname, 'echoServer.mjs'));
  const [port] = (await once(server, 'message')) as [number];
  const origin = `http://127.0.0.1:${port}`;
  const agent = new Agent({ allowH2: false });
  const transport = createTransport({ now: () => Date.now() });
  const theirs = () => dispatch(agent, origin);
  const ours = () => transport.roundTrip(request(`${origin}/`), options);
  const ratios: number[] = [];
  for (let round = 0; round < warmUpRounds; round++) await took(ours).then(() => took(theirs));
  for (let round = 0; round < rounds; round++) ratios.push((await took(ours)) / (await took(theirs)));
  await Promise.all([agent.close(), transport.close()]);
  server.disconnect();
  const quarter = (share: number) => ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length * share)]?.toFixed(2);
  const spread = `half of the rounds ${quarter(0.25)} to ${quarter(0.75)}`;
  return { name: 'round trip against bare dispatch', unit: 'x', value: median(ratios), target: 1.3, spread };
}

async function took(send: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  for (let number = 0; number < requestsARound; number++) await send();
  return performance.now() - begun;
}

const options = {
  signal: new AbortController().signal,
  timeouts: { connectMs: 30_000, readMs: 120_000 },
  bodyLimit: 1_000_000,
  verify: true,
} as const;

function request(url: string) {
  return { method: 'GET', url, headers: [['X-A', '1']], body: undefined, httpVersion: '1.1' } as const;
}

function dispatch(agent: Agent, origin: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    agent.dispatch(
      { origin, path: '/', method: 'GET', headers: ['X-A', '1'] },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_controller, chunk) => void chunks.push(chunk),
        onResponseEnd: () => resolve(Buffer.concat(chunks)),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
