import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchangeView } from '../../src/present/exchangeView.ts';
import { hopAsCurl } from '../../src/present/curl.ts';
import { httpArchive } from '../../src/present/har.ts';
import { hopOfView } from '../../src/present/hopOfView.ts';
import { hopAsHttp } from '../../src/present/httpBlock.ts';
import type { Hop } from '../../src/core/session/exchange.ts';
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

/** What is exported of a view is what is exported of the exchange, but for what a view does not know. */
function check(hops: readonly Hop[]): void {
  const exchange = exchangeFixture(hops);
  const { document } = documentFixture();
  const view = exchangeView({ id: 'x', result: resultFixture(exchange), document, startedAt: sentAt, now: sentAt });
  const again = view.hops.map((hop) => hopOfView(hop, view.startedAt));
  for (const [index, hop] of hops.entries()) {
    assert.equal(
      hopAsCurl(again[index]!),
      hopAsCurl({ ...hop, wire: { ...hop.wire, tls: undefined, connection: undefined } }),
    );
    assert.equal(hopAsHttp(again[index]!), hopAsHttp(hop));
  }
  assert.deepEqual(archived(again), archived(hops));
}

/** Without the facts that no view has. */
function archived(hops: readonly Hop[]): unknown {
  const { log } = httpArchive([{ title: 'x', exchange: exchangeFixture(hops) }]);
  return log.entries.map(({ request, response, serverIPAddress: _address, connection: _connection, ...rest }) => ({
    ...rest,
    request: {
      ...request,
      headersSize: -1,
      bodySize: -1,
      headers: request.headers
        .map(({ name, value }) => `${name.toLowerCase()}: ${value}`)
        .filter((line) => !line.startsWith('host:')),
    },
    response: { ...response, cookies: [] },
  }));
}

test('a chain', () => check(loginHops()));

test('bodies of text and of bytes, and none', () => {
  const image = responseFixture(200, 'OK', [['Content-Type', 'image/png']], Uint8Array.from([0x89, 0, 0xff]));
  check([
    hopFixture({ request: requestFixture('POST', 'https://a.test/', [['Content-Type', 'text/plain']], 'é\n') }),
    hopFixture({ response: image }),
    hopFixture({ response: responseFixture(204, 'No Content', []) }),
  ]);
});
