import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { capture } from '../../../src/core/run/captures.ts';
import { createResolver } from '../../../src/core/run/runContext.ts';
import type { RecordedResponse } from '../../../src/core/session/session.ts';
import { newSession, now, runInput } from '../../support/runInput.ts';

const json = '{"token":"T","id":12345678901234567890,"items":[{"a":1},{"a":2}]}';
const xml = '<r><item id="7">x</item></r>';

/** A login that was redirected once, and set two cookies. */
function response(body: string, file = 'api/file.http', id = 'login'): RecordedResponse {
  return {
    file,
    id,
    at: now,
    request: { method: 'POST', url: 'http://a.test/login', headers: [['X-Sent', 's']], body: 'user=me' },
    hops: [
      { url: 'http://a.test/login', status: 302, reason: 'Found', headers: [['Location', '/home']] },
      {
        url: 'http://a.test/home',
        status: 200,
        reason: 'OK',
        headers: [
          ['Content-Type', 'text/plain'],
          ['X-Trace', 'one'],
          ['X-Trace', 'two'],
          ['Set-Cookie', 'sid=S; Path=/app; HttpOnly'],
        ],
      },
    ],
    cookies: [['sid', 'S']],
    bodyBase64: btoa(body),
  };
}

describe('what # @capture takes', () => {
  for (const [reference, body, expected] of [
    ['response.body.token', json, 'T'],
    ['response.body.$.token', json, 'T'],
    ['{{response.body.token}}', json, 'T'],
    ['response.body.$.items[?@.a > 1].a', json, '2'],
    ['response.body.id', json, '12345678901234567890'],
    ['response.body.items[1]', json, '{"a":2}'],
    ['response.body', 'plain', 'plain'],
    ['response.body.*', json, json],
    ['response.body.//item', xml, 'x'],
    ['response.body.//item/@id', xml, '7'],
    ['response.headers.X-Trace', json, 'one'],
    ['response.headers.x-trace[1]', json, 'two'],
    ["response.headers['Content-Type']", json, 'text/plain'],
    ['response.cookies.sid', json, 'S'],
    ['response.cookies.sid.path', json, '/app'],
    ['response.redirects[0].headers.Location', json, '/home'],
    ['response.redirects[0].status', json, '302'],
    ['response.status', json, '200'],
    ['response.url', json, 'http://a.test/home'],
    ['request.body', json, 'user=me'],
    ['request.headers.X-Sent', json, 's'],
    ['login.response.body.token', json, 'T'],
    ['other.response.body.token', json, 'O'],
    ['host', json, 'h'],
    ['$guid', json, '00000000-0000-4000-8000-000000000000'],
  ] as const) {
    test(reference, async () => {
      const { values, problems } = await captured(`v = ${reference}`, body);
      assert.deepEqual([values, problems], [{ v: expected }, []]);
    });
  }
});

describe('what finds nothing is a warning at its tag, and the variable stays as it was', () => {
  for (const [reference, message] of [
    ['response.body.nope', /"v" was not captured\. "nope" found nothing/],
    ['response.body.//nope', /needs an XML body/],
    ['response.cookies.nope', /No response of it set a cookie/],
    ['response.redirects[3].status', /redirected 1 times/],
    ['nobody', /Nothing defines "nobody"/],
  ] as const) {
    test(reference, async () => {
      const { values, problems, session, text } = await captured(`v = ${reference}`, json);
      assert.deepEqual([values, session.variables().map(({ value }) => value)], [{}, ['before']]);
      assert.deepEqual(
        problems.map(({ severity, span }) => [severity, text.slice(span.start, span.end)]),
        [['warning', `# @capture v = ${reference}`]],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }
});

describe('what is remembered with it', () => {
  for (const [written, expected] of [
    ['v = response.body.id', { name: 'v', secret: false }],
    ['token = response.body.token', { name: 'token', secret: true }],
    ['sid = response.cookies.sid', { name: 'sid', secret: true }],
  ] as const) {
    test(written, async () => {
      const { session, secrets } = await captured(written, json);
      const variable = session.variables().find(({ name }) => name === expected.name);
      assert.deepEqual(
        [variable?.secret, variable?.origin, variable?.at],
        [expected.secret, 'captured from login', now],
      );
      assert.deepEqual(secrets, expected.secret ? [variable?.value] : []);
    });
  }
});

async function captured(written: string, body: string) {
  const text = `@host = h\n\n### login\n# @capture ${written}\nPOST http://a.test/login\n\n### other\nGET http://a.test/\n`;
  const session = newSession();
  session.setVariable({ name: 'v', value: 'before', origin: 'set by hand', secret: false, at: 0 });
  const input = runInput(text, 'login', { session });
  session.record(response(body));
  session.record(response('{"token":"O"}', 'api/file.http', 'other'));
  const result = await capture(input, response(body), createResolver(input, [], 'no'));
  return { ...result, session, text };
}
