import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hop } from '../../src/core/session/exchange.ts';
import { exchangeSecrets } from '../../src/present/exchangeSecrets.ts';
import { exchangeView } from '../../src/present/exchangeView.ts';
import { historyBodyLimit, historyEntry } from '../../src/present/historyEntry.ts';
import type { ExchangeView } from '../../src/protocol/exchangeView.ts';
import {
  documentFixture,
  exchangeFixture,
  hopFixture,
  loginHops,
  requestFixture,
  responseFixture,
  resultFixture,
  sentAt,
} from './exchangeFixture.ts';

const place = { uri: 'file:///project/demo.http', block: 'file:///project/demo.http#login#0' };

function entryOf(
  hops: readonly Hop[],
  fields: Parameters<typeof resultFixture>[1] = {},
  change: (view: ExchangeView) => ExchangeView = (view) => view,
) {
  const result = resultFixture(exchangeFixture(hops), { problems: [], ...fields });
  const { document } = documentFixture();
  const view = exchangeView({ id: 'x', result, document, startedAt: sentAt, now: sentAt });
  return historyEntry(change(view), { ...place, secrets: exchangeSecrets(result) });
}

test('an entry has everything but the secrets', () => {
  const captured = { token: 'captured-secret', page: '7' };
  const { head, view } = entryOf(loginHops(), { captured, secrets: ['lovelace', 'captured-secret'] });
  const text = JSON.stringify(view);
  for (const secret of ['top-secret-key', 'lovelace', '9f8b1c2d3e4f5a6b7c8d', '8f14e45fceea167a', 'captured-secret']) {
    assert.ok(!text.includes(secret), secret);
  }
  assert.match(view.hops[0]?.requestHead ?? '', /^POST \/login HTTP\/1\.1\n/);
  assert.match(view.hops[0]?.requestHead ?? '', /Authorization: Bearer \*\*\*/i);
  assert.equal(view.hops[0]?.requestBody?.text, 'user=ada&password=***');
  assert.deepEqual(view.captured, [
    { name: 'token', value: '***', secret: false },
    { name: 'page', value: '7', secret: false },
  ]);
  assert.equal(view.hops.length, 3);
  assert.deepEqual(head, {
    id: 'x',
    state: 'completed',
    method: 'POST',
    url: 'https://api.example.test/login',
    status: 200,
    reason: 'OK',
    title: 'Log in',
    environment: 'dev',
    session: 'default',
    startedAt: sentAt,
    durationMs: 84,
    hops: 3,
    bytes: view.hops[2]?.decodedBytes,
    ...place,
  });
});

test('what a server repeats of a secret is masked in bodies, parts, headers and events', () => {
  const request = requestFixture('GET', 'https://a.test/?api_key=in-the-url', [['X-Api-Key', 'in-a-header']]);
  const response = responseFixture(
    200,
    'OK',
    [
      ['Content-Type', 'text/event-stream'],
      ['X-Echo', 'in-a-header'],
    ],
    'data: in-a-header in-the-url\n\n',
  );
  const stream = {
    kind: 'events',
    pieces: [{ number: 1, atMs: 1, text: 'in-a-header' }],
    total: 1,
    dropped: 0,
  } as const;
  const { view, head } = entryOf([hopFixture({ request, sentHeaders: request.headers, response })], {}, (shown) => ({
    ...shown,
    hops: shown.hops.map((hop) => ({ ...hop, stream })),
  }));
  assert.doesNotMatch(JSON.stringify({ view, head }), /in-a-header|in-the-url/);
  assert.equal(view.hops[0]?.stream?.pieces[0]?.text, '***');
});

test('a request that is called by its line has no secrets in its name', () => {
  const { head } = entryOf([hopFixture()], {}, (view) => ({
    ...view,
    title: 'GET https://u:p@a.test/x?token=abc&page=2',
  }));
  assert.equal(head.title, 'GET https://***@a.test/x?token=***&page=2');
});

test('a body that is too large is dropped and says so; the rest of the entry stays', () => {
  const large = responseFixture(200, 'OK', [['Content-Type', 'text/plain']], 'x'.repeat(historyBodyLimit + 1));
  const { body, status } = entryOf([hopFixture({ response: large })]).view.hops[0]!;
  assert.equal(status, 200);
  assert.deepEqual(body, {
    kind: 'text',
    language: 'plain',
    mediaType: 'text/plain',
    text: '',
    bytes: historyBodyLimit + 1,
    cut: 'The body (1 MB) was dropped: the history keeps bodies of up to 1 MB. Send the request again to see it.',
  });
});

test('a body in a store of its own is not kept', () => {
  const { body, stored } = entryOf([hopFixture({})], {}, (view) => ({
    ...view,
    hops: view.hops.map((hop) => ({ ...hop, stored: { id: 's', bytes: 5_000_000 } as never })),
  })).view.hops[0]!;
  assert.equal(stored, undefined);
  assert.match(body?.kind === 'text' ? (body.cut ?? '') : '', /^The body \(5 MB\) was dropped/);
});
