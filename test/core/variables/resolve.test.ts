import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createResolver } from '../../../src/core/run/runContext.ts';
import { writtenAs } from '../../../src/core/variables/written.ts';
import type { Place } from '../../../src/core/variables/resolve.ts';
import { newSession, now, runInput, type RunOptions } from '../../support/runInput.ts';

const text = `@host = http://a.test
@url = {{host}}/v1
@a = {{b}}
@b = {{c}}
@c = {{a}}
@self = {{self}}
@needs = {{missing}}
@json = {"list":[{"id":12345678901234567890}],"s":"x"}
@lines = one\\ntwo
@spaced = a b&c
@id = {{$guid}}
@a.b = dotted
@Get = name

### Get Recipe
GET http://a.test/recipe

### login
# @capture token = response.body.token
POST http://a.test/login

### other
# @prompt otp
GET http://a.test/
`;

const sources = [
  {
    path: '/work/http-client.env.json',
    kind: 'public',
    text: '{"dev":{"env":"{{host}}/env","devOnly":"1"},"prod":{},"$shared":{"env":"shared"}}',
  },
  { path: '/work/http-client.private.env.json', kind: 'private', text: '{"prod":{"password":"s3cret"}}' },
] as const;

describe('values', () => {
  for (const [template, expected] of [
    ['no placeholder', 'no placeholder'],
    ['{{host}}/x', 'http://a.test/x'],
    ['{{ host }}{{url}}', 'http://a.testhttp://a.test/v1'],
    ['{{%spaced}}', 'a%20b%26c'],
    ['{{a.b}}', 'dotted'],
    ['{{json.list[0].id}}', '12345678901234567890'],
    ['{{json.s}}', 'x'],
    ['{{env}}', 'http://a.test/env'],
    ['{{$shared env}}', 'shared'],
    ['{{login.response.body.token}}', 'T'],
    ['{{login.token}}', 'T'],
    ['{{Get Recipe.response.body.$.id}}', '7'],
    ['{{Get_Recipe.response.body.id}}', '7'],
    ['{{$randomInt 5 9}}', '5'],
    ['{{unclosed', '{{unclosed'],
    ['}}{{host}}}}', '}}http://a.test}}'],
  ] as const) {
    test(template, () => check(template, 'header', expected, []));
  }

  test('a variable keeps its value for the run, also one made by a function', async () => {
    let count = 0;
    const resolver = resolverOf({ ports: { uuid: () => String((count += 1)) } });
    const { text: twice } = await resolver.resolve(written('{{id}}{{id}}{{$guid}}'), 'url');
    assert.equal(twice, '112');
  });
});

describe('problems', () => {
  for (const [template, place, code, message] of [
    ['{{hst}}', 'url', 'unknown-variable', /Did you mean "host"\?/],
    ['{{nothing}}', 'header', 'unknown-variable', /Nothing defines "nothing".*--var nothing=VALUE/],
    ['{{password}}', 'header', 'unknown-variable', /defined in the environment "prod", but "dev" is chosen/],
    ['{{token}}', 'header', 'unknown-variable', /captured from the response of "login". Send that first/],
    ['{{needs}}', 'url', 'unknown-variable', /"needs" \(@needs, line 7\) has no value. Nothing defines "missing"/],
    ['{{a}}', 'url', 'variable-cycle', /a → b → c → a/],
    ['{{self}}', 'url', 'variable-cycle', /self → self/],
    ['{{other.response.body.x}}', 'url', 'request-not-sent', /"other" has not been sent.*Send it first/],
    ['{{login.response.body.nope}}', 'url', 'reference-not-found', /found nothing/],
    ['{{logn.response.body.x}}', 'url', 'unknown-request', /called "logn".*Did you mean "login"/],
    ['{{json.nope}}', 'url', 'unknown-variable', /"json" is there .*no "nope"/],
    ['{{host.x}}', 'url', 'unknown-variable', /its value is not JSON/],
    ["{{require('x').y}}", 'url', 'javascript-expression', /JavaScript/],
    ['{{host + 1}}', 'url', 'javascript-expression', /JavaScript/],
    ['{{$gid}}', 'url', 'unknown-function', /Did you mean "\$guid"/],
    ['{{$randomInt a}}', 'url', 'bad-function-arguments', /whole numbers/],
    ['{{lines}}', 'url', 'header-injection', /line break, which cannot stand in a URL/],
    ['{{lines}}', 'header', 'header-injection', /a header/],
    ['{{lines}}', 'path', 'header-injection', /a path/],
  ] as const) {
    test(`${template} in ${place}: ${code}`, async () => {
      const { problems } = await resolverOf().resolve(written(`x${template}`), place);
      assert.deepEqual(
        problems.map((problem) => [problem.code, problem.severity, problem.span]),
        [[code, 'error', { start: 101, end: 101 + template.length }]],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }
});

describe('a body (C9)', () => {
  for (const [template, severity] of [
    ['{{nothing}}', 'warning'],
    ['{{#each items}}', 'warning'],
    ['{{user.name}}', 'warning'],
    ['{{user.name | upper}}', 'warning'],
    ['{{}}', 'warning'],
    ['{{devOnlyX}}', 'warning'],
    ['{{password}}', 'error'],
    ['{{needs}}', 'error'],
    ['{{token}}', 'error'],
    ['{{otp}}', 'error'],
    ['{{host.x}}', 'error'],
    ['{{host + 1}}', 'error'],
    ['{{other.response.body.x}}', 'error'],
    ['{{$nope}}', 'error'],
    ['{{a}}', 'error'],
  ] as const) {
    test(`${template}: ${severity}`, async () => {
      const resolved = await resolverOf().resolve(written(template), 'body');
      assert.deepEqual(
        resolved.problems.map((problem) => problem.severity),
        [severity],
      );
      assert.equal(resolved.text, template);
    });
  }

  test('a value may have several lines', () => check('{{lines}}', 'body', 'one\ntwo', []));
});

test('a variable that names itself means the one it covers', async () => {
  const source = { path: '/work/http-client.env.json', kind: 'public', text: '{"dev":{"host":"env"}}' } as const;
  const input = runInput('@host = {{host}}/v1\n@a = {{b}}\n@b = {{a}}{{host}}\nGET {{host}}', undefined, {
    sources: [source],
    environment: ['dev'],
  });
  const resolver = createResolver(input, [], 'no');
  assert.equal((await resolver.resolve(written('{{host}} {{host}}'), 'url')).text, 'env/v1 env/v1');
  assert.equal((await resolver.resolve(written('{{a}}'), 'url')).problems[0]?.code, 'variable-cycle');
});

test('a captured text is never evaluated', async () => {
  const session = newSession();
  session.setVariable({ name: 'x', value: '{{host}}', origin: 'captured from login', secret: false, at: 0 });
  const { text: sent } = await resolverOf({ session }).resolve(written('{{x}}'), 'url');
  assert.equal(sent, '{{host}}');
});

test('secret values that were used are listed, also when another variable carried them', async () => {
  const resolver = resolverOf({ environment: ['prod'], overrides: [] });
  await resolver.resolve(written('{{password}} {{host}}'), 'header');
  assert.deepEqual(resolver.secrets, ['s3cret']);
});

test('a request is sent at one moment, and each random value is one of its own', async () => {
  let count = 0;
  const ports = { now: () => now + (count += 1), uuid: () => `u${(count += 1)}` };
  const { text: resolved } = await resolverOf({ ports }).resolve(
    written('{{$timestampMs}} {{$timestampMs}} {{$guid}} {{$guid}}'),
    'url',
  );
  const [first, second, ...ids] = resolved.split(' ');
  assert.equal(first, second);
  assert.equal(new Set(ids).size, 2);
});

test('looking ahead asks nobody and takes what will come as given', async () => {
  const input = runInput(text, 'other', { answer: () => assert.fail('nobody may be asked') });
  const resolver = createResolver(input, [], 'run');
  for (const template of ['{{otp}}', '{{token}}', '{{login.response.body.x}}', '{{$secret x}}', '{{$input name}}']) {
    const resolved = await resolver.resolve(written(template), 'url');
    assert.deepEqual([resolved.standIn, resolved.problems], [true, []], template);
  }
  const { problems } = await resolver.resolve(written('{{nothing}}'), 'url');
  assert.equal(problems[0]?.code, 'unknown-variable');
});

async function check(template: string, place: Place, expected: string, codes: readonly string[]): Promise<void> {
  const resolved = await resolverOf().resolve(written(template), place);
  assert.deepEqual([resolved.text, resolved.problems.map((problem) => problem.code)], [expected, codes]);
}

/** As if the text stood at offset 100 of its document. */
function written(template: string) {
  return writtenAs({ text: template, span: { start: 100, end: 100 + template.length } }, '');
}

function resolverOf(options: RunOptions = {}) {
  const session = options.session ?? newSession();
  record(session, 'login', '{"token":"T"}');
  record(session, 'Get Recipe', '{"id":7}');
  return createResolver(runInput(text, 'other', { sources, environment: ['dev'], session, ...options }), [], 'no');
}

function record(session: ReturnType<typeof newSession>, id: string, body: string): void {
  session.record({
    file: 'api/file.http',
    id,
    at: 0,
    request: { method: 'GET', url: 'http://a.test/', headers: [] },
    hops: [{ url: 'http://a.test/', status: 200, reason: 'OK', headers: [] }],
    cookies: [],
    bodyBase64: btoa(body),
  });
}
