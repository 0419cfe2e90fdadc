import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseXmlDocument } from 'slimdom';
import { demoCli } from '../support/demoCli.ts';

const cli = demoCli({
  'a.http': [
    '### fine & <good>',
    'GET {{host}}/echo?token=hush-hush-1234',
    'Authorization: Bearer very-secret-token',
    '',
    '### gone',
    'GET {{host}}/status/404',
    '',
    '### down',
    'GET http://127.0.0.1:9/',
    '',
  ].join('\n'),
  'sub/b.http': '### b\nGET {{host}}/echo\n',
  'blocked.http': '### first\nGET {{host}}/echo\n\n### second\nGET {{host}}/{{missing}}\n',
});

async function send(...args: string[]) {
  return cli.run(['send', ...args, '--var', `host=${cli.demo().origin}`]);
}

describe('--report', () => {
  test('junit: a suite a file, a case a request, masked', async () => {
    const { code, stdout } = await send('a.http', 'sub/b.http', '--all', '--report', 'junit=out.xml');
    assert.equal(code, 1);
    assert.match(stdout, /fine & <good>/);
    const text = readFileSync(join(cli.folder(), 'out.xml'), 'utf8');
    const document = parseXmlDocument(text);
    const suites = [...document.getElementsByTagName('testsuite')];
    const counts = suites.map((suite) =>
      ['name', 'tests', 'failures', 'errors', 'skipped'].map((name) => suite.getAttribute(name)),
    );
    assert.deepEqual(counts, [
      ['a.http', '3', '1', '1', '0'],
      ['sub/b.http', '1', '0', '0', '0'],
    ]);
    const cases = [...document.getElementsByTagName('testcase')];
    assert.deepEqual(
      cases.map((each) => [
        each.getAttribute('name'),
        each.getAttribute('line'),
        each.firstElementChild?.localName,
        each.firstElementChild?.getAttribute('message')?.slice(0, 13) ?? '',
      ]),
      [
        ['fine & <good>', '2', 'system-out', ''],
        ['gone', '6', 'failure', '404 Not Found'],
        ['down', '9', 'error', 'Nothing liste'],
        ['b', '2', 'system-out', ''],
      ],
    );
    assert.doesNotMatch(text, /hush-hush|very-secret/);
  });

  test('tap on standard output, in place of the text', async () => {
    const { stdout } = await send('a.http', '--all', '--report', 'tap');
    assert.match(
      stdout,
      /^TAP version 14\n1\.\.3\nok 1 - a\.http:2 fine & <good>\n#.*\nnot ok 2 - a\.http:6 gone\n {2}---\n {2}message: "404 Not Found"\n {2}\.\.\.\n/,
    );
  });

  test('json: totals, and each run as --json prints it', async () => {
    const { stdout } = await send('a.http', '--all', '--report', 'json', '--report-secrets');
    const report = JSON.parse(stdout) as { totals: unknown; runs: { standing: string; hops: unknown[] }[] };
    assert.deepEqual(report.totals, { requests: 3, passed: 1, failed: 1, errors: 1, skipped: 0 });
    assert.deepEqual(
      report.runs.map(({ standing, hops }) => [standing, hops.length]),
      [
        ['passed', 1],
        ['failed', 1],
        ['error', 1],
      ],
    );
    assert.match(stdout, /very-secret-token/);
  });

  test('har: every exchange with all its hops, masked', async () => {
    const { stdout } = await send('a.http', '--all', '--report', 'har');
    const { log } = JSON.parse(stdout) as {
      log: { pages: { title: string }[]; entries: { response: { status: number } }[] };
    };
    assert.deepEqual(
      log.pages.map(({ title }) => title),
      ['fine & <good>', 'gone', 'down'],
    );
    assert.deepEqual(
      log.entries.map(({ response }) => response.status),
      [200, 404, 0],
    );
    assert.doesNotMatch(stdout, /hush-hush|very-secret/);
  });

  test('what was not sent is skipped, and says why', async () => {
    const { code, stdout } = await send('a.http', '--all', '--fail-fast', '--report', 'tap');
    assert.equal(code, 1);
    assert.match(stdout, /\nok 3 - a\.http:9 down # SKIP Not sent: the run ended before\.\n$/);
    const blocked = await send('blocked.http', '--all', '--report', 'tap');
    assert.equal(blocked.code, 3);
    assert.match(blocked.stdout, /\nnot ok 1 - blocked\.http:5 second\n/);
    assert.match(blocked.stdout, /\nok 2 - blocked\.http:2 first # SKIP/);
  });

  const wrong: readonly [args: readonly string[], message: RegExp][] = [
    [['--report', 'junt=x.xml'], /There is no report "junt"\. Did you mean "junit"\?/],
    [['--report', 'junit='], /needs a file: --report junit=FILE/],
    [['--report', 'junit=no/such/x.xml'], /make the folder no\/such first/],
    [['--report', 'tap', '--report', 'json'], /Only one thing can go to standard output/],
    [['--report', 'tap', '--json'], /Only one thing can go to standard output/],
  ];
  for (const [args, message] of wrong) {
    test(`${args.join(' ')} sends nothing`, async () => {
      const { code, stdout, stderr } = await send('a.http', '--all', ...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }
});

describe('a pattern that no shell expanded', () => {
  test('stands for the files that match', async () => {
    const { stdout } = await send('**/b.http', '--all', '--json');
    assert.match(stdout, /"title":"b"/);
  });
  test('and must match one', async () => {
    const { code, stderr } = await send('*.nothing', '--all');
    assert.equal(code, 2);
    assert.match(stderr, /No file matches \*\.nothing/);
  });
});
