import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { RetrySetting } from '../../../src/core/session/settings.ts';
import { sleep } from '../../../src/node/sleep.ts';
import { bodyOf, get, openSession, serve } from './loopback.ts';

const setting: RetrySetting = { total: 3, statusForcelist: [503], backoffFactor: 0.1 };

/** A session that notes its waits and lets them pass. */
function impatient(t: TestContext): { session: ReturnType<typeof openSession>; waits: number[] } {
  const waits: number[] = [];
  const session = openSession(t, Date.now, {
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { session, waits };
}

/** A route that fails so many times, with a cookie each time, and then answers. */
async function failing(t: TestContext, times: number, headers: Record<string, string> = {}): Promise<string> {
  let asked = 0;
  const origin = await serve(t, {
    '/x': (response, request) => {
      asked += 1;
      const status = asked > times ? 200 : 503;
      response.writeHead(status, { ...headers, 'Set-Cookie': `n=${asked}` }).end(request.headers.cookie ?? '-');
    },
  });
  return `${origin}/x`;
}

describe('attempts', () => {
  test('are hops with their number and their wait', async (t) => {
    const { session, waits } = impatient(t);
    const exchange = await get(session, await failing(t, 2), { settings: { retry: setting } });
    assert.deepEqual(
      exchange.hops.map(({ cause, attempt, response, decision }) => [
        cause,
        attempt,
        response?.status,
        decision.kind === 'follow' ? decision.waitMs : decision.reason,
      ]),
      [
        ['first', 1, 503, 0],
        ['retry', 2, 503, 200],
        ['retry', 3, 200, 'final'],
      ],
    );
    assert.deepEqual(waits, [0, 200]);
    assert.deepEqual(
      exchange.hops.flatMap(({ warnings }) => warnings),
      [],
    );
  });

  test('a wait can be cut short, and the hop says so', async (t) => {
    const session = openSession(t);
    const url = await failing(t, 1, { 'Retry-After': '3600' });
    const waits: unknown[] = [];
    const exchange = await get(session, url, {
      settings: { retry: setting, timeouts: { totalMs: 3_700_000 } },
      onWait: ({ hop, ms, sendNow }) => {
        waits.push([hop, ms]);
        sendNow();
      },
    });
    assert.deepEqual(waits, [[1, 3_600_000]]);
    const [first, second] = exchange.hops;
    assert.ok(first?.decision.kind === 'follow');
    const { waitMs = 0, skippedMs = 0 } = first.decision;
    assert.ok(waitMs < 60_000 && waitMs + skippedMs === 3_600_000, `${waitMs} + ${skippedMs}`);
    assert.equal(second?.response?.status, 200);
  });

  for (const [policy, expected] of [
    ['standard', 'n=1'],
    ['requests', '-'],
  ] as const) {
    test(`cookies of a failed one, policy ${policy}`, async (t) => {
      const { session } = impatient(t);
      const exchange = await get(session, await failing(t, 1), { settings: { retry: setting, policy } });
      assert.equal(bodyOf(exchange.hops.at(-1)), expected);
    });
  }

  test('that all fail keep the last response', async (t) => {
    const { session } = impatient(t);
    const exchange = await get(session, await failing(t, 9), { settings: { retry: { ...setting, total: 1 } } });
    assert.equal(exchange.failure?.code, 'retry-exhausted');
    assert.equal(exchange.hops.at(-1)?.response?.status, 503);
  });

  test('begin anew where a redirect leads', async (t) => {
    const target = await failing(t, 1);
    const { session } = impatient(t);
    const origin = await serve(t, { '/r': (response) => response.writeHead(302, { Location: target }).end() });
    const exchange = await get(session, `${origin}/r`, { settings: { retry: { ...setting, total: 1 } } });
    assert.deepEqual(
      exchange.hops.map(({ cause, attempt }) => `${cause} ${attempt}`),
      ['first 1', 'redirect 1', 'retry 2'],
    );
  });

  test('on a connection that is refused keep each failure', async (t) => {
    const { session } = impatient(t);
    const exchange = await get(session, 'http://127.0.0.1:1/', { settings: { retry: 1 } });
    assert.deepEqual(
      exchange.hops.map(({ failure }) => failure?.code),
      ['connect-refused', 'connect-refused'],
    );
    assert.equal(exchange.failure?.code, 'connect-refused');
  });

  test('a cancel ends a wait', async (t) => {
    const cancel = new AbortController();
    const session = openSession(t, Date.now, { sleep });
    const url = await failing(t, 9, { 'Retry-After': '3600' });
    const sending = get(session, url, {
      settings: { retry: { total: 1 } },
      signal: cancel.signal,
      onHop: () => setImmediate(() => cancel.abort()),
    });
    const exchange = await sending;
    assert.equal(exchange.outcome, 'cancelled');
    assert.equal(exchange.hops.length, 1);
  });

  test('a wait longer than the whole send may take is not begun', async (t) => {
    const { session, waits } = impatient(t);
    const settings = { retry: { total: 1 }, timeouts: { totalMs: 5000 } };
    const exchange = await get(session, await failing(t, 9, { 'Retry-After': '60' }), { settings });
    assert.equal(exchange.failure?.code, 'total-timeout');
    assert.deepEqual(waits, []);
  });
});
