import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { makeFolder, runCli, type CliRun } from '../support/cli.ts';
import { demoCli } from '../support/demoCli.ts';

const cli = demoCli({
  'requests.http': `# @name login
POST {{host}}/login
Content-Type: application/x-www-form-urlencoded

user=ada&password=lovelace

###
# @name me
GET {{host}}/me

###
# @name token
GET {{host}}/profile
Authorization: Bearer {{login.response.body.token}}

###
# @name apart
# @session other
GET {{host}}/me

###
# @name elsewhere
# @env prod
GET {{host}}/me

###
# @name echo
GET {{host}}/echo
X-Own: {{own}}
`,
  'http-client.env.json': '{ "dev": {}, "prod": {} }',
});

async function status(name: string, args: readonly string[] = []): Promise<number | undefined> {
  const { stdout } = await cli.send(['--name', name, '--json', ...args]);
  const [line] = stdout === '' ? [] : [JSON.parse(stdout) as { hops: { response: { status: number } }[] }];
  return line?.hops.at(-1)?.response.status;
}

async function show(
  args: readonly string[] = [],
): Promise<{ cookies: { name: string; value: string }[]; variables: { name: string }[] }> {
  const { stdout } = await cli.run(['session', 'show', '--json', ...args]);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof show>>;
}

function storedFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe('a session', () => {
  test('is still logged in, and its responses are there, in a new process on the same store', async () => {
    assert.equal(await status('login'), 200);
    assert.equal(await status('me'), 200);
    assert.equal(await status('token'), 200);
  });

  test('shares nothing with another name, another environment, or another store', async () => {
    const other = ['--session', 'second'];
    assert.equal(await status('login', other), 200);
    assert.equal(await status('me', other), 200);
    assert.equal(await status('me', ['--session', 'third']), 401);
    assert.equal(await status('me', ['--env', 'dev']), 401);
    assert.equal(await status('me', ['--env', 'dev,prod']), 401);
    const alone = await runCli(['send', 'requests.http', '--name', 'me', '--var', `host=${cli.demo().origin}`], {
      cwd: cli.folder(),
    });
    assert.match(alone.stderr, /401/);
  });

  test('is the one that a block names', async () => {
    assert.equal(await status('login', ['--session', 'other']), 200);
    assert.equal(await status('apart'), 200);
    assert.equal(await status('elsewhere'), 401);
    assert.equal(await status('login', ['--env', 'prod']), 200);
    assert.equal(await status('elsewhere'), 200);
  });

  test('without --store lies in the state folder, one for each root', async () => {
    const [a, b] = [makeFolder({}), makeFolder({})];
    const state = makeFolder({});
    const options = (cwd: string) => ({
      cwd,
      env: { XDG_STATE_HOME: state.path, LOCALAPPDATA: state.path, HOME: state.path },
    });
    try {
      await runCli(['session', 'set', 'x=1'], options(a.path));
      assert.match((await runCli(['session', 'show'], options(a.path))).stdout, /x = 1/);
      assert.match((await runCli(['session', 'show', '--root', a.path], options(b.path))).stdout, /x = 1/);
      assert.match((await runCli(['session', 'show'], options(b.path))).stdout, /empty/);
      assert.equal(new Set(storedFiles(state.path).map((path) => dirname(path))).size, 1);
    } finally {
      for (const folder of [a, b, state]) folder.remove();
    }
  });

  test('is readable by its owner alone', { skip: process.platform === 'win32' && 'Windows has no file modes' }, () => {
    for (const path of storedFiles(cli.store())) assert.equal(statSync(path).mode & 0o077, 0, path);
  });
});

describe('with CRUMBTRAIL_KEY', () => {
  const store = (): string => join(cli.folder(), 'encrypted');
  function encrypted(args: readonly string[], key: string): Promise<CliRun> {
    const all = [...args, '--store', store()];
    return runCli(args[0] === 'send' ? [...all, '--var', `host=${cli.demo().origin}`] : all, {
      cwd: cli.folder(),
      env: { CRUMBTRAIL_KEY: key },
    });
  }

  test('no cookie value and no token is in any file, and the key opens them again', async () => {
    const login = await encrypted(['send', 'requests.http', '--name', 'login', '--json'], 'a passphrase');
    const [{ body }] = login.json<{ body: { text: string } }>() as [{ body: { text: string } }];
    const me = await encrypted(['send', 'requests.http', '--name', 'me', '--json'], 'a passphrase');
    const [{ hops }] = me.json() as [
      { hops: { response: { status: number }; cookies: { sent: { value: string }[] } }[] },
    ];
    assert.equal(hops[0]?.response.status, 200);
    const secrets = [
      ...hops[0].cookies.sent.map(({ value }) => value),
      (JSON.parse(body.text) as { token: string }).token,
    ];
    assert.equal(secrets.length, 3);
    const files = storedFiles(store());
    assert.ok(files.length > 0);
    for (const path of files) {
      const content = readFileSync(path, 'latin1');
      for (const secret of secrets) assert.ok(!content.includes(secret), path);
    }
  });

  test('another key keeps the file aside, says so, and begins anew', async () => {
    const { code, stderr, stdout } = await encrypted(['send', 'requests.http', '--name', 'me'], 'another one');
    assert.equal(code, 1, stdout);
    assert.match(stderr, /kept/);
    assert.ok(storedFiles(store()).some((path) => path.includes('kept-aside')));
  });
});

describe('crumbtrail session', () => {
  test('list names each session with what it holds', async () => {
    const { stdout } = await cli.run(['session', 'list']);
    assert.match(stdout, /^Session default: 2 cookies, 0 variables$/m);
    assert.match(stdout, /^Session default · dev: /m);
    const lines = (await cli.run(['session', 'list', '--json'])).json();
    assert.ok(
      lines.some(
        (line) => JSON.stringify(line) === '{"version":1,"session":{"name":"second"},"cookies":2,"variables":0}',
      ),
    );
  });

  test('show masks values, except in JSON without --mask', async () => {
    const [session] = (await show()).cookies.filter(({ name }) => name === 'session');
    assert.ok(session && session.value.length > 8);
    for (const args of [[], ['--json', '--mask']]) {
      const { stdout } = await cli.run(['session', 'show', ...args]);
      assert.match(stdout, /session/);
      assert.ok(!stdout.includes(session.value));
    }
  });

  test('set changes variables and default headers, which requests then carry', async () => {
    const own = ['--session', 'own'];
    const set = await cli.run([
      'session',
      'set',
      'own=a=b',
      'token=t',
      '--header',
      'X-Team: red',
      '--header',
      'Accept:',
      ...own,
    ]);
    assert.equal(set.code, 0, set.stderr);
    const echoed = await cli.send(['--name', 'echo', ...own]);
    assert.match(echoed.stdout, /X-Own: a=b/);
    assert.match(echoed.stdout, /X-Team: red/);
    assert.doesNotMatch(echoed.stdout, /Accept:/);
    await cli.run(['session', 'set', '--unset', 'own', '--unset-header', 'x-team', ...own]);
    const blocked = await cli.send(['--name', 'echo', ...own]);
    assert.equal(blocked.code, 3);
    const again = await cli.send(['--name', 'echo', '--var', 'own=1', ...own]);
    assert.doesNotMatch(again.stdout, /X-Team/);
  });

  test('set changes any default, for all URLs or for those of a mount, and show tells who said it', async () => {
    const own = ['--session', 'defaults'];
    const changes = ['headers.X-Team=blue', 'params.page=2', 'timeout.readMs=7000', 'auth=bearer t0ken'];
    const set = await cli.run(['session', 'set', ...changes.flatMap((each) => ['--default', each]), ...own]);
    assert.equal(set.code, 0, set.stderr);
    const mount = ['--mount', `${cli.demo().origin}/echo`, '--default', 'headers.X-Team=red'];
    await cli.run(['session', 'set', ...mount, ...own]);
    const shown = await cli.run(['session', 'show', ...own]);
    assert.match(shown.stdout, /header X-Team: blue \(session defaults\)/);
    assert.match(shown.stdout, /header X-Team: red \(session defaults, mount http/);
    assert.match(shown.stdout, /timeout readMs: 7000 ms \(session defaults, instead of Crumbtrail\)/);
    assert.doesNotMatch(shown.stdout, /t0ken/);
    const echoed = await cli.send(['--name', 'echo', '--var', 'own=1', ...own]);
    assert.match(echoed.stderr, /GET \S+\/echo\?page=2/);
    assert.match(echoed.stdout, /X-Team: red/);
    await cli.run(['session', 'set', '--unset-default', 'params', '--unset-default', 'headers.x-team', ...own]);
    const after = await cli.run(['session', 'show', ...own]);
    assert.doesNotMatch(after.stdout, /blue|param page/);
  });

  test('settings of the folder and its environments give defaults, and show names them', async () => {
    const settings = {
      'rest-client.defaultHeaders': { 'X-From': 'rest client', 'X-Rest': '1' },
      'crumbtrail.sessionDefaults': { headers: { 'X-From': 'settings' } },
    };
    writeFileSync(join(cli.folder(), '.vscode', 'settings.json'), JSON.stringify(settings));
    const { stdout } = await cli.run(['session', 'show']);
    assert.match(stdout, /header X-From: settings \(settings, instead of setting rest-client\.defaultHeaders\)/);
    assert.match(stdout, /header X-Rest: 1 \(setting rest-client\.defaultHeaders\)/);
    rmSync(join(cli.folder(), '.vscode', 'settings.json'));
  });

  const wrong: [what: string, args: string[], expected: RegExp][] = [
    ['set without anything', ['session', 'set'], /Say what to set/],
    ['set without a name', ['session', 'set', '=x'], /NAME=VALUE/],
    ['a default without a value', ['session', 'set', '--default', 'retry'], /NAME=VALUE/],
    ['a default that there is none of', ['session', 'set', '--default', 'color=red'], /one of headers/],
    ['a default of the wrong form', ['session', 'set', '--default', 'timeout=-1'], /above 0/],
    ['a header without a colon', ['session', 'set', '--header', 'X'], /"NAME: VALUE"/],
    ['an unknown format', ['session', 'export', '--format', 'xml'], /netscape, jetbrains, json/],
    ['a Cookie line of nobody', ['session', 'import', 'requests.http', '--format', 'cookie'], /--url URL/],
    ['why for nothing', ['session', 'why'], /Name the URL/],
    ['why for no URL', ['session', 'why', 'ftp://a.test/'], /no http URL/],
    ['rename to nothing', ['session', 'rename'], /Say the new name/],
    ['rename to a name that is taken', ['session', 'rename', 'other', '--session', 'second'], /other already/],
    [
      'fork of a session that is not there',
      ['session', 'fork', 'x', '--session', 'nobody'],
      /no saved session "nobody"/,
    ],
    ['undo of nothing', ['session', 'undo', '--session', 'untouched'], /nothing to undo/],
    ['restore of a snapshot that is not there', ['session', 'restore', 'x'], /no snapshot "x"/],
    ['import of nothing', ['session', 'import'], /Name the file/],
    ['import of a missing file', ['session', 'import', 'nope.txt'], /no file nope\.txt/],
    ['a word too many', ['session', 'show', 'x'], /one word too many/],
  ];
  for (const [what, args, expected] of wrong) {
    test(`${what} is wrong usage`, async () => {
      const { code, stderr } = await cli.run(args);
      assert.equal(code, 2);
      assert.match(stderr, expected);
    });
  }

  for (const format of ['netscape', 'jetbrains', 'json', 'tough', 'har']) {
    test(`export and import carry a login over: ${format}`, async () => {
      const [file, to] = [join(cli.folder(), `cookies.${format}`), ['--session', `from-${format}`]];
      const exported = await cli.run(['session', 'export', file, '--format', format, '--session', 'second']);
      assert.equal(exported.code, 0, exported.stderr);
      if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o077, 0);
      const imported = await cli.run(['session', 'import', file, ...to]);
      assert.match(imported.stdout, /Imported 2 cookies/, imported.stderr);
      assert.equal(await status('me', to), 200);
    });
  }

  test('import takes a Cookie line and a curl command, as they are copied from a browser', async () => {
    const [cookie] = (await show(['--session', 'second'])).cookies.filter(({ name }) => name === 'session');
    const header = `session=${cookie?.value}`;
    const line = await cli.run(['session', 'import', '-', '--url', cli.demo().origin, '--session', 'line'], {
      stdin: header,
    });
    assert.equal(line.stdout, 'Imported 1 cookie.\n', line.stderr);
    const command = `curl '${cli.demo().origin}/me' \\\n  -H 'Cookie: ${header}'`;
    const curl = await cli.run(['session', 'import', '-', '--session', 'curl'], { stdin: command });
    assert.equal(curl.stdout, 'Imported 1 cookie.\n', curl.stderr);
    assert.equal((await show(['--session', 'curl'])).cookies[0]?.value, cookie?.value);
  });

  test('why says for each cookie whether it goes to a URL, and never its value', async () => {
    const own = ['--session', 'second'];
    const values = (await show(own)).cookies.map(({ value }) => value);
    const { stdout } = await cli.run(['session', 'why', `${cli.demo().origin}/me`, ...own]);
    assert.match(stdout, /^Sent: 2 cookies$/m);
    assert.match(stdout, /^Not sent: 0 cookies$/m);
    const elsewhere = await cli.run(['session', 'why', 'elsewhere.test/x', ...own]);
    assert.match(
      elsewhere.stdout,
      /^ {2}session {2}127\.0\.0\.1 \/\n {6}its domain 127\.0\.0\.1 does not cover elsewhere\.test$/m,
    );
    const [first] = (await cli.run(['session', 'why', 'elsewhere.test/x', '--json', ...own])).json<{
      reason: string;
    }>();
    assert.equal(first?.reason, 'domain');
    for (const value of values) assert.ok(!`${stdout}${elsewhere.stdout}`.includes(value));
  });

  test('snapshot and restore, fork, rename and delete', async () => {
    const own = ['--session', 'kept'];
    await cli.send(['--name', 'login', ...own]);
    assert.equal((await cli.run(['session', 'snapshot', 'logged in', ...own])).code, 0);
    await cli.run(['session', 'clear', ...own]);
    assert.equal(await status('me', own), 401);
    assert.equal((await cli.run(['session', 'restore', 'logged in', ...own])).code, 0);
    assert.equal(await status('me', own), 200);
    assert.equal((await cli.run(['session', 'fork', 'forked', ...own])).code, 0);
    await cli.run(['session', 'clear', ...own]);
    assert.deepEqual([await status('me', own), await status('me', ['--session', 'forked'])], [401, 200]);
    assert.equal((await cli.run(['session', 'rename', 'renamed', ...own])).code, 0);
    const { stdout: snapshots } = await cli.run(['session', 'snapshot', '--session', 'renamed']);
    assert.equal(snapshots, 'before the last change\nlogged in\n');
    assert.equal((await cli.run(['session', 'delete', '--session', 'renamed'])).code, 0);
    const { stdout } = await cli.run(['session', 'list']);
    assert.doesNotMatch(stdout, /kept|renamed/);
    assert.match(stdout, /^Session forked: 2 cookies/m);
  });

  test('undo takes back the last change, and undo again takes back the undoing', async () => {
    const own = ['--session', 'undone'];
    const state = async (): Promise<unknown> => {
      const { cookies, variables } = await show(own);
      return [cookies.map(({ name }) => name), variables.map(({ name }) => name)];
    };
    writeFileSync(join(cli.folder(), 'one.txt'), '# Netscape HTTP Cookie File\nh.test\tFALSE\t/\tFALSE\t0\ta\t1\n');
    await cli.run(['session', 'import', 'one.txt', ...own]);
    await cli.run(['session', 'set', 'v=1', ...own]);
    await cli.run(['session', 'clear', ...own]);
    // Nothing is left to clear: that is no change, and the one before can still be taken back.
    await cli.run(['session', 'clear', ...own]);
    assert.deepEqual(await state(), [[], []]);
    const { code, stdout } = await cli.run(['session', 'undo', ...own]);
    assert.deepEqual([code, await state()], [0, [['a'], ['v']]]);
    assert.match(stdout, /as it was before the last change/);
    await cli.run(['session', 'undo', ...own]);
    assert.deepEqual(await state(), [[], []]);
    await cli.run(['session', 'restore', 'before the last change', ...own]);
    assert.deepEqual(await state(), [['a'], ['v']]);
  });

  test('import reads what it can, and names the lines it cannot', async () => {
    const text = '# Netscape HTTP Cookie File\nh.test\tFALSE\t/\tFALSE\t0\ta\t1\nbroken\n';
    writeFileSync(join(cli.folder(), 'half.txt'), text);
    const half = await cli.run(['session', 'import', 'half.txt', '--session', 'half']);
    assert.deepEqual([half.code, half.stdout], [0, 'Imported 1 cookie.\n']);
    assert.match(half.stderr, /half\.txt:3:/);
    const none = await cli.run(['session', 'import', '-', '--format', 'netscape', '--session', 'half'], {
      stdin: 'broken\n',
    });
    assert.equal(none.code, 2);
  });

  test('clear empties cookies, variables, or both, without asking', async () => {
    const own = ['--session', 'cleared'];
    const fill = async (): Promise<void> => {
      await cli.send(['--name', 'login', ...own]);
      await cli.run(['session', 'set', 'v=1', ...own]);
    };
    await fill();
    await cli.run(['session', 'clear', '--cookies', ...own]);
    assert.deepEqual([(await show(own)).cookies.length, (await show(own)).variables.length], [0, 1]);
    assert.equal(await status('me', own), 401);
    await fill();
    await cli.run(['session', 'clear', '--variables', ...own]);
    assert.deepEqual([(await show(own)).cookies.length, (await show(own)).variables.length], [2, 0]);
    await fill();
    const { code, stdout } = await cli.run(['session', 'clear', ...own]);
    assert.deepEqual([code, stdout], [0, 'Cleared 2 cookies and 1 variable.\n']);
    assert.deepEqual([(await show(own)).cookies.length, (await show(own)).variables.length], [0, 0]);
  });
});

test('a store that is not there, or is a file, is said and no silent success', async () => {
  const folder = makeFolder({ 'store.txt': '', 'one.http': 'GET http://127.0.0.1:1/\n' });
  for (const command of ['show', 'export', 'clear', 'why http://a.test/']) {
    const { code, stderr } = await runCli(['session', ...command.split(' '), '--store', 'none'], { cwd: folder.path });
    assert.deepEqual([code, /There is no saved session "default" in none\./.test(stderr)], [0, true], command);
    const ofFile = await runCli(['session', ...command.split(' '), '--store', 'store.txt'], { cwd: folder.path });
    assert.deepEqual([ofFile.code, ofFile.stdout], [2, ''], command);
    assert.match(ofFile.stderr, /--store needs a folder, and store\.txt is a file/);
  }
  const send = await runCli(['send', 'one.http', '--store', 'store.txt'], { cwd: folder.path });
  assert.deepEqual([send.code, send.stdout], [2, '']);
  folder.remove();
});
