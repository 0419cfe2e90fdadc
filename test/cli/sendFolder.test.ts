import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { demoCli } from '../support/demoCli.ts';

const cli = demoCli({
  'api/b.http': '### b1\nGET {{host}}/status/404\n\n### b2\nGET {{host}}/echo\n',
  'api/a.rest': '### a1\nGET {{host}}/echo\n',
  'api/deep/c.http': '### c1\nGET {{host}}/echo\n\n### off\n# @disabled\nGET {{host}}/echo\n',
  'api/node_modules/x/y.http': '### never\nGET {{host}}/echo\n',
  'api/.hidden/y.http': '### never\nGET {{host}}/echo\n',
  'api/notes.txt': 'GET {{host}}/echo\n',
  'empty/notes.txt': 'nothing here',
  'later.http': '### first\nGET {{host}}/{{second.response.body.method}}\n\n### second\nGET {{host}}/echo\n',
});

let sessions = 0;

/** Each in a session of its own: a response that is known from before needs no sending. */
async function check(
  args: readonly string[],
  expected: { code: number; sent: string[]; stderr?: RegExp; said?: RegExp },
) {
  const where = ['--session', `s${(sessions += 1)}`, '--var', `host=${cli.demo().origin}`];
  const run = await cli.run(['send', ...args, '--json', ...where]);
  const sent = run.json<{ title: string; outcome: string; hops: unknown[] }>().map(({ title, hops }) => {
    return hops.length > 0 ? title : `${title} not sent`;
  });
  assert.deepEqual([run.code, sent], [expected.code, expected.sent], run.stderr);
  assert.match(run.stderr, expected.stderr ?? /^$/);
  assert.match(run.stdout, expected.said ?? /^/);
}

describe('a folder stands for its request files, in the order of their paths', () => {
  test('all of them, without what is disabled', () =>
    check(['api', '--all'], { code: 1, sent: ['a1', 'b1', 'b2', 'c1'] }));
  test('one by its name', () => check(['api', '--name', 'c1'], { code: 0, sent: ['c1'] }));
  test('a disabled one when it is named', () => check(['api', '--name', 'off'], { code: 0, sent: ['off'] }));
  test('beside a file', () => check(['later.http', 'api/deep', '--name', 'second'], { code: 0, sent: ['second'] }));
  test('--fail-fast ends it with the first that fails', () =>
    check(['api', '--all', '--fail-fast'], { code: 1, sent: ['a1', 'b1'], stderr: /because of --fail-fast/ }));
  test('none without a choice', () => check(['api'], { code: 2, sent: [], stderr: /Choose with --name/ }));
  test('none that holds no request file', () =>
    check(['empty', '--all'], { code: 2, sent: [], stderr: /no request file \(\.http or \.rest\) in empty/ }));
});

describe('a reference to a request that comes later in a run of all', () => {
  test('blocks all of them', () =>
    check(['later.http', '--all'], {
      code: 3,
      sent: ['first not sent'],
      stderr: /Nothing was sent/,
      said: /With --yes/,
    }));
  test('is sent first with --yes', () =>
    check(['later.http', '--all', '--yes'], { code: 1, sent: ['second', 'first', 'second'] }));
});
