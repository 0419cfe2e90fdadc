import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { previewBlock } from '../../../src/core/run/preview.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import type { DefaultsPart } from '../../../src/core/session/settings.ts';
import { createMask } from '../../../src/present/mask.ts';
import { previewText } from '../../../src/present/previewText.ts';
import { newSession, runInput } from '../../support/runInput.ts';

/** What came in at one of the two servers: `a GET /x X=1 cookie`. */
type Arrived = readonly [server: 'a' | 'b', request: IncomingMessage];

describe('defaults over a redirect to another origin', () => {
  const table: readonly (readonly [
    name: string,
    defaults: (a: string) => DefaultsPart,
    told: (request: IncomingMessage) => unknown,
    expected: readonly unknown[],
  ])[] = [
    ['M13 params are for the first URL only', () => ({ params: [['k', '1']] }), ({ url }) => url, ['/1?k=1', '/2']],
    ['C12 cookies are for the first origin only', () => ({ cookies: [['c', '1']] }), ({ headers }) => headers.cookie, ['c=1', undefined]],
    ['headers of the session go along', () => ({ headers: [['X', '1']] }), ({ headers }) => headers['x'], ['1', '1']],
    ['headers of a mount do not', (a) => ({ mount: [{ prefix: a, defaults: { headers: [['X', '1']] } }] }), ({ headers }) => headers['x'], ['1', undefined]],
  ]; // prettier-ignore
  for (const [name, defaults, told, expected] of table) {
    test(name, async (t) => {
      const { origin, arrived } = await twoServers(t);
      await send(t, `GET ${origin}/1`, defaults(origin));
      assert.deepEqual(
        arrived.map(([server, request]) => [server, told(request)]),
        expected.map((each, index) => [index === 0 ? 'a' : 'b', each]),
      );
    });
  }
});

test('settings of a mount are those of its hops alone: a retry of a.test is none of b.test', async (t) => {
  const { origin, arrived } = await twoServers(t, 503);
  const mount = [{ prefix: origin, defaults: { retry: { total: 3, statusForcelist: [503], backoffFactor: 0 } } }];
  const result = await send(t, `GET ${origin}/1`, { mount });
  assert.equal(result.exchange?.hops.at(-1)?.response?.status, 503);
  assert.equal(arrived.length, 2);
});

test('a preview tells where each default comes from, with secrets masked', async (t) => {
  const session = newSession();
  t.after(() => session.close());
  session.setDefaults({ headers: [['X-A', '1'], ['X-Api-Key', 's3cret']], params: [], timeouts: { readMs: 5 } }); // prettier-ignore
  const input = runInput('GET http://a.test/\nx-a: 2\n', undefined, { session });
  const preview = await previewBlock(input);
  const text = previewText(preview, input.document.lines, createMask(preview.secrets));
  assert.match(text, /# Defaults, and where they come from/);
  assert.match(text, /# {3}header x-a: 2 \(this request, instead of session default\)/);
  assert.match(text, /# {3}header X-Api-Key: \*\*\* \(session default\)/);
  assert.match(text, /# {3}timeout readMs: 5 ms \(session default, instead of Crumbtrail\)/);
  assert.doesNotMatch(text, /s3cret/);
});

/** Server `a` leads from `/1` to `/2` of server `b`; both are closed with the test. */
async function twoServers(t: TestContext, status = 200): Promise<{ origin: string; arrived: Arrived[] }> {
  const arrived: Arrived[] = [];
  const second = await listen(t, (request) => {
    arrived.push(['b', request]);
    return [status, {}];
  });
  const origin = await listen(t, (request) => {
    arrived.push(['a', request]);
    return [302, { location: `${second}/2` }];
  });
  return { origin, arrived };
}

async function listen(
  t: TestContext,
  answer: (request: IncomingMessage) => [status: number, headers: Record<string, string>],
): Promise<string> {
  const server = createServer((request, response) => response.writeHead(...answer(request)).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(t: TestContext, block: string, defaults: DefaultsPart) {
  const session = newSession();
  t.after(() => session.close());
  session.setDefaults({ headers: [], params: [], ...defaults });
  return runBlock(runInput(`${block}\n`, undefined, { session }));
}
