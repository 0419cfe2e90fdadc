import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { neverResolves } from '../../../src/core/run/neverResolves.ts';
import { previewBlock } from '../../../src/core/run/preview.ts';
import type { Question, RunInput, RunResult } from '../../../src/core/run/run.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { newSession, runInput, type RunOptions } from '../../support/runInput.ts';

/** Paths in the order they arrived. */
const arrived: string[] = [];
/** Status that a path is answered with; 200 for the others. */
const statuses = new Map<string, number>();
/** What `/login` waits for before it answers. */
let holdLogin: Promise<void> | undefined;
const server = createServer((request, response) => {
  const path = request.url ?? '';
  arrived.push(path);
  const body = `{"token":"T${arrived.length}","path":"${path}"}`;
  const answer = (): void => {
    response.writeHead(statuses.get(path) ?? 200, { 'content-type': 'application/json' }).end(body);
  };
  if (path === '/login' && holdLogin) void holdLogin.then(answer);
  else answer();
});
let origin = '';
let session: Session;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  arrived.length = 0;
  statuses.clear();
  session = newSession();
});
afterEach(() => session.close());

const login = '### login\nGET {{origin}}/login\n\n';

describe('tags', () => {
  test('# @ref sends what has no response yet, and only once', async () => {
    const file = `${login}### me\n# @ref login\nGET {{origin}}/me?{{login.response.body.token}}\n`;
    const first = await run(file, 'me');
    await run(file, 'me');
    assert.deepEqual(arrived, ['/login', '/me?T1', '/me?T1']);
    assert.deepEqual(names(first), ['login', 'me']);
  });

  test('# @dependsOn is the same', async () => {
    await run(`${login}### me\n# @dependsOn login\nGET {{origin}}/me\n`, 'me');
    assert.deepEqual(arrived, ['/login', '/me']);
  });

  test('# @forceRef sends it every time', async () => {
    const file = `${login}### me\n# @forceRef login\nGET {{origin}}/me?{{login.response.body.token}}\n`;
    await run(file, 'me');
    await run(file, 'me');
    assert.deepEqual(arrived, ['/login', '/me?T1', '/login', '/me?T3']);
  });

  test('what those need comes before them, and nothing is sent twice', async () => {
    const file = `${login}### a\n# @ref login\nGET {{origin}}/a\n
### b\n# @ref login\nGET {{origin}}/b\n
### c\n# @ref a\n# @ref b\nGET {{origin}}/c\n`;
    const result = await run(file, 'c');
    assert.deepEqual(arrived, ['/login', '/a', '/b', '/c']);
    assert.deepEqual(names(result), ['login', 'a', 'b', 'c']);
  });

  test('what it captures is there', async () => {
    const file = `### login\n# @capture token = response.body.token\nGET {{origin}}/login\n
### me\n# @ref login\nGET {{origin}}/me?{{token}}\n`;
    await run(file, 'me');
    assert.deepEqual(arrived, ['/login', '/me?T1']);
  });

  test('of an imported file', async () => {
    const file = '# @import auth.http\n# @ref login\n# @name me\nGET {{origin}}/me?{{login.response.body.token}}\n';
    const result = await run(file, 'me', { files: { '/work/api/auth.http': login } });
    assert.deepEqual(arrived, ['/login', '/me?T1']);
    assert.deepEqual(
      result.before.map(({ file: { id } }) => id),
      ['api/auth.http'],
    );
  });
});

describe('two sends at once', () => {
  const both = `${login}### a\n# @ref login\nGET {{origin}}/a?{{login.response.body.token}}\n
### b\n# @ref login\nGET {{origin}}/b?{{login.response.body.token}}\n`;

  /** Runs both; `/login` is answered when both have come to need it. */
  async function atOnce(text: string, inputs: readonly Pick<RunOptions, 'signal'>[], onHeld?: () => void) {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    holdLogin = released;
    let needed = 0;
    const runs = ['a', 'b'].map((id, index) => {
      const input = inputFor(text, id, inputs[index]);
      return runBlock({
        ...input,
        otherRun: async (target) => {
          if (++needed === 2) {
            onHeld?.();
            setImmediate(release);
          }
          return input.otherRun(target);
        },
      });
    });
    const results = await Promise.all(runs);
    holdLogin = undefined;
    return results;
  }

  test('that need the same send it once', async () => {
    const results = await atOnce(both, []);
    assert.deepEqual([arrived[0], arrived.slice(1).sort()], ['/login', ['/a?T1', '/b?T1']]);
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['completed', 'completed'],
    );
    assert.deepEqual(results.map(names), [['login', 'a'], ['b']]);
  });

  test('are both blocked when that fails', async () => {
    statuses.set('/login', 500);
    const results = await atOnce(both, []);
    assert.deepEqual(arrived, ['/login']);
    assert.deepEqual(results.map(errors), [['prerequisite-failed'], ['prerequisite-failed']]);
  });

  test('do not share what the first one cancels', async () => {
    const abort = new AbortController();
    const results = await atOnce(both, [{ signal: abort.signal }], () => setImmediate(() => abort.abort()));
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['cancelled', 'completed'],
    );
    assert.equal(arrived.at(-1)?.startsWith('/b?T'), true);
  });

  test('do not wait for each other in a circle', async () => {
    const circle = '### a\n# @ref b\nGET {{origin}}/a\n\n### b\n# @ref a\nGET {{origin}}/b\n';
    const results = await Promise.all(['a', 'b'].map((id) => run(circle, id)));
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['blocked', 'blocked'],
    );
    assert.deepEqual(arrived, []);
  });
});

describe('a prerequisite that fails', () => {
  const file = `${login}### me\n# @ref login\nGET {{origin}}/me\n`;

  test('blocks, and is tried again next time', async () => {
    statuses.set('/login', 401);
    const blocked = await run(file, 'me');
    assert.deepEqual([blocked.outcome, arrived], ['blocked', ['/login']]);
    assert.deepEqual(errors(blocked), ['prerequisite-failed']);
    assert.match(blocked.problems[0]?.message ?? '', /"login" has to be sent first, and the answer was 401/);
    statuses.clear();
    const sent = await run(file, 'me');
    assert.deepEqual([sent.outcome, arrived], ['completed', ['/login', '/login', '/me']]);
  });

  for (const [what, needed, message] of [
    ['on the net', '### login\nGET http://127.0.0.1:1/\n\n', /it failed: .*127\.0\.0\.1/],
    ['by its own problems', '### login\nGET {{origin}}/{{nope}}\n\n', /it is blocked: Nothing defines "nope"/],
  ] as const) {
    test(what, async () => {
      const blocked = await run(`${needed}### me\n# @ref login\nGET {{origin}}/me\n`, 'me');
      assert.deepEqual([blocked.outcome, arrived, names(blocked)], ['blocked', [], ['login', 'me']]);
      assert.match(blocked.problems[0]?.message ?? '', message);
    });
  }

  test('what it kept secret is kept secret in the problem that quotes it', async () => {
    const needed = '### login\nGET {{$secret key}}\n\n';
    const ports = { secret: async () => 's3cret' };
    const blocked = await run(`${needed}### me\n# @ref login\nGET {{origin}}/me\n`, 'me', { ports });
    assert.match(blocked.problems[0]?.message ?? '', /s3cret/);
    assert.deepEqual(blocked.secrets, ['s3cret']);
  });

  test('a cancel while it is under way cancels all', async () => {
    const abort = new AbortController();
    const input = inputFor(file, 'me', { signal: abort.signal });
    const onBegin = (): void => abort.abort();
    const result = await runBlock({
      ...input,
      otherRun: async (target) => ({ ...(await input.otherRun(target)), onBegin }),
    });
    assert.deepEqual([result.outcome, arrived], ['cancelled', []]);
  });
});

describe('nothing is sent first', () => {
  for (const [what, file, codes] of [
    ['for a name that no request has', '### me\n# @ref nobody\nGET {{origin}}/me\n', ['unknown-request']],
    ['for no name', '### me\n# @ref\nGET {{origin}}/me\n', ['unknown-request']],
    [
      'for a request that cannot follow',
      `${login}### me\n# @ref login\nGET {{origin}}/{{nope}}\n`,
      ['unknown-variable'],
    ],
    ['for itself', '### me\n# @ref me\nGET {{origin}}/me\n', ['request-cycle']],
    [
      'in a circle',
      '### me\n# @ref a\nGET {{origin}}/me\n\n### a\n# @ref b\nGET {{origin}}/a\n\n### b\n# @ref a\nGET {{origin}}/b\n',
      ['prerequisite-failed'],
    ],
    [
      'in a circle of references',
      '### me\nGET {{origin}}/{{a.response.body.token}}\n\n### a\nGET {{origin}}/{{me.response.body.token}}\n',
      ['prerequisite-failed'],
    ],
  ] as const) {
    test(what, async () => {
      const result = await run(file, 'me', { runDependencies: 'always' });
      assert.deepEqual([result.outcome, errors(result), arrived], ['blocked', codes, []]);
    });
  }

  test('a circle names its requests', async () => {
    const file = '### a\n# @ref b\nGET {{origin}}/a\n\n### b\n# @ref a\nGET {{origin}}/b\n';
    assert.match((await run(file, 'a')).problems[0]?.message ?? '', /need each other: a → b → a/);
  });
});

describe('a reference to a request that was not sent', () => {
  const me = `### me\nGET {{origin}}/me?{{login.response.body.token}}\n\n${login}`;
  const through = `@token = {{login.response.body.token}}\n\n${me.replace('{{login.response.body.token}}', '{{token}}')}`;
  const inBody = `### me\nPOST {{origin}}/me\n\n{"t":"{{login.response.body.token}}"}\n\n${login}`;
  const nested = `### me\nGET {{origin}}/me?{{a.response.body.token}}\n
### a\nGET {{origin}}/a?{{login.response.body.token}}\n\n${login}`;
  const asked = `### me\n# @prompt otp\nGET {{origin}}/me?{{login.response.body.token}}{{otp}}\n\n${login}`;
  for (const [what, file, policy, answer, expected] of [
    ['never', me, 'never', 'yes', []],
    ['always', me, 'always', undefined, ['/login', '/me?T1']],
    ['always, through a variable', through, 'always', undefined, ['/login', '/me?T1']],
    ['always, in a body', inBody, 'always', undefined, ['/login', '/me']],
    ['always, around two corners', nested, 'always', undefined, ['/login', '/a?T1', '/me?T2']],
    ['ask, and yes', me, 'ask', 'yes', ['/login', '/me?T1']],
    ['ask, and yes for the whole chain', nested, 'ask', 'yes', ['/login', '/a?T1', '/me?T2']],
    ['ask, and no', me, 'ask', undefined, []],
    ['ask, and no prompt after a no', asked, 'ask', undefined, []],
    ['ask, and a prompt after a yes', asked, 'ask', 'yes', ['/login', '/me?T1yes']],
  ] as const) {
    test(what, async () => {
      const questions: Question[] = [];
      const result = await run(file, 'me', {
        runDependencies: policy,
        answer: (question) => {
          questions.push(question);
          return answer;
        },
      });
      assert.deepEqual(arrived, expected);
      assert.deepEqual(errors(result), expected.length > 0 ? [] : ['request-not-sent']);
      const dependencies = questions.filter(({ kind }) => kind === 'dependency');
      assert.equal(dependencies.length, policy === 'ask' ? 1 : 0);
      assert.equal(questions.length > dependencies.length, file === asked && answer === 'yes');
    });
  }

  test('the question names both', async () => {
    let question: Question | undefined;
    await run(me, 'me', { answer: (each) => void (question = each) });
    assert.deepEqual(question, { kind: 'dependency', name: 'login', neededBy: 'me' });
  });

  test('a failure stands where the response is missing', async () => {
    statuses.set('/login', 500);
    const result = await run(me, 'me', { runDependencies: 'always' });
    const [problem] = result.problems;
    assert.equal(problem?.code, 'prerequisite-failed');
    assert.equal(me.slice(problem?.span.start, problem?.span.end), '{{login.response.body.token}}');
  });

  test('one that failed when it was sent is sent again, where its answer lacks what is needed', async () => {
    statuses.set('/login', 401);
    const file = `### me\nGET {{origin}}/me?{{login.response.body.other}}\n\n${login}`;
    await run(file, 'login');
    const blocked = await run(file, 'me', { runDependencies: 'never' });
    assert.match(blocked.problems[0]?.message ?? '', /"login" has not been sent with success.*401.*Send it again/);
    await run(file, 'me', { runDependencies: 'always' });
    assert.deepEqual(arrived, ['/login', '/login']);
    await run(me, 'me', { runDependencies: 'always' });
    assert.equal(arrived.at(-1), '/me?T2', 'an answer that has what is needed serves, whatever its status');
  });

  test('a run of all blocks takes it as sent only when nobody has to be asked', async () => {
    const codes = async (runDependencies: RunInput['runDependencies']) =>
      (await neverResolves(inputFor(me, 'me', { runDependencies }))).map(({ code }) => code);
    assert.deepEqual(await codes('always'), []);
    assert.deepEqual(await codes('ask'), ['request-not-sent']);
  });
});

test('a run of all blocks and a preview take what # @ref names as sent, and send nothing', async () => {
  const file = `### login\n# @capture t = response.body.token\nGET {{origin}}/login\n
### me\n# @ref login\nGET {{origin}}/{{login.response.body.token}}/{{t}}\n
### lost\n# @ref nobody\nGET {{origin}}/\n`;
  assert.deepEqual(await neverResolves(inputFor(file, 'me')), []);
  assert.deepEqual((await previewBlock(inputFor(file, 'me'))).problems, []);
  const lost = await previewBlock(inputFor(file, 'lost'));
  assert.deepEqual(
    lost.problems.map(({ code }) => code),
    ['unknown-request'],
  );
  assert.deepEqual(arrived, []);
});

test('each run is told when it begins and when it has ended, also when it is blocked', async () => {
  const told: string[] = [];
  const file = `${login}### me\n# @ref login\nGET {{origin}}/me\n`;
  const input = inputFor(file, 'me');
  await runBlock({
    ...input,
    otherRun: async (target) => ({
      ...(await input.otherRun(target)),
      onBegin: () => told.push('begin'),
      onEnd: async (result) => void told.push(`end ${result?.name} ${result?.outcome}`),
    }),
  });
  assert.deepEqual(told, ['begin', 'end login completed']);
});

function inputFor(text: string, id: string, options: RunOptions = {}): RunInput {
  return runInput(text, id, { ...options, session, overrides: [['origin', origin]] });
}

async function run(text: string, id: string, options: RunOptions = {}): Promise<RunResult> {
  return runBlock(inputFor(text, id, options));
}

/** Everything that was sent or blocked, in order. */
function names(result: RunResult): readonly (string | undefined)[] {
  return [...result.before.flatMap(names), result.name];
}

function errors(result: RunResult): readonly string[] {
  return result.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}
