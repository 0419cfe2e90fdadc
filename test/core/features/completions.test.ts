import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completionPlace } from '../../../src/core/features/completionPlace.ts';
import { completions } from '../../../src/core/features/completions.ts';
import { replaced } from '../../../src/core/features/replacement.ts';
import type { ReferencedResponse } from '../../../src/core/variables/recordedValue.ts';
import { around, marked } from '../../support/marked.ts';

const json = { user: { name: 'Ada', tags: ['a'] }, token: 't', 'a b': 1 };
const login: ReferencedResponse = {
  id: 'login',
  request: { method: 'POST', url: 'http://h/', headers: [['X-Sent', '1']], body: '{"sent":1}' },
  hops: [
    {
      url: 'http://h/',
      status: 200,
      reason: 'OK',
      headers: [
        ['Content-Type', 'application/json'],
        ['ETag', 'x'],
      ],
    },
  ],
  cookies: [['sid', 'secret']],
  bodyBase64: btoa(JSON.stringify(json)),
};
const surroundings = around(
  {
    '/w/http-client.env.json': '{"dev": {"host": "http://e"}}',
    '/w/http-client.private.env.json': '{"dev": {"key": "k"}}',
  },
  {
    recorded: (id) => (id === 'login' ? login : undefined),
    sessionVariables: [{ name: 'captured', value: 'v', origin: 'captured from login', secret: false }],
    cookies: [{ name: 'sid', domain: 'h' }],
  },
);

/** Labels offered at `|`, those in `expected` at least, none of `absent`. */
function check(source: string, expected: readonly string[], absent: readonly string[] = []): void {
  test(JSON.stringify(source), () => {
    const labels = offered(source).map(({ label }) => label);
    for (const label of expected) assert.ok(labels.includes(label), `${label} among ${labels.join(', ')}`);
    for (const label of absent) assert.ok(!labels.includes(label), `no ${label} among ${labels.join(', ')}`);
  });
}

function offered(source: string) {
  const { document, offset } = marked(source);
  return completions(document, offset, surroundings, [
    { name: 'data.json', isFolder: false },
    { name: 'more', isFolder: true },
  ]);
}

describe('what is offered', () => {
  check('|', ['GET', 'POST', 'QUERY']);
  check('### A\nPO|', ['POST']);
  check('GET /a\n|', ['Accept', 'Authorization']);
  check('GET /a\nAccept: */*\nCon|', ['Content-Type']);
  check('POST /a\nContent-Type: |', ['application/json', 'multipart/form-data; boundary=boundary']);
  check('GET /a\nCookie: a=1; |', ['sid']);
  check('GET /a\n\n|', [], ['Accept', 'GET']);
  check('# @|', ['name', 'no-redirect', 'capture']);
  check('# @ref |\nGET /\n###\n# @name login\nGET /', ['login']);
  check('run #lo|\n\n###\n# @name login\nGET /', ['login'], ['data.json']);
  check('# @dependsOn |\nGET /\n###\n# @name login\nGET /', ['login']);
  check('run |\n\n### a\nGET /', ['data.json'], ['a']);
  check('# @env |\nGET /', ['dev']);
  check('# @redirect |\nGET /', ['preserve']);
  check('# words |', [], ['GET', 'name']);
  check('@v = 1\n# @prompt otp\nGET /{{|', ['v', 'otp', 'captured', 'host', 'key', '$guid', '$randomInt']);
  check('# @name login\nGET /\n\n###\nGET /{{|}}', ['login']);
  check('# @name login\nGET /\n\n###\nGET /{{login.|}}', ['response', 'request']);
  check('# @name login\nGET /\n\n###\nGET /{{login.response.|}}', ['body', 'headers', 'cookies', 'status']);
  check('# @name login\nGET /\n\n###\nGET /{{login.response.body.|}}', ['user', 'token'], ['a b']);
  check('# @name login\nGET /\n\n###\nGET /{{login.response.body.$.user.|}}', ['name', 'tags']);
  check('# @name login\nGET /\n\n###\nGET /{{login.response.body.user.tags.|}}', ['[0]']);
  check('# @name login\nGET /\n\n###\nGET /{{login.response.headers.|}}', ['ETag']);
  check('# @name login\nGET /\n\n###\nGET /{{login.response.cookies.|}}', ['sid']);
  check('# @name login\nGET /\n\n###\nGET /{{login.request.body.|}}', ['sent']);
  check('POST /\n\n< |', ['data.json', 'more/']);
  check('import ./|', ['data.json']);
  check('@host = http://h\nGET http://x.test/a\n\n###\nGET |', ['http://x.test', '{{host}}']);
});

describe('what comes of a choice', () => {
  for (const [source, label, expected] of [
    ['GET /{{ho|}}', 'host', 'GET /{{host}}'],
    ['# @name login\nGET /{{lo|}}', 'login', '# @name login\nGET /{{login.response.body.}}'],
    ['# @name login\nGET /{{login.response.body.to|}}', 'token', '# @name login\nGET /{{login.response.body.token}}'],
    ['GET /a\nAcc|', 'Accept', 'GET /a\nAccept: '],
    ['GET /a\nAcc|: x', 'Accept', 'GET /a\nAccept: x'],
    ['po| /a', 'POST', 'POST  /a'],
    ['GET /a\nCookie: s|', 'sid', 'GET /a\nCookie: sid='],
    ['POST /\n\n< ./da|', 'data.json', 'POST /\n\n< ./data.json'],
  ] as const) {
    test(`${JSON.stringify(source)} + ${label}`, () => {
      const choice = offered(source).find((each) => each.label === label);
      assert.ok(choice);
      assert.equal(replaced(marked(source).text, [{ span: choice.span, text: choice.insert }]), expected);
    });
  }
});

test('layers stand in the order in which they win, and secrets are masked', () => {
  const all = offered('@v = 1\nGET /{{|}}').filter(({ kind }) => kind === 'variable');
  const rank = (name: string) => all.find(({ label }) => label === name)?.rank ?? Infinity;
  assert.ok(rank('v') < rank('captured') && rank('captured') < rank('host'));
  assert.match(all.find(({ label }) => label === 'key')?.detail ?? '', /^\*\*\* — /);
  assert.ok(!JSON.stringify(offered('# @name login\nGET /{{login.response.cookies.|}}')).includes('secret'));
});

test('a snippet keeps the $ of a function', () => {
  const guid = offered('GET /{{|}}').find(({ label }) => label === '$randomInt');
  assert.equal(guid?.insert, '\\$randomInt ${1:0} ${2:1000}');
});

test('no place throws at any offset', () => {
  const { document, text } = marked(
    '### T\n# @name a\n@v = {{a.response.body.x}}\nPOST http://h/{{v}}\nA: b\n\n{"a": "{{v}}"}\n> {% x %}',
  );
  for (let offset = 0; offset <= text.length; offset++) {
    completionPlace(document, offset);
    completions(document, offset, surroundings);
  }
});
