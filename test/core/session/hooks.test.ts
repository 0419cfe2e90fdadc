import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { WireResponse } from '../../../src/core/http/transport.ts';
import type { Exchange } from '../../../src/core/session/exchange.ts';
import type { ResponseHooks } from '../../../src/core/session/hooks.ts';
import { get, openSession, serve } from './loopback.ts';

describe('response hooks (SESSION R14)', () => {
  test('are told every response in order, redirects too', async (t) => {
    const calls: string[] = [];
    await check(t, { session: recorder('session', calls) });
    assert.deepEqual(calls, ['session 302', 'session hop 1', 'session 200', 'session hop 2', 'session exchange 2']);
  });

  test('of a request take the place of the session\'s of the same name', async (t) => {
    const calls: string[] = [];
    const { onResponse } = recorder('request', calls);
    await check(t, { session: recorder('session', calls), request: onResponse ? { onResponse } : {} });
    assert.deepEqual(calls, ['request 302', 'session hop 1', 'request 200', 'session hop 2', 'session exchange 2']);
  }); // prettier-ignore

  test('may give another response, which decides what follows', async (t) => {
    const session = { onResponse: (response: WireResponse) => ({ ...response, status: 299 }) };
    const exchange = await check(t, { session });
    assert.deepEqual(
      exchange.hops.map(({ response }) => response?.status),
      [299],
    );
  });

  for (const name of ['onResponse', 'onHop', 'onExchange'] as const) {
    test(`${name} that throws is told beside the response, which is kept`, async (t) => {
      const session = {
        [name]: () => {
          throw new Error('no luck');
        },
      };
      const { outcome, hops, warnings } = await check(t, { session });
      assert.equal(outcome, 'completed');
      assert.equal(hops.at(-1)?.response?.status, 200);
      const told = [...hops.flatMap((hop) => hop.warnings), ...warnings];
      assert.ok(told.length > 0);
      for (const warning of told) {
        assert.equal(warning.code, 'hook-failed');
        assert.match(warning.message, new RegExp(`"${name}" failed: no luck`));
      }
    });
  }
});

test('a listener of one send that throws loses no hop', async (t) => {
  const origin = await serve(t, {});
  const session = openSession(t);
  const exchange = await get(session, `${origin}/`, { onHop: () => assert.fail('a view that breaks') });
  assert.equal(exchange.outcome, 'completed');
  assert.deepEqual(
    exchange.hops[0]?.warnings.map(({ code }) => code),
    ['hook-failed'],
  );
});

test('hooks are code: a snapshot has none', (t) => {
  const session = openSession(t);
  session.setHooks({ onHop: () => undefined });
  assert.doesNotMatch(JSON.stringify(session.snapshot()), /hook/i);
});

function recorder(who: string, calls: string[]): ResponseHooks {
  return {
    onResponse: ({ status }) => {
      calls.push(`${who} ${status}`);
      return undefined;
    },
    onHop: ({ number }) => void calls.push(`${who} hop ${number}`),
    onExchange: ({ hops }) => void calls.push(`${who} exchange ${hops.length}`),
  };
}

async function check(
  t: TestContext,
  hooks: { readonly session: ResponseHooks; readonly request?: ResponseHooks },
): Promise<Exchange> {
  const origin = await serve(t, {
    '/1': (response) => response.writeHead(302, { Location: '/2' }).end(),
  });
  const session = openSession(t);
  session.setHooks(hooks.session);
  return get(session, `${origin}/1`, hooks.request ? { hooks: hooks.request } : {});
}
