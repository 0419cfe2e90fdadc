import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { neverResolves } from '../../../src/core/run/neverResolves.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import type { Question, RunResult } from '../../../src/core/run/run.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { requestBlocks } from '../../../src/core/syntax/query.ts';
import { newSession, runInput, type RunOptions } from '../../support/runInput.ts';

/** What arrived since `arrived.length` was last set to 0: `POST /login body`. */
const arrived: string[] = [];
const server = createServer((request, response) => void answer(request, response));
let origin = '';
let session: Session;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(async () => {
  await session.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answer(request: IncomingMessage, response: Parameters<RequestListener>[1]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  arrived.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`.trim());
  if (request.url === '/login') {
    response.writeHead(302, { location: '/done', 'set-cookie': 'sid=1; Path=/app' }).end();
  } else {
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-trace', 'T-1');
    response.end('{"token":"T","id":12345678901234567890,"list":[{"a":1}]}');
  }
}

const profiles = [
  {
    path: '/work/http-client.env.json',
    kind: 'public',
    text: '{"prod":{"$protected":true},"dev":{"secretless":"1"}}',
  },
] as const;

describe('a run', () => {
  test('sends, records, captures', async () => {
    const result = await run(
      `### login
# @capture token = response.body.token
# @capture id = response.body.$.id
# @capture where = response.redirects[0].headers.Location
# @capture again = login.response.headers.X-Trace
POST {{origin}}/login

user={{user}}

> {%
  client.global.set("fromHandler", response.body.list[0].a);
  client.global.set("trace", response.headers.valueOf("x-trace"));
  client.global.set("text", "plain");
%}
`,
      { overrides: [['user', 'me']] },
    );
    assert.equal(result.outcome, 'completed');
    assert.deepEqual(arrived, ['POST /login user=me', 'GET /done']);
    assert.deepEqual(result.captured, {
      token: 'T',
      id: '12345678901234567890',
      where: '/done',
      again: 'T-1',
      fromHandler: '1',
      trace: 'T-1',
      text: 'plain',
    });
    assert.deepEqual([result.name, result.title, result.line], ['login', 'login', 6]);
    assert.deepEqual(result.secrets, ['T']);
    const recorded = session.recorded('api/file.http', 'login');
    assert.deepEqual(
      recorded?.hops.map(({ status }) => status),
      [302, 200],
    );
    assert.deepEqual(recorded?.cookies, [['sid', '1']]);
    assert.equal(recorded?.request.body, 'user=me');
    assert.equal(session.variables().find(({ name }) => name === 'token')?.origin, 'captured from login');
  });

  test('what was captured and recorded serves the next request', async () => {
    const file = `### login
POST {{origin}}/x

### me
GET {{origin}}/me?t={{token}}&i={{login.response.body.id}}
`;
    session = newSession();
    await run(file, { session });
    session.setVariable({ name: 'token', value: 'V', origin: 'set by hand', secret: false, at: 0 });
    await run(file, { session }, 'me');
    assert.deepEqual(arrived, ['GET /me?t=V&i=12345678901234567890']);
  });

  test('a response of an imported file serves too, once it was sent', async () => {
    session = newSession();
    const file = '# @import ../auth.http\nGET {{origin}}/?x={{login.response.body.token}}\n';
    const files = { '/work/auth.http': '### login\nGET {{origin}}/x\n' };
    const early = await run(file, { session, files });
    assert.deepEqual(
      early.problems.map(({ code }) => code),
      ['request-not-sent'],
    );
    const auth = runInput('### login\nGET {{origin}}/x\n', 'login', { session, overrides: [['origin', origin]] });
    await runBlock({ ...auth, file: { path: '/work/auth.http', root: '/work', id: 'auth.http' } });
    await run(file, { session, files });
    assert.deepEqual(arrived, ['GET /?x=T']);
  });

  test('an unnamed request leaves no response, and may capture all the same', async () => {
    session = newSession();
    const result = await run('# @capture t = response.body.token\nGET {{origin}}/x\n', { session });
    assert.deepEqual([result.captured, session.allRecorded()], [{ t: 'T' }, []]);
  });

  test('a capture can be a default of the session, which the next request is sent with', async () => {
    session = newSession();
    const file = `### login
# @capture session.headers.X-Tenant = response.body.list[0].a
# @capture session.auth.token = response.body.token
# @capture session.headers.X:Y = response.body.token
POST {{origin}}/login

### me
GET {{origin}}/me
`;
    const result = await run(file, { session });
    assert.deepEqual(
      result.problems.map(({ code }) => code),
      ['invalid-setting'],
    );
    assert.deepEqual(session.defaults.headers, [['X-Tenant', '1']]);
    assert.deepEqual(session.defaults.auth, { type: 'bearer', token: 'T' });
    const next = await run(file, { session }, 'me');
    const sent = next.exchange?.hops[0]?.wire.rawRequestHead ?? '';
    assert.match(sent, /X-Tenant: 1\r\n/);
    assert.match(sent, /Authorization: Bearer T\r\n/);
  });

  test('a capture that finds nothing is said and changes nothing', async () => {
    const result = await run('# @capture t = response.body.nope\nGET {{origin}}/x\n');
    assert.deepEqual([result.outcome, result.captured], ['completed', {}]);
    assert.deepEqual(
      result.problems.map(({ code, severity }) => [code, severity]),
      [['capture-found-nothing', 'warning']],
    );
  });

  test('trouble on the net is in the exchange, and nothing is recorded', async () => {
    session = newSession();
    const result = await run('### gone\n# @capture x = response.body.a\nGET http://127.0.0.1:1/\n', { session });
    assert.deepEqual([result.outcome, result.exchange?.failure?.code], ['failed', 'connect-refused']);
    assert.deepEqual([result.captured, session.allRecorded()], [{}, []]);
  });

  test('the request is told before its first hop, the hops as they end', async () => {
    const told: string[] = [];
    await run('GET {{origin}}/login\n', {}, undefined, {
      onPrepared: (request) => told.push(`prepared ${request.method}`),
      onHop: (hop) => told.push(`hop ${hop.number} ${hop.response?.status}`),
    });
    assert.deepEqual(told, ['prepared GET', 'hop 1 302', 'hop 2 200']);
  });

  test('a disabled request is left out of Send All, and sent when it is meant', async () => {
    const result = await run('# @disabled\nGET {{origin}}/off\n');
    assert.deepEqual([result.outcome, arrived], ['completed', ['GET /off']]);
  });

  test('tags are obeyed', async () => {
    const result = await run('# @no-redirect\nGET {{origin}}/login\n');
    assert.deepEqual([arrived, result.exchange?.hops.length], [['GET /login'], 1]);
  });
});

describe('what blocks', () => {
  for (const [text, code] of [
    ['GET {{origin}}/{{nope}}', 'unknown-variable'],
    ['GRPC localhost:1/x', 'unsupported-request-kind'],
    ['WEBSOCKET ws://a.test/', 'unsupported-request-kind'],
    ['GET {{origin}}/\nno header', 'malformed-header'],
    ['GET {{origin}}/?{{login.response.body.a}}\n\n### login\nGET {{origin}}/', 'request-not-sent'],
    ['POST {{origin}}/\n\n< nope.txt', 'file-not-found'],
    ['# @note Sure?\nGET {{origin}}/', 'not-confirmed'],
    ['# @prompt otp\nGET {{origin}}/?{{otp}}', 'prompt-unanswered'],
    ['GET {{origin}}/?{{$secret key}}', 'secret-missing'],
    ['GET {{origin}}/?{{$input Your name}}', 'prompt-unanswered'],
    ['# @env gone\nGET {{origin}}/', 'unknown-environment'],
  ] as const) {
    test(`${JSON.stringify(text)}: ${code}`, async () => {
      const result = await run(`${text}\n`);
      assert.deepEqual([result.outcome, result.exchange, arrived], ['blocked', undefined, []]);
      assert.deepEqual(
        result.problems.filter(({ severity }) => severity === 'error').map((each) => each.code),
        [code],
      );
    });
  }

  test('an environment that no file has any more, unless the block names another one', async () => {
    const options = { sources: profiles, environment: ['dev', 'old'] };
    const blocked = await run('### a\nPOST {{origin}}/\n', options);
    assert.deepEqual([blocked.outcome, arrived], ['blocked', []]);
    assert.deepEqual(
      blocked.problems.map(({ code, message, span }) => [code, message, span.start]),
      [
        [
          'chosen-environment-gone',
          'No environment is called "old". There is "prod", "dev". Choose another environment, or add it to http-client.env.json.',
          6,
        ],
      ],
    );
    const sent = await run('# @env dev\nGET {{origin}}/\n', options);
    assert.deepEqual([sent.outcome, arrived], ['completed', ['GET /']]);
  });

  test('a blocked run lists the secrets too: a message may quote the URL', async () => {
    const result = await run('GET {{$secret key}}\n', { ports: { secret: async () => 's3cret' } });
    assert.deepEqual([result.outcome, result.secrets], ['blocked', ['s3cret']]);
    assert.match(result.problems[0]?.message ?? '', /s3cret/);
  });

  test('problems of other blocks do not', async () => {
    const result = await run('### bad\nGET {{nope}}\nno header\n\n### good\nGET {{origin}}/good\n', {}, 'good');
    assert.deepEqual([result.outcome, result.problems, arrived], ['completed', [], ['GET /good']]);
  });
});

describe('questions', () => {
  test('are asked in order and answered once', async () => {
    const asked: string[] = [];
    const result = await run(
      '# @note Sure?\n# @prompt otp Your code\n# @prompt password\nPOST {{origin}}/?o={{otp}}&p={{password}}&n={{$input Name}}\n',
      {
        sources: profiles,
        environment: ['prod'],
        answer: (question) => {
          asked.push(
            question.kind === 'prompt' ? `${question.name}|${question.text}|${question.secret}` : question.kind,
          );
          return question.kind === 'prompt' ? `a-${question.name}` : 'yes';
        },
      },
    );
    assert.deepEqual(asked, ['note', 'otp|Your code|false', 'password|password|true', 'Name|Name|false', 'protected']);
    assert.deepEqual(arrived, ['POST /?o=a-otp&p=a-password&n=a-Name']);
    assert.deepEqual(result.secrets, ['a-password']);
  });

  for (const [name, text, options] of [
    ['a value given beforehand', '# @prompt otp\nGET {{origin}}/{{otp}}', { overrides: [['otp', '1']] }],
    ['a protected environment and GET', 'GET {{origin}}/1', { sources: profiles, environment: ['prod'] }],
    ['another environment', 'POST {{origin}}/1', { sources: profiles, environment: ['dev'] }],
  ] as const) {
    test(`${name}: nothing is asked`, async () => {
      const result = await run(`${text}\n`, { ...options, answer: () => assert.fail('asked') });
      assert.deepEqual([result.outcome, arrived.length], ['completed', 1]);
    });
  }

  test('a protected environment says the method and the URL', async () => {
    const asked: Question[] = [];
    const result = await run('DELETE {{origin}}/1\n', {
      sources: profiles,
      environment: ['prod'],
      answer: (question) => {
        asked.push(question);
        return undefined;
      },
    });
    assert.deepEqual(asked, [{ kind: 'protected', environment: 'prod', method: 'DELETE', url: `${origin}/1` }]);
    assert.deepEqual([result.outcome, arrived], ['blocked', []]);
  });

  test('nobody is asked when the request could not be sent anyway', async () => {
    const result = await run('# @prompt otp\nGET {{origin}}/{{otp}}{{nope}}\n', { answer: () => assert.fail('asked') });
    assert.deepEqual(
      result.problems.map(({ code }) => code),
      ['unknown-variable'],
    );
  });

  test('a cancel while somebody is asked ends the run as cancelled', async () => {
    const abort = new AbortController();
    const result = await run('# @prompt otp\nGET {{origin}}/{{otp}}\n', {
      signal: abort.signal,
      answer: () => {
        abort.abort();
        return undefined;
      },
    });
    assert.deepEqual([result.outcome, arrived], ['cancelled', []]);
  });

  test('a secret is put in and listed for masking', async () => {
    const result = await run('GET {{origin}}/?{{$secret key}}\n', { ports: { secret: async (name) => `s-${name}` } });
    assert.deepEqual([arrived, result.secrets], [['GET /?s-key'], ['s-key']]);
  });
});

describe('what can never resolve in a run of all blocks', () => {
  const file = `### login
# @capture token = response.body.token
# @prompt otp
POST http://a.test/{{otp}}?{{$secret key}}

### me
GET http://a.test/{{token}}/{{login.response.body.id}}
Authorization: Bearer {{token}}

### early
GET http://a.test/{{late.response.body.id}}

### typo
GET http://a.test/{{tokne}}

### late
# @capture after = response.body.a
GET {{login.response.body.url}}

### off
# @disabled
GET {{nope}}

### before
GET http://a.test/{{off.response.body.x}}

### kind
GRPC a.test:1/x
`;
  for (const [id, codes] of [
    ['login', []],
    ['me', []],
    ['early', ['request-not-sent']],
    ['typo', ['unknown-variable']],
    ['late', []],
    ['off', []],
    ['before', ['request-not-sent']],
    ['kind', ['unsupported-request-kind']],
  ] as const) {
    test(`${id}: ${codes.join(', ') || 'nothing'}`, async () => {
      const input = runInput(file, id, { answer: () => assert.fail('asked') });
      assert.deepEqual(
        (await neverResolves(input)).map(({ code }) => code),
        codes,
      );
    });
  }

  test('it sends nothing, and what was sent before counts', async () => {
    const past = newSession();
    past.record({
      file: 'api/file.http',
      id: 'late',
      at: 0,
      request: { method: 'GET', url: '', headers: [] },
      hops: [],
      cookies: [],
      bodyBase64: btoa('{"id":1}'),
    });
    assert.deepEqual(await neverResolves(runInput(file, 'early', { session: past })), []);
  });

  test('every block of the example above is one of a file', () => {
    assert.equal(requestBlocks(runInput(file, 'login').document).length, 8);
  });
});

async function run(
  text: string,
  options: RunOptions = {},
  id?: string,
  listeners: Pick<Parameters<typeof runBlock>[0], 'onPrepared' | 'onHop'> = {},
): Promise<RunResult> {
  arrived.length = 0;
  if (session && !options.session) await session.close();
  session = options.session ?? newSession();
  const overrides = [['origin', origin] as const, ...(options.overrides ?? [])];
  const input = runInput(text, id, { ...options, session, overrides });
  const result = await runBlock({ ...input, ...listeners });
  return result;
}
