import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { CliOptions } from '../support/cli.ts';
import { demoCli } from '../support/demoCli.ts';

const cli = demoCli({
  'requests.http': `
### Fine
# @name fine
GET {{host}}/echo
X-Asked: {{asked}}

### Missing
# @name missing
GET {{host}}/status/404

### Nowhere
# @name nowhere
GET http://127.0.0.1:1/

### Unresolved
# @name unresolved
GET {{host}}/{{neverDefined}}

### Prompted
# @name prompted
# @prompt answer What is it?
GET {{host}}/cookies/set?answer={{answer}}

### Noted
# @name noted
# @note Really?
GET {{host}}/echo

### Slow
# @name slow
GET {{host}}/slow?ms=60000

### Redirected
# @name redirected
GET {{host}}/redirect/2

### Large
# @name large
GET {{host}}/large?mb=1

### Saved
# @name saved
GET {{host}}/large?mb=2

>> ./out/large.txt

### Secret
# @name secret
GET {{host}}/echo
X-Value: {{$secret shared-thing}}

### File
# @name file
POST {{host}}/echo

< ./body.txt

### No such file
# @name noFile
POST {{host}}/echo

< ./nothing.txt

### Outside
# @name outside
POST {{host}}/echo

< ../outside.txt

### Picture
# @name picture
GET {{host}}/image.png

### Log in
# @name login
POST {{host}}/login
Content-Type: application/x-www-form-urlencoded

user=ada&password=lovelace

### Token
# @name token
GET {{host}}/profile
Authorization: Bearer {{login.response.body.token}}
`,
  'body.txt': 'from a file',
  'two.http': 'GET {{host}}/echo\n\n###\nGET {{host}}/me\n',
  'one.http': 'GET {{host}}/echo\n',
  'titled.http': '### Two words\nGET {{host}}/echo\n\n###\nGET {{host}}/me\n',
  'empty.http': '# nothing here\n',
  'wide.http': Buffer.from('\uFEFFGET {{host}}/cookies/set?w=ä\n', 'utf16le'),
  'all.http': `
### First
POST {{host}}/items
Content-Type: application/json

{ "name": "Tin" }

### Second
GET {{host}}/items/{{First.response.body.id}}

### Left out
# @disabled
GET {{host}}/status/500
`,
  'run.http': `import all.http

### Both
run #First
run #Second

### With values
run ./one.http (@host = http://127.0.0.1:1)

### Around
run ./around.http

### Lost
run #nobody
`,
  'around.http': 'run ./run.http\n',
  'never.http': 'DELETE {{host}}/items/1\n\n###\nGET {{host}}/{{nowhere}}\n',
  'later.http':
    '# @name a\nGET {{host}}/status/404\n\n###\nGET {{host}}/echo\n\n###\nGET {{host}}/{{a.response.body.nothing}}\n',
});

interface Expected {
  readonly code: number;
  /** What is told of the run, wherever: it makes room on standard output for the body of a single request. */
  readonly told?: RegExp;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}

async function check(args: readonly string[], expected: Expected, options?: CliOptions): Promise<void> {
  const host = ['--var', `host=${cli.demo().origin}`];
  const { code, stdout, stderr } = await cli.run(['send', ...args, ...host], options);
  const said = `stdout:\n${stdout}\nstderr:\n${stderr}`;
  assert.equal(code, expected.code, said);
  if (expected.told) assert.match(stdout + stderr, expected.told);
  if (expected.stdout) assert.match(stdout, expected.stdout);
  if (expected.stderr) assert.match(stderr, expected.stderr);
}

describe('exit code', () => {
  const table: [what: string, args: string[], expected: Expected][] = [
    ['0 below 400', ['requests.http', '--name', 'fine', '--var', 'asked=1'], { code: 0, told: /→ 200 OK/ }],
    ['1 from 400 on', ['requests.http', '--name', 'missing'], { code: 1, told: /→ 404 Not Found/ }],
    ['1 when nobody listens', ['requests.http', '--name', 'nowhere'], { code: 1, told: /connect-refused/ }],
    ['2 for an unknown name', ['requests.http', '--name', 'fime'], { code: 2, stderr: /Did you mean "file"/ }],
    ['2 for a missing file', ['nope.http'], { code: 2, stderr: /There is no file nope\.http/ }],
    ['2 without a file', [], { code: 2, stderr: /Name a file/ }],
    ['2 for an unknown option', ['one.http', '--jsn'], { code: 2, stderr: /Did you mean "--json"\?/ }],
    ['2 for an unknown environment', ['one.http', '--env', 'nope'], { code: 2, stderr: /no environment "nope"/ }],
    ['2 for a broken --var', ['one.http', '--var', 'x'], { code: 2, stderr: /NAME=VALUE/ }],
    ['2 for two ways to choose', ['one.http', '--all', '--line', '1'], { code: 2, stderr: /one of --name/ }],
    ['3 for what cannot be resolved', ['requests.http', '--name', 'unresolved'], { code: 3, told: /neverDefined/ }],
    ['3 for a missing body file', ['requests.http', '--name', 'noFile'], { code: 3, told: /nothing\.txt/ }],
    ['3 when several hold: 3 > 1', ['requests.http', '--name', 'missing', '--name', 'unresolved'], { code: 3 }],
  ];
  for (const [what, args, expected] of table) test(what, () => check(args, expected));

  test('2 leaves everything unsent, also what could be', async () => {
    const { stdout } = await cli.run(['send', 'one.http', 'nope.http', '--all']);
    assert.equal(stdout, '');
  });
});

describe('what is sent', () => {
  const table: [what: string, args: string[], expected: Expected][] = [
    ['the only request', ['one.http'], { code: 0, told: /\/echo → 200/ }],
    [
      'of several, none without a selector: the names are listed',
      ['two.http'],
      { code: 2, stderr: /two\.http:4 +GET \{\{host\}\}\/me/ },
    ],
    ['nothing of an empty file', ['empty.http'], { code: 2, stderr: /There is no request in empty\.http/ }],
    ['the request at a line', ['two.http', '--line', '4'], { code: 1, told: /\/me → 401/ }],
    ['the request whose block holds the line', ['requests.http', '--line', '9'], { code: 1, told: /Missing/ }],
    ['no request beyond the end', ['two.http', '--line', '99'], { code: 2, stderr: /there is no line 99/ }],
    ['a request by its title', ['titled.http', '--name', 'Two words'], { code: 0 }],
    ['a request by its title in one word', ['titled.http', '--name', 'Two_words'], { code: 0 }],
    [
      'several by name, in the order given',
      ['requests.http', '--name', 'missing', '--name', 'redirected'],
      { code: 1, told: /Missing[^]*Redirected/ },
    ],
    [
      'all but the disabled, references to earlier ones included',
      ['--all', 'all.http'],
      { code: 0, told: /201 Created[^]*\/items\/\d+ → 200/ },
    ],
    ['all of several files', ['one.http', '--all', 'titled.http'], { code: 1, told: /echo[^]*echo[^]*\/me/ }],
    ['what run lines name', ['run.http', '--name', 'Both'], { code: 0, told: /201 Created[^]*\/items\/\d+ → 200/ }],
    ['of run lines at a line', ['run.http', '--line', '4'], { code: 0, told: /First[^]*Second/ }],
    [
      'nothing of a name that nobody has',
      ['run.http', '--name', 'Lost'],
      { code: 3, told: /run\.http:14:6 error: .*nobody/ },
    ],
    ['nothing of a circle', ['run.http', '--name', 'Around'], { code: 3, told: /error: These "run" lines.*run\.http/ }],
    [
      'with --var above the values of a run line',
      ['run.http', '--name', 'With values'],
      { code: 0, told: /\/echo → 200/ },
    ],
    [
      'nothing of a whole file in which one run line leads nowhere',
      ['run.http', '--all', '--report', 'tap'],
      { code: 3, stdout: /1\.\.4\nnot ok[^]*nobody/, stderr: /Nothing was sent/ },
    ],
    ['a file in UTF-16', ['wide.http'], { code: 0, told: /w=%C3%A4/ }],
  ];
  for (const [what, args, expected] of table) test(what, () => check(args, expected));

  test('standard input, when it is named', async () => {
    await check(['-'], { code: 0, told: /\/echo → 200/ }, { stdin: 'GET {{host}}/echo\n' });
    await check(['one.http'], { code: 0, told: /\/echo → 200/ }, { stdin: 'GET {{host}}/status/500\n' });
  });

  test('nothing of a whole file in which one can never be resolved', async () => {
    await check(['never.http', '--all'], { code: 3, told: /nowhere/, stderr: /Nothing was sent/ });
    const left = await fetch(`${cli.demo().origin}/items/1`);
    assert.equal(left.status, 200, 'the DELETE before the block that never resolves was not sent');
  });

  test('the others when one turns out to be blocked at its turn', async () => {
    const { code, stdout } = await cli.run(['send', 'later.http', '--all', '--var', `host=${cli.demo().origin}`]);
    assert.equal(code, 3, stdout);
    assert.match(stdout, /404[^]*\/echo → 200[^]*Not sent/);
  });
});

describe('options', () => {
  test('may stand anywhere', async () => {
    await check(['--name', 'fine', 'requests.http', '--var', 'asked=1', '--json'], {
      code: 0,
      stdout: /^\{"version":1/,
    });
  });

  test('--var sets a variable above all others', async () => {
    const { stdout } = await cli.send(['--name', 'fine', '--var', 'asked=first', '--var', 'asked=a=b']);
    assert.match(stdout, /X-Asked: a=b/);
  });

  test('--no-follow stops at the first redirect', async () => {
    await check(['requests.http', '--name', 'redirected', '--no-follow'], {
      code: 0,
      told: /→ 302 Found[^\n]*redirect not followed/,
    });
  });

  test('--timeout ends a wait', async () => {
    await check(['requests.http', '--name', 'slow', '--timeout', '200'], { code: 1, told: /read-timeout/ });
  });

  test('--body-limit cuts what is printed, and says so', async () => {
    const [line] = (await cli.send(['--name', 'large', '--json', '--body-limit', '10'])).json<{ body: object }>();
    assert.deepEqual(line?.body, { mediaType: 'text/plain', text: 'Row 1 of t', bytes: 1_048_576, truncated: true });
    await check(['requests.http', '--name', 'large', '--body-limit', '10'], {
      code: 0,
      stdout: /Row 1 of t\n\(the first 10 of 1048576 bytes\)\n$/,
    });
  });

  test('>> saves all of a body beside the file, and never over another', async () => {
    const [line] = (await cli.send(['--name', 'saved', '--json'])).json<{ saved: readonly string[] }>();
    assert.deepEqual(line?.saved, ['./out/large.txt']);
    assert.equal(statSync(join(cli.folder(), 'out', 'large.txt')).size, 2 * 1024 * 1024);
    await check(['requests.http', '--name', 'saved'], { code: 0, told: /saved \.\/out\/large-1\.txt/ });
  });

  test('--root is where body files may come from', async () => {
    await check(['requests.http', '--name', 'file', '--root', 'store/..'], { code: 0, told: /from a file/ });
    await check(['requests.http', '--name', 'file', '--root', '/nowhere'], {
      code: 2,
      stderr: /--root must be a folder/,
    });
  });
});

describe('without a terminal', () => {
  test('a prompt blocks and names --var, which answers it', async () => {
    await check(['requests.http', '--name', 'prompted'], { code: 3, told: /--var answer=VALUE/ });
    await check(['requests.http', '--name', 'prompted', '--var', 'answer=42'], { code: 0, told: /answer=42/ });
  });

  test('a note blocks and names --yes, which answers it', async () => {
    await check(['requests.http', '--name', 'noted'], { code: 3, told: /--yes/ });
    await check(['requests.http', '--name', 'noted', '--yes'], { code: 0 });
  });

  test('a body file outside the root blocks and names --yes', async () => {
    await check(['requests.http', '--name', 'outside'], { code: 3 });
  });

  test('a secret comes from the environment and is masked', async () => {
    await check(['requests.http', '--name', 'secret'], { code: 3, told: /shared-thing/ });
    const env = { 'CRUMBTRAIL_SECRET_shared-thing': 'hidden-value' };
    const plain = await cli.send(['--name', 'secret', '--json'], { env });
    assert.match(plain.stdout, /hidden-value/);
    const masked = await cli.send(['--name', 'secret', '--json', '--mask'], { env });
    assert.equal(masked.code, 0);
    assert.doesNotMatch(masked.stdout, /hidden-value/);
    assert.match(masked.stdout, /X-Value: \*\*\*/);
  });
});

test('a reference to the response of an earlier process resolves', async () => {
  await check(['requests.http', '--name', 'login'], { code: 0 });
  await check(['requests.http', '--name', 'token'], { code: 0, told: /"user": "ada"/ });
});

test('Ctrl+C cancels: 130, and what was done is told and saved', async () => {
  const host = `host=${cli.demo().origin}`;
  const args = ['send', 'requests.http', '--name', 'login', '--name', 'slow', '--json', '--var', host];
  let sent = false;
  const run = await cli.run([...args, '--session', 'cancelled'], {
    onOutput: (stdout, kill) => {
      // A second signal would end the process at once.
      if (!sent && stdout.includes('\n')) kill('SIGINT');
      sent ||= stdout.includes('\n');
    },
  });
  assert.equal(run.code, 130, run.stderr);
  const outcomes = run.json<{ outcome: string }>().map(({ outcome }) => outcome);
  assert.equal(outcomes[0], 'completed');
  assert.ok(outcomes.length === 1 || outcomes[1] === 'cancelled', outcomes.join());
  const shown = await cli.run(['session', 'show', '--session', 'cancelled', '--json']);
  assert.match(shown.stdout, /login_ticket/);
});
