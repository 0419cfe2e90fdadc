import { exchangeView, runningView } from '../../src/present/exchangeView.ts';
import type { ResponseHead } from '../../src/core/http/transport.ts';
import { createStreamReader } from '../../src/present/streamReader.ts';
import type { ExchangeView } from '../../src/protocol/exchangeView.ts';
import {
  cookieFixture,
  documentFixture,
  exchangeFixture,
  hopFixture,
  loginHops,
  problemFixture,
  requestFixture,
  responseFixture,
  resultFixture,
  sentAt,
} from '../present/exchangeFixture.ts';
import type { Exchange, Hop } from '../../src/core/session/exchange.ts';
import type { RunResult } from '../../src/core/run/run.ts';

const place = { document: documentFixture().document, startedAt: sentAt, now: sentAt };

function finished(
  hops: readonly Hop[],
  exchange: Partial<Exchange> = {},
  result: Partial<RunResult> = {},
): ExchangeView {
  const whole = resultFixture(exchangeFixture(hops, exchange), result);
  return exchangeView({ ...place, id: 'finished', result: whole });
}

export function body(contentType: string, content: string | Uint8Array): ExchangeView {
  return finished([hopFixture({ response: responseFixture(200, 'OK', [['Content-Type', contentType]], content) })]);
}

const refused = {
  code: 'connect-refused',
  message: 'Nothing accepts connections at app.example.test:443.',
  hint: 'Start the server, or check the host and port; the environment in force is “dev”.',
} as const;

const stopped = {
  code: 'cancelled',
  message: 'The request was cancelled.',
  hint: 'Send it again when you are ready.',
} as const;

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PAQkAAAgEsetfWivo2xwsgB5rSUBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAYNMDWgIBP7oQzFwAAAAASUVORK5CYII=';

const eventHead: ResponseHead = {
  status: 200,
  reason: 'OK',
  httpVersion: '1.1',
  headers: [['Content-Type', 'text/event-stream']],
};

const eventText = [
  ': connected',
  '',
  'retry: 3000',
  '',
  'id: 41',
  'event: order-created',
  'data: {"order":41,"items":[{"sku":"A-1","price":12.50}],"customer":"Ada Lovelace"}',
  '',
  'data: a plain message',
  'data: of two lines',
  '',
  '',
].join('\n');

/** Every state of the view, by name. */
export const views = {
  finished: () => finished(loginHops(), {}, { captured: { token: 'top-secret-key' } }),
  oneHop: () => body('application/json', '{"ok":true,"items":[]}'),
  running: () => {
    const { document, block } = documentFixture();
    const hops = loginHops().slice(0, 2);
    return runningView({
      id: 'running',
      block,
      document,
      title: 'Log in',
      line: 3,
      environment: ['dev'],
      sessionName: 'default',
      startedAt: sentAt,
      now: sentAt + 1200,
      prepared: requestFixture('POST', 'https://api.example.test/login'),
      hops,
      secrets: [],
    });
  },
  waiting: () => {
    const { document, block } = documentFixture();
    return runningView({
      id: 'waiting',
      block,
      document,
      title: 'Log in',
      line: 3,
      environment: ['dev'],
      sessionName: 'default',
      startedAt: sentAt,
      now: sentAt + 1200,
      prepared: requestFixture('POST', 'https://api.example.test/login'),
      hops: [hopFixture({ response: responseFixture(503, 'Service Unavailable', []) })],
      waitsUntil: sentAt + 61_200,
      secrets: [],
    });
  },
  streaming: () => {
    const { document, block } = documentFixture();
    const reader = createStreamReader(eventHead, sentAt)!;
    const data = new TextEncoder().encode(eventText);
    reader.feed(data, sentAt + 1234);
    return runningView({
      id: 'streaming',
      block,
      document,
      title: 'Follow the orders',
      line: 3,
      environment: ['dev'],
      sessionName: 'default',
      startedAt: sentAt,
      now: sentAt + 1300,
      prepared: requestFixture('GET', 'https://api.example.test/orders/events'),
      hops: [],
      transfer: { direction: 'down', bytes: data.length, expected: undefined, since: sentAt },
      arrived: { head: eventHead, stream: reader.all(), decodedBytes: data.length },
      secrets: [],
    });
  },
  failed: () => {
    const last = hopFixture({
      number: 3,
      cause: 'redirect',
      response: undefined,
      failure: refused,
      request: requestFixture('GET', 'https://app.example.test/me'),
    });
    return finished([...loginHops().slice(0, 2), last], { outcome: 'failed', failure: refused });
  },
  cancelled: () => finished([], { outcome: 'cancelled', failure: stopped }),
  blocked: () =>
    exchangeView({
      ...place,
      id: 'blocked',
      result: resultFixture(undefined, {
        problems: [
          problemFixture(),
          problemFixture({
            code: 'missing-content-type',
            severity: 'information',
            message: 'The body looks like JSON, but there is no Content-Type.',
          }),
        ],
      }),
    }),
  unauthorized: () =>
    exchangeView({
      ...place,
      id: 'unauthorized',
      result: resultFixture(
        exchangeFixture([
          hopFixture({
            response: responseFixture(
              401,
              'Unauthorized',
              [
                ['Content-Type', 'application/problem+json'],
                ['WWW-Authenticate', 'Cookie'],
              ],
              '{"title":"Log in first"}',
            ),
            warnings: [
              {
                code: 'not-verified',
                message: 'The certificate of the server was not checked, because the request says so.',
              },
            ],
          }),
        ]),
        { name: 'me', title: 'Who am I', problems: [] },
      ),
      lostCookies: [cookieFixture()],
    }),
  image: () =>
    body(
      'image/png',
      Uint8Array.from(atob(pixel), (character) => character.charCodeAt(0)),
    ),
  binary: () =>
    body(
      'application/octet-stream',
      Uint8Array.from({ length: 600 }, (_, index) => (index * 7) % 256),
    ),
  csv: () => body('text/csv', 'id,name\n1,"Ada, Countess"\n2,Grace'),
  parts: () =>
    body(
      'multipart/mixed; boundary=X',
      '--X\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--X\r\n\r\ntext\r\n--X--',
    ),
  document: () => body('application/pdf', Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0)),
  empty: () => finished([hopFixture({ response: responseFixture(204, 'No Content', []) })]),
  xml: () => body('application/xml', '<?xml version="1.0"?><note lang="en"><!-- hi --><to>Ada</to><empty/></note>'),
  long: () =>
    body(
      'application/json',
      JSON.stringify(
        Array.from({ length: 2000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'], nested: { deep: [id] } })),
      ),
    ),
} satisfies Record<string, () => ExchangeView>;
