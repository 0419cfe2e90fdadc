import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { firstHeader } from '../../../src/core/http/headerList.ts';
import type { PreparedRequest, WireResponse } from '../../../src/core/http/transport.ts';
import { bytesBody } from '../../../src/core/prepare/requestBody.ts';
import type { Exchange } from '../../../src/core/session/exchange.ts';
import type { SessionHooks } from '../../../src/core/session/hooks.ts';
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

describe('code that signs requests (SESSION A5)', () => {
  const signed = (request: PreparedRequest): PreparedRequest => ({
    ...request,
    headers: [
      ...request.headers,
      [
        'X-Signature',
        `${request.method} ${new URL(request.url).pathname} ${firstHeader(request.headers, 'cookie') ?? '-'}`,
      ],
    ],
  });

  test('is asked for every hop, with its cookies; what it adds is not on the next one', async (t) => {
    const arrived: unknown[] = [];
    const note = (response: ServerResponse, request: IncomingMessage): void => {
      arrived.push([request.url, request.headersDistinct['x-signature']]);
      response.end();
    };
    const origin = await serve(t, {
      '/a': (response, request) => {
        response.writeHead(302, { Location: '/b', 'Set-Cookie': 'c=1' });
        note(response, request);
      },
      '/b': note,
    });
    const exchange = await get(openSession(t), `${origin}/a`, { hooks: { onRequest: signed } });
    assert.deepEqual(arrived, [
      ['/a', ['GET /a -']],
      ['/b', ['GET /b c=1']],
    ]);
    assert.deepEqual(
      exchange.hops.map(({ sentHeaders }) => firstHeader(sentHeaders, 'x-signature')),
      ['GET /a -', 'GET /b c=1'],
    );
  });

  test('may change the body, and its length is computed anew', async (t) => {
    let body = '';
    const origin = await serve(t, {
      '/a': (response, request) => {
        request.on('data', (chunk: Buffer) => (body += chunk.toString())).on('end', () => response.end());
      },
    });
    const onRequest = (request: PreparedRequest): PreparedRequest => ({
      ...request,
      method: 'POST',
      headers: [...request.headers, ['Content-Length', '1']],
      body: bytesBody(new TextEncoder().encode('signed body')),
    });
    const exchange = await get(openSession(t), `${origin}/a`, { hooks: { onRequest } });
    assert.deepEqual([exchange.outcome, body], ['completed', 'signed body']);
  });

  const wrong: Readonly<Record<string, (request: PreparedRequest) => PreparedRequest>> = {
    'no luck': () => {
      throw new Error('no luck');
    },
    'another origin': (request) => ({ ...request, url: 'http://evil.test/' }),
  };
  for (const [words, onRequest] of Object.entries(wrong)) {
    test(`nothing is sent when it fails: ${words}`, async (t) => {
      const origin = await serve(t, { '/a': () => assert.fail('it was sent') });
      const { failure, hops } = await get(openSession(t), `${origin}/a`, { hooks: { onRequest } });
      assert.deepEqual([failure?.code, hops.length, hops[0]?.wire.connection], ['invalid-auth', 1, undefined]);
      assert.ok(failure?.message.includes(words), failure?.message);
    });
  }
});

test('a session closes at the end of its block (SESSION K11)', async (t) => {
  const origin = await serve(t, {});
  const kept = openSession(t);
  {
    await using session = kept;
    await get(session, `${origin}/`);
    assert.equal(session.connections().length, 1);
  }
  assert.deepEqual(kept.connections(), []);
});

test('a stream is told line by line as it comes, long before it ends (SESSION S7)', async (t) => {
  const lines: string[] = [];
  let told: () => void = () => undefined;
  const origin = await serve(t, {
    '/events': (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: one\n\n');
      // The second comes only when the first has been seen.
      told = () => response.end('data: two\n\n');
    },
  });
  const exchange = await get(openSession(t), `${origin}/events`, {
    onArrival: (_hop, arrival) => {
      if (arrival.kind !== 'content') return;
      lines.push(new TextDecoder().decode(arrival.bytes));
      if (lines.length === 1) told();
    },
  });
  assert.deepEqual([lines, exchange.outcome], [['data: one\n\n', 'data: two\n\n'], 'completed']);
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

function recorder(who: string, calls: string[]): SessionHooks {
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
  hooks: { readonly session: SessionHooks; readonly request?: SessionHooks },
): Promise<Exchange> {
  const origin = await serve(t, {
    '/1': (response) => response.writeHead(302, { Location: '/2' }).end(),
  });
  const session = openSession(t);
  session.setHooks(hooks.session);
  return get(session, `${origin}/1`, hooks.request ? { hooks: hooks.request } : {});
}
