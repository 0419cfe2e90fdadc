import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: unknown): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function corpus(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const request = {
  line: 1,
  method: 'GET',
  methodImplicit: false,
  target: '/a',
  headers: [],
  hasBody: false,
  name: null,
  title: '',
  meta: [],
  uncertain: [],
};
const file = {
  requestCount: 1,
  requestCountCertain: true,
  requests: [request],
  variables: [],
  variablesInBody: [],
  uncertain: [],
};

describe('npm run corpus on a folder that it has never seen', () => {
  const files = join(folder, 'set', 'files');
  write('set/files/ann__tools/api/one.http', 'GET /a');
  write('set/files/ann__tools/api/two.rest', 'GET /a\n   ?b=1');
  write('set/files/ann__tools/http-client.env.json', '{}');
  write('set/manifest.json', [
    { repo: 'ann/tools', path: 'api/one.http', dialectGuess: 'vs' },
    { repo: 'ann/tools', path: 'api/two.rest', dialectGuess: 'kulala' },
  ]);
  const facts = (two: object, more: object = {}) =>
    write('set/facts.json', {
      'ann/tools/api/one.http': file,
      'ann/tools/api/two.rest': { ...file, requests: [{ ...request, ...two }] },
      ...more,
    });

  test('counts what agrees and what is uncertain by dialect', () => {
    const { status, stdout } = corpus('--dir', files, '--expected', facts({ uncertain: ['indented line'] }));
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^kulala +0 +0 +1 +1 +0 +0$/m);
    assert.match(stdout, /^vs +1 +0 +0 +1 +0 +0$/m);
    assert.match(stdout, /^2 files, 2 requests, 0 broken$/m);
  });

  test('a difference that a rule decides stands in the table with its rule', () => {
    const { status, stdout } = corpus('--dir', join(folder, 'set'), '--expected', facts({ target: '/a?c=1' }));
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^C10 +target +'\/a\?c=1' +'\/a\?b=1' +ann\/tools\/api\/two\.rest:1$/m);
  });

  test('a difference without a rule fails', () => {
    const { status, stdout } = corpus('--dir', files, '--expected', facts({ target: '/a?b=1', hasBody: true }));
    assert.equal(status, 1);
    assert.match(stdout, /^NONE +hasBody +true +false +ann\/tools\/api\/two\.rest:1$/m);
  });

  test('a file that is known and not there fails', () => {
    const { status, stdout } = corpus(
      '--dir',
      files,
      '--expected',
      facts({ target: '/a?b=1' }, { 'ann/tools/no.http': file }),
    );
    assert.equal(status, 1);
    assert.match(stdout, /^✖ ann\/tools\/no\.http: ENOENT/m);
  });

  test('without facts every file is parsed', () => {
    const { status, stdout } = corpus('--dir', join(files, 'ann__tools'));
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^2 files, 2 requests, 0 broken$/m);
  });
});

describe('arguments that cannot be right are explained', () => {
  const check = (args: readonly string[], expected: RegExp) => {
    void test(args.map((arg) => arg.replace(folder, '.')).join(' '), () => {
      const { status, stderr } = corpus(...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, expected);
    });
  };
  const one = dirname(write('plain/one.http', 'GET /a'));
  check(['--dir', join(folder, 'none')], /^There is no folder .*none\./);
  check(['--dir', dirname(write('empty/a.txt', ''))], /holds no \.http or \.rest file\./);
  check(['--dir', one, '--expected', join(folder, 'none.json')], /none\.json cannot be read as JSON: ENOENT/);
  check(['--dir', one, '--expected', write('bad.json', '{')], /bad\.json cannot be read as JSON/);
  check(['--dir', one, '--expected', write('list.json', [])], /list\.json holds no facts/);
  check(['--dir', one, '--expected', write('odd.json', { 'one.http': {} })], /holds no facts of one\.http/);
  check(['--expected', 'facts.json'], /name their folder with --dir/);
  check(['--folder', one], /Unknown option '--folder'/);
  check(['--dir'], /argument missing/);
  check([one], /Unexpected argument/);
});
