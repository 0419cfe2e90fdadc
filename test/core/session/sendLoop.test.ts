import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { Exchange } from '../../../src/core/session/exchange.ts';
import { bodyOf, get, openSession, serve } from './loopback.ts';

function redirect(location: string, cookie?: string): (response: ServerResponse) => void {
  return (response) => {
    const headers = { location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) };
    response.writeHead(302, headers).end('moved');
  };
}

/** Never answers. */
const silent = (): void => undefined;

/** Paths and statuses of the hops, then how it ended. */
function story({ hops, outcome, failure }: Exchange): string {
  const path = hops.map(({ request, response }) => `${new URL(request.url).pathname} ${response?.status ?? '-'}`);
  return `${path.join(', ')}: ${failure?.code ?? outcome}`;
}

test('a login over three hops takes its cookies along and tells of each hop as it ends', async (t) => {
  const origin = await serve(t, { '/1': redirect('/2', 'a=1; Path=/'), '/2': redirect('/3', 'b=2; Path=/') });
  const told: number[] = [];
  const session = openSession(t);
  const exchange = await get(session, `${origin}/1`, {
    requestName: 'login',
    onHop: ({ number }) => told.push(number),
  });
  assert.equal(story(exchange), '/1 302, /2 302, /3 200: completed');
  assert.equal(bodyOf(exchange.hops[2]), 'cookie: a=1; b=2');
  assert.deepEqual(told, [1, 2, 3]);
  assert.deepEqual(
    exchange.hops.map(({ cause, request }) => [cause, request.headers.length]),
    [
      ['first', 0],
      ['redirect', 0],
      ['redirect', 0],
    ],
  );
  const source = session.jar.all(Date.now())[0]?.source;
  assert.deepEqual([source?.requestName, source?.hop, source?.url], ['login', 1, `${origin}/1`]);
});

test('a hop that fails is kept with those before it', async (t) => {
  const closed = await serve(t, {});
  const origin = await serve(t, { '/1': redirect('/2'), '/2': (response) => response.destroy() });
  assert.notEqual(closed, origin);
  const exchange = await get(openSession(t), `${origin}/1`);
  assert.equal(story(exchange), '/1 302, /2 -: connection-lost');
  assert.deepEqual(exchange.hops[1]?.decision.kind, 'stop');
});

test('cookies of a response whose body is cut off are stored', async (t) => {
  const origin = await serve(t, {
    '/cut': (response) => {
      response.writeHead(200, { 'set-cookie': 'a=1', 'content-length': '100' }).write('part', () => response.destroy());
    },
  });
  const session = openSession(t);
  const exchange = await get(session, `${origin}/cut`);
  assert.equal(story(exchange), '/cut 200: truncated-body');
  assert.equal(bodyOf(exchange.hops[0]), 'part');
  assert.equal(session.jar.all(Date.now()).length, 1);
});

test('@no-cookie-jar neither sends nor stores', async (t) => {
  const origin = await serve(t, { '/set': redirect('/x', 'b=2; Path=/') });
  const session = openSession(t);
  session.jar.accept(['a=1; Path=/'], `${origin}/`, Date.now());
  const exchange = await get(session, `${origin}/set`, { settings: { cookieJar: false } });
  assert.equal(bodyOf(exchange.hops[1]), 'cookie: ');
  assert.deepEqual(
    session.jar.all(Date.now()).map(({ name }) => name),
    ['a'],
  );
});

test('@follow 1 stops after one redirect and says where the next leads', async (t) => {
  const origin = await serve(t, { '/1': redirect('/2'), '/2': redirect('/3') });
  const exchange = await get(openSession(t), `${origin}/1`, { settings: { followLimit: 1 } });
  assert.equal(story(exchange), '/1 302, /2 302: completed');
  assert.deepEqual(exchange.hops[1]?.decision, { kind: 'stop', reason: 'follow-limit', nextUrl: `${origin}/3` });
});

test('a cancel before the start sends nothing', async (t) => {
  const origin = await serve(t, {});
  const exchange = await get(openSession(t), `${origin}/`, { signal: AbortSignal.abort() });
  assert.equal(story(exchange), ': cancelled');
  assert.equal(exchange.outcome, 'cancelled');
});

test('a cancel in the middle keeps the hop that was under way', async (t) => {
  const cancel = new AbortController();
  const origin = await serve(t, { '/1': redirect('/2'), '/2': () => cancel.abort() });
  const exchange = await get(openSession(t), `${origin}/1`, { signal: cancel.signal });
  assert.equal(story(exchange), '/1 302, /2 -: cancelled');
});

test('a cancel by whoever is told of a hop ends the chain there', async (t) => {
  const cancel = new AbortController();
  const origin = await serve(t, { '/1': redirect('/2') });
  const exchange = await get(openSession(t), `${origin}/1`, { signal: cancel.signal, onHop: () => cancel.abort() });
  assert.equal(story(exchange), '/1 302: cancelled');
});

test('closing the session ends what runs, and the session goes on', async (t) => {
  const session = openSession(t);
  const origin = await serve(t, { '/1': redirect('/2', 'a=1; Path=/'), '/2': () => void session.close() });
  const exchange = await get(session, `${origin}/1`);
  assert.equal(story(exchange), '/1 302, /2 -: session-closed');
  assert.equal(exchange.outcome, 'failed');
  assert.deepEqual(session.connections(), []);
  assert.equal(bodyOf((await get(session, `${origin}/3`)).hops[0]), 'cookie: a=1');
});

test('the total limit holds for the whole send', async (t) => {
  const origin = await serve(t, { '/1': redirect('/2'), '/2': silent });
  const exchange = await get(openSession(t), `${origin}/1`, { settings: { timeouts: { totalMs: 100 } } });
  assert.equal(story(exchange), '/1 302, /2 -: total-timeout');
});

test('sends side by side share the jar and nothing else', async (t) => {
  const origin = await serve(t, {
    '/a': redirect('/a2', 'a=1; Path=/'),
    '/b': redirect('/b2', 'b=1; Path=/'),
  });
  const session = openSession(t);
  const [first, second] = await Promise.all([get(session, `${origin}/a`), get(session, `${origin}/b`)]);
  assert.equal(story(first), '/a 302, /a2 200: completed');
  assert.equal(story(second), '/b 302, /b2 200: completed');
  assert.notEqual(first.id, second.id);
  assert.deepEqual(
    session.jar.all(Date.now()).map(({ name }) => name),
    ['a', 'b'],
  );
});

test('userinfo of a Location is neither sent nor in any URL; the header line stays as it came', async (t) => {
  const origin = await serve(t, { '/1': redirect('/2') });
  const { host } = new URL(origin);
  const other = await serve(t, { '/': redirect(`http://u:secret@${host}/2`) });
  const exchange = await get(openSession(t), `${other}/`);
  const [first, second] = exchange.hops;
  assert.equal(second?.request.url, `${origin}/2`);
  assert.doesNotMatch(JSON.stringify([first?.decision, second]), /secret/);
  assert.match(JSON.stringify(first?.response?.headers), /u:secret@/);
});

test('a request that repeats exactly is hinted at once', async (t) => {
  const origin = await serve(t, { '/1': redirect('/1') });
  const exchange = await get(openSession(t), `${origin}/1`, { settings: { maxRedirects: 3 } });
  assert.equal(story(exchange), '/1 302, /1 302, /1 302, /1 302: redirect-limit');
  const hints = exchange.hops.map(({ warnings }) => warnings.filter(({ code }) => code === 'redirect-loop').length);
  assert.deepEqual(hints, [0, 1, 0, 0]);
});

test('a listener that takes long is not in the duration', async (t) => {
  let clock = 1000;
  const origin = await serve(t, {});
  const exchange = await get(
    openSession(t, () => clock),
    `${origin}/`,
    { onHop: () => (clock += 500) },
  );
  assert.deepEqual([exchange.startedAt, exchange.durationMs], [1000, 0]);
});
