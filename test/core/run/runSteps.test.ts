import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { problems as advice } from '../../../src/core/features/problems.ts';
import { neverResolves } from '../../../src/core/run/neverResolves.ts';
import { previewBlock } from '../../../src/core/run/preview.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import { stepsOfBlock } from '../../../src/core/run/runSteps.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { isRunBlock } from '../../../src/core/syntax/runLine.ts';
import { requestId } from '../../../src/core/syntax/query.ts';
import { newSession, runInput, type RunOptions } from '../../support/runInput.ts';

const files = {
  '/work/api/two.http': '@kept = K\n\n### one\nGET /1\n\n### off\n# @disabled\nGET /2\n\n### three\nGET /3\n',
  '/work/api/nested.http': 'run ./two.http (@a = inner, @b = inner)\n\n### last\nGET /last\n',
  '/work/api/ring.http': 'run ./ring2.http\n',
  '/work/api/ring2.http': 'run ./ring.http\n',
  '/work/api/own.http': 'run ./file.http\n',
  '/work/api/empty.http': '@only = variables\n',
  '/work/api/login.http': '### login\nGET {{origin}}/login\n',
};

describe('a block of run lines sends', () => {
  for (const [what, text, expected] of [
    ['one by its name', 'run #b\n\n### a\nGET /\n\n### b\nGET /', ['file b']],
    ['one by a title with blanks', 'run #Log in\n\n### Log in\nGET /', ['file Log in']],
    ['several in order', 'run #b\nrun #a\nrun #b\n\n### a\nGET /\n\n### b\nGET /', ['file b', 'file a', 'file b']],
    ['a disabled one that it names', 'run #a\n\n### a\n# @disabled\nGET /', ['file a']],
    ['all of a file that is not disabled', 'run ./two.http', ['two one', 'two three']],
    ['one of an imported file', 'import two.http\nrun #three', ['two three']],
    [
      'what another file runs',
      'run nested.http',
      ['two one a=inner b=inner', 'two three a=inner b=inner', 'nested last'],
    ],
    [
      'what another block of the file runs',
      'run #both\n\n### both\nrun #a\nrun #a\n\n### a\nGET /',
      ['file a', 'file a'],
    ],
    ['with values', 'run #a (@x = 1, @y={{kept}}!)\nimport two.http\n\n### a\nGET /', ['file a x=1 y=K!']],
    [
      'with the values of the line that is nearest',
      'run nested.http (@b = outer, @c = {{origin}})',
      [
        'two one b=outer c=http://o.test a=inner b=inner',
        'two three b=outer c=http://o.test a=inner b=inner',
        'nested last b=outer c=http://o.test',
      ],
    ],
  ] as const) {
    test(what, async () => {
      const { steps, problems } = await load(text);
      const words = steps.map(({ target: { file, block }, overrides }) =>
        [file.id.replace(/^api\/(.*)\.http$/, '$1'), requestId(block), ...overrides.map(([n, v]) => `${n}=${v}`)].join(
          ' ',
        ),
      );
      assert.deepEqual([words, problems], [expected, []]);
    });
  }
});

describe('and says at its line', () => {
  for (const [what, text, place, code, message] of [
    ['that a name is unknown', 'run #nobody', 'nobody', 'unknown-request', /called "nobody"/],
    [
      'that a file is missing',
      'run ./gone.http',
      './gone.http',
      'import-not-found',
      /There is no file "\.\/gone\.http"/,
    ],
    [
      'that a file has nothing to run',
      'run empty.http',
      'empty.http',
      'unknown-request',
      /no request to run in "empty.http"/,
    ],
    [
      'that files run each other',
      'run ring.http',
      'run ring.http',
      'request-cycle',
      /api\/ring.http:1 → api\/ring2.http:1 → api\/ring.http:1/,
    ],
    [
      'that a file runs this one',
      'run own.http',
      'run own.http',
      'request-cycle',
      /file.http:1 → api\/own.http:1 → api\/file.http:1/,
    ],
    [
      'that blocks run each other',
      '### a\nrun #b\n\n### b\nrun #a',
      'run #b',
      'request-cycle',
      /in a circle.*Take one/,
    ],
  ] as const) {
    test(what, async () => {
      const { problems } = await load(text);
      assert.deepEqual(
        problems.map((each) => [each.code, each.severity, text.slice(each.span.start, each.span.end)]),
        [[code, 'error', place]],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  test('and nothing else: a run line needs no hint', () => {
    assert.deepEqual(advice(parse('run #a\nrun ./two.http\n\n### a\nGET http://x.test/\n')), []);
  });

  test('what is missing there is no problem of other requests', async () => {
    const input = runInput('run ./gone.http\n\n### a\nGET http://x.test/\n');
    assert.deepEqual((await previewBlock(input)).problems, []);
  });
});

describe('above a request', () => {
  const arrived: string[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    arrived.push(request.url ?? '');
    response.writeHead(status).end(`{"token":"T${arrived.length}"}`);
  });
  before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  after(() => server.close().closeAllConnections());
  beforeEach(() => {
    arrived.length = 0;
    status = 200;
  });

  for (const [what, text, expected] of [
    [
      'a run line is sent first, every time',
      '### login\nGET {{origin}}/login\n\n### me\nrun #login\nGET {{origin}}/me?{{login.response.body.token}}',
      ['/login', '/me?T1', '/login', '/me?T3'],
    ],
    [
      'so is a file, whose responses are known',
      '### me\nrun ./login.http\nGET {{origin}}/me?{{login.response.body.token}}',
      ['/login', '/me?T1', '/login', '/me?T3'],
    ],
    [
      'values hold for what it sends alone',
      '@v = file\n\n### a\nGET {{origin}}/a?{{v}}\n\n### me\nrun #a (@v = given)\nGET {{origin}}/me?{{v}}',
      ['/a?given', '/me?file', '/a?given', '/me?file'],
    ],
    [
      'in the order of the lines, beside tags',
      '### a\nGET {{origin}}/a\n\n### b\nGET {{origin}}/b\n\n### me\nrun #b\n# @forceRef a\nGET {{origin}}/me',
      ['/b', '/a', '/me', '/b', '/a', '/me'],
    ],
  ] as const) {
    test(what, async () => {
      const session = newSession();
      const input = inputFor(text, { session });
      assert.deepEqual(await neverResolves(input), []);
      assert.equal((await runBlock(input)).outcome, 'completed');
      await runBlock(input);
      await session.close();
      assert.deepEqual(arrived, expected);
    });
  }

  for (const [what, text, code] of [
    ['one that fails', '### a\nGET {{origin}}/a\n\n### me\nrun #a\nGET {{origin}}/me', 'prerequisite-failed'],
    ['a circle', '### me\nrun #a\nGET {{origin}}/me\n\n### a\nrun #me\nGET {{origin}}/a', 'prerequisite-failed'],
    ['itself, in its file', '### me\nrun ./file.http\nGET {{origin}}/me', 'request-cycle'],
    ['a name that nobody has', '### me\nrun #x\nGET {{origin}}/me', 'unknown-request'],
    ['a file that is missing', '### me\nrun ./gone.http\nGET {{origin}}/me', 'import-not-found'],
  ] as const) {
    test(`blocks it: ${what}`, async () => {
      status = 500;
      const { outcome, problems } = await runBlock(inputFor(text));
      assert.deepEqual([outcome, problems.map((each) => each.code)], ['blocked', [code]]);
      assert.ok(!arrived.includes('/me'));
    });
  }

  function inputFor(text: string, options: RunOptions = {}) {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return runInput(text, 'me', { files, overrides: [['origin', origin]], ...options });
  }
});

async function load(text: string) {
  const input = runInput(`${text}\n\n### x\nGET /\n`, 'x', { files, overrides: [['origin', 'http://o.test']] });
  const block = input.document.blocks.find(isRunBlock);
  assert.ok(block);
  return stepsOfBlock({ ...input, block });
}
