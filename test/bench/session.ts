import { CookieJar } from 'tough-cookie';
import { Agent, request } from 'undici';
import type { Cookie } from '../../src/core/cookies/cookie.ts';
import { benchSession, get, startEchoServer, type EchoServer } from './benchSession.ts';
import { median, type Figure } from './figure.ts';
import { memoryFigure } from './memory.ts';

/** A session around the transport: redirects, many sends at once, a full jar, a long life. */
export async function sessionFigures(): Promise<readonly Figure[]> {
  const server = await startEchoServer();
  try {
    return [
      ...(await chainFigures(server)),
      await concurrentFigure(server),
      await fullJarFigure(server, 'a jar with 3,000 cookies, more for each send', '/'),
      await fullJarFigure(server, 'the same with a Set-Cookie in each response', '/set/'),
      await memoryFigure(server),
    ];
  } finally {
    server.close();
  }
}

const hops = 20;
const concurrent = 200;
/** Long enough for the compiler of the engine to be done with both. */
const warmUpRounds = 300;

/** Twenty redirects against the least that follows them, and against the least that also keeps cookies and a history. */
async function chainFigures({ origin }: EchoServer): Promise<readonly Figure[]> {
  const session = benchSession();
  const agent = new Agent({ allowH2: false });
  const ours = async (): Promise<void> => {
    const exchange = await get(session, `${origin}/hop/${hops}`);
    if (exchange.hops.length !== hops + 1) throw new Error(`${exchange.hops.length} hops instead of ${hops + 1}`);
  };
  const name = `a chain of ${hops} redirects against a loop around undici`;
  const figures = [
    await ratioFigure(name, ours, () => bareLoop(agent, `${origin}/hop/${hops}`), 1.3),
    await ratioFigure(`${name} and tough-cookie`, ours, () => cookieLoop(agent, `${origin}/hop/${hops}`), undefined),
  ];
  await Promise.all([agent.close(), session.close()]);
  return figures;
}

async function bareLoop(dispatcher: Agent, first: string): Promise<void> {
  let url = first;
  for (let status = 302; status === 302;) {
    const answer = await request(url, { dispatcher, headers: { 'X-A': '1' } });
    await answer.body.text();
    status = answer.statusCode;
    if (status === 302) url = new URL(String(answer.headers['location']), url).href;
  }
}

async function cookieLoop(dispatcher: Agent, first: string): Promise<unknown[]> {
  const jar = new CookieJar();
  const history: unknown[] = [];
  let url = first;
  for (let status = 302; status === 302;) {
    const cookie = await jar.getCookieString(url);
    const answer = await request(url, { dispatcher, headers: { 'X-A': '1', ...(cookie && { cookie }) } });
    const body = await answer.body.bytes();
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) await jar.setCookie(line, url);
    status = answer.statusCode;
    history.push({ url, status, headers: answer.headers, body });
    if (status === 302) url = new URL(String(answer.headers['location']), url).href;
  }
  return history;
}

/** For information: what is told of each request has no target when hundreds are under way. */
async function concurrentFigure({ origin }: EchoServer): Promise<Figure> {
  const session = benchSession();
  const agent = new Agent({ allowH2: false });
  const all = <T>(send: (number: number) => Promise<T>) =>
    Promise.all(Array.from({ length: concurrent }, (_, n) => send(n)));
  const theirs = () =>
    all(async (number) =>
      (await request(`${origin}/${number}`, { dispatcher: agent, headers: { 'X-A': '1' } })).body.text(),
    );
  const ours = () =>
    all(async (number) => {
      const url = `${origin}/${number}`;
      const { hops } = await get(session, url);
      if (hops.length !== 1 || hops[0]?.request.url !== url) throw new Error(`${url} has hops of another send`);
    });
  const figure = await ratioFigure(
    `${concurrent} sends at once in one session against undici`,
    ours,
    theirs,
    undefined,
  );
  await Promise.all([agent.close(), session.close()]);
  return figure;
}

async function ratioFigure(
  name: string,
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
  target: number | undefined,
): Promise<Figure> {
  for (let round = 0; round < warmUpRounds; round++) await ours().then(theirs);
  const ratios: number[] = [];
  for (let round = 0; round < 101; round++) ratios.push((await took(ours)) / (await took(theirs)));
  const base = { name, unit: 'x', ...(target !== undefined && { target }) } as const;
  return { ...base, value: median(ratios), spread: halfOf(ratios) };
}

/** Two sessions take turns; one has as many cookies as a session may hold, a few of them for this host. */
async function fullJarFigure({ origin }: EchoServer, name: string, path: string): Promise<Figure> {
  const [empty, full] = [benchSession(), benchSession()];
  for (let number = 0; number < 2_999; number++) full.jar.put(cookie(number));
  const url = `${origin}${path}`;
  let sent = 0;
  const send = (session: typeof full) => async () => {
    for (let number = 0; number < 10; number++) await get(session, `${url}${sent++}`);
  };
  for (let round = 0; round < 50; round++) await send(full)().then(send(empty));
  const differences: number[] = [];
  for (let round = 0; round < 201; round++)
    differences.push(((await took(send(full))) - (await took(send(empty)))) / 10);
  await Promise.all([empty.close(), full.close()]);
  return { name, unit: 'ms', target: 0.2, value: median(differences), spread: halfOf(differences) };
}

/** Every 500th is for the server's host, the others for a hundred others. */
function cookie(number: number): Cookie {
  const domain = number % 500 === 0 ? '127.0.0.1' : `h${number % 100}.test`;
  const flags = {
    hostOnly: true,
    path: '/',
    secure: false,
    httpOnly: true,
    sameSite: 'lax',
    partitioned: false,
  } as const;
  const times = { expires: undefined, created: number, lastSet: number };
  return { name: `cookie${number}`, value: 'v'.repeat(32), domain, ...flags, ...times, source: undefined };
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function halfOf(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const quarter = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(2);
  return `half of the rounds ${quarter(0.25)} to ${quarter(0.75)}`;
}
