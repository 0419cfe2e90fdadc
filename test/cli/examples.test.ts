import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoPorts } from '../../src/demo/server.ts';
import { cliPath, makeFolder, runCli } from '../support/cli.ts';
import { demoCli } from '../support/demoCli.ts';

const examples = join(import.meta.dirname, '..', '..', 'media', 'examples');
const cli = demoCli({});

interface Report {
  readonly title?: string;
  readonly outcome: string;
  readonly failure?: { readonly code: string };
  readonly problems: readonly { readonly severity: string; readonly message: string }[];
  readonly hops: readonly { readonly response?: { readonly status: number } }[];
}

test('every request of the example file does what its title says', async () => {
  const file = join(examples, 'demo.http');
  const run = await cli.run([
    'send',
    file,
    '--all',
    '--json',
    '--var',
    `host=${cli.demo().origin}`,
    '--body-limit',
    '100',
  ]);
  const reports = run.json<Report>();
  const expected: Readonly<Record<string, string>> = {
    'Log in': '302 303 200',
    'Create an item': '201',
    'Delete it': '204',
    'Follow five redirects': '302 302 302 302 302 200',
    'Stop after two': '302 302 302',
    'Keep method and body': '307 307 200',
    'Cross to another origin': '302 200',
    'Go round in circles': `${'302 '.repeat(31)}redirect-limit`,
    'Get half a body': '200 truncated-body',
    'Get no answer': 'connection-lost',
  };
  assert.ok(reports.length > 20, run.stderr);
  for (const { title, outcome, failure, problems, hops } of reports) {
    const facts = [...hops.map(({ response }) => response?.status), failure?.code].filter((fact) => fact !== undefined);
    assert.equal(facts.join(' '), expected[title ?? ''] ?? '200', `${title}: ${JSON.stringify(problems)}`);
    assert.equal(outcome, failure ? 'failed' : 'completed', title);
    assert.deepEqual(problems.filter(({ severity }) => severity !== 'information' && severity !== 'hint'), [], title); // prettier-ignore
  }
  assert.equal(run.code, 1, 'the three that go wrong on purpose');
});

test('the example profiles point at the ports that the demo takes', () => {
  const profiles = JSON.parse(readFileSync(join(examples, 'http-client.env.json'), 'utf8')) as Record<
    string,
    { host: string }
  >;
  assert.equal(profiles['$shared']?.host, `http://127.0.0.1:${demoPorts.port}`);
  assert.equal(profiles['staging']?.host, `http://localhost:${demoPorts.secondPort}`);
});

test('crumbtrail demo serves until Ctrl+C, and says where', async () => {
  const child = spawn(process.execPath, [cliPath, 'demo', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  while (!stdout.includes('Ctrl+C')) await once(child.stdout, 'data');
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout)?.[0] ?? '';
  assert.match(await (await fetch(origin)).text(), /demo API/);
  const folder = makeFolder({ 'x.http': 'GET {{host}}/image.svg\n' });
  try {
    const sent = await runCli(['send', 'x.http', '--var', `host=${origin}`], { cwd: folder.path });
    assert.equal(sent.code, 0);
    const taken = await runCli(['demo', '--port', new URL(origin).port]);
    assert.equal(taken.code, 2);
    assert.match(taken.stderr, /EADDRINUSE[^]*--port N/);
  } finally {
    folder.remove();
    child.kill('SIGINT');
  }
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 0);
});
