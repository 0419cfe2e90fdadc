import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Agent } from 'undici';
import { createTransport } from '../../src/node/transport.ts';
import { median, type Figure } from './figure.ts';

const rounds = 15;
const requestsARound = 400;

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
  await took(ours);
  await took(theirs);
  for (let round = 0; round < rounds; round++) ratios.push((await took(ours)) / (await took(theirs)));
  await Promise.all([agent.close(), transport.close()]);
  server.disconnect();
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
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
