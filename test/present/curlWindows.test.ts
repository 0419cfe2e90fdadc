import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { HeaderList } from '../../src/core/http/headerList.ts';
import { preparedAsCurl, type CurlShell } from '../../src/present/curl.ts';
import { requestFixture } from './exchangeFixture.ts';

const run = promisify(execFile);
const skip = spawnSync('curl', ['--version']).error !== undefined && 'curl is not installed';

interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

let server: Server;
let origin = '';
let arrived: Arrived | undefined;
let folder = '';

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crumbtrail-curl-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
      arrived = { method, url, headers, body: Buffer.concat(chunks) };
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** What each shell hands to curl, by the rules that Microsoft documents for it. */
const shells: Readonly<Record<Exclude<CurlShell, 'bash'>, (command: string) => Promise<void>>> = {
  powershell: runAsPowerShell,
  cmd: runAsCmd,
};

/**
 * about_Quoting_Rules: nothing in a single-quoted here-string is expanded; it ends where a line begins with '@. about_Preference_Variables:
 * text that goes to a program is written in $OutputEncoding, with a line end behind it.
 */
async function runAsPowerShell(command: string): Promise<void> {
  const here = /^@'\n(.*?)\n'@ \| curl\.exe --config -(?: --data-binary "@\$body")?$/ms.exec(command);
  assert.ok(here, command);
  const setting = /^\$OutputEncoding = (.*)$/m.exec(command)?.[1];
  const encoding = setting === undefined ? 'ascii' : setting.includes('28591') ? 'latin1' : 'utf8';
  const config = Buffer.from(`${here[1]}\r\n`, encoding);
  if (encoding === 'ascii') assert.match(here[1] ?? '', /^[\0-\x7f]*$/);
  const code = /^\[IO\.File\]::WriteAllBytes\(\$body, \[Convert\]::FromBase64String\('([\w+/=]*)'\)\)$/m.exec(
    command,
  )?.[1];
  if (code !== undefined) writeFileSync(join(folder, 'body'), Buffer.from(code, 'base64'));
  const curl = run('curl', [
    '--config',
    '-',
    ...(code === undefined ? [] : ['--data-binary', `@${join(folder, 'body')}`]),
  ]);
  curl.child.stdin?.end(config);
  await curl;
}

/** Runs the lines as typed at the prompt of cmd: files are made from Base64 first, then curl gets its arguments. */
async function runAsCmd(command: string): Promise<void> {
  const lines = command.replaceAll(/\^\n/g, '').split('\n');
  const files = new Map<string, string>();
  for (const line of lines.slice(0, -1)) {
    const [, sign, name = '', text = ''] = /^(>>?) "(%TEMP%\\[\w-]+\.txt)" echo ([\w+/=]+)$/.exec(line) ?? [];
    const decoded = /^certutil -f -decode "(.*)" "%TEMP%\\(.*)" > nul$/.exec(line);
    if (sign !== undefined) files.set(name, (sign === '>' ? '' : (files.get(name) ?? '')) + text);
    else if (decoded)
      writeFileSync(join(folder, decoded[2] ?? ''), Buffer.from(files.get(decoded[1] ?? '') ?? '', 'base64'));
    else assert.match(line, /^copy \/y nul "%TEMP%\\crumbtrail-body\.bin" > nul$/);
    if (line.startsWith('copy')) writeFileSync(join(folder, 'crumbtrail-body.bin'), '');
  }
  const last = lines.at(-1) ?? '';
  assert.ok(last.length < 8191, 'the limit of a command line');
  const [program = '', ...args] = argumentsOf(afterCmd(last, { TEMP: folder, PATH: 'expanded', A: 'expanded' }));
  assert.equal(program, 'curl');
  await run(
    'curl',
    args.map((each) => each.replace(`${folder}\\`, `${folder}/`)),
  );
}

/** `set /?` and `cmd /?`: names between percent signs are expanded first; then a caret outside of quotes is taken away and what follows stands for itself. */
function afterCmd(line: string, variables: Readonly<Record<string, string>>): string {
  const expanded = line.replace(/%([^%]+)%/g, (whole, name: string) => variables[name] ?? whole);
  let isQuoted = false;
  let out = '';
  for (let at = 0; at < expanded.length; at++) {
    const character = expanded[at] ?? '';
    if (character === '^' && !isQuoted) {
      out += expanded[++at] ?? '';
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    assert.ok(isQuoted || !/[&|<>()]/.test(character), `cmd would act on ${character} in ${line}`);
    out += character;
  }
  return out;
}

/** "Parsing C++ command-line arguments": 2n backslashes before a quote are n, one more makes the quote literal; elsewhere they are backslashes. */
function argumentsOf(line: string): string[] {
  const args: string[] = [];
  let current: string | undefined;
  let isQuoted = false;
  for (const [, slashes = '', character = ''] of line.matchAll(/(\\*)("|[^\\]|$)/gs)) {
    if (character === '"') {
      current = (current ?? '') + '\\'.repeat(Math.floor(slashes.length / 2));
      if (slashes.length % 2 === 1) current += '"';
      else isQuoted = !isQuoted;
    } else if (slashes + character !== '') {
      if (slashes !== '') current = (current ?? '') + slashes;
      if (/[ \t]/.test(character) && !isQuoted) {
        if (current !== undefined) args.push(current);
        current = undefined;
      } else current = (current ?? '') + character;
    }
  }
  return current === undefined ? args : [...args, current];
}

const own = /^(?:host|content-length|connection|expect):/i;

/** The request arrives as it was asked for, byte for byte. */
async function check(method: string, path: string, headers: HeaderList, body?: string | Uint8Array): Promise<void> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const request = requestFixture(method, origin + path, headers, bytes && '');
  const whole =
    bytes && request.body ? { ...request, body: { ...request.body, bytes, length: bytes.length } } : request;
  for (const [shell, runIn] of Object.entries(shells)) {
    arrived = undefined;
    const command = preparedAsCurl(whole, undefined, { shell: shell as CurlShell });
    await runIn(command);
    const got = arrived as Arrived | undefined;
    assert.deepEqual([got?.method, got?.url], [method, path], command);
    const wanted = headers.map(([name, value]) => `${name}: ${value}`);
    assert.deepEqual(got?.headers.filter((line) => !own.test(line)).toSorted(), wanted.toSorted(), command);
    assert.deepEqual(got?.body, Buffer.from(bytes ?? []), command);
  }
}

const nasty = `it's "quoted" \\"twice\\\\" %PATH% %A%b %% %TEMP ^caret^ !! & | < > (a) ; , = * ? ~ # $HOME \`id\` $(id) '@ ends\\`;

describe('for PowerShell and cmd', { skip }, () => {
  test('requests without a body', async () => {
    await check('GET', '/', []);
    await check('GET', '/a?b=[1]&c={2}&d=it%27s%20%41&e=100%25&PATH=%PATH%', [['Accept', '*/*']]);
    await check('HEAD', '/', [['User-Agent', 'crumbtrail/0.1']]);
    await check('PURGE', '/', []);
  });
  test('headers, byte for byte', async () => {
    await check('GET', '/', [
      ['X-Empty', ''],
      ['x-TWICE', 'one'],
      ['x-TWICE', 'two'],
      ['X-Nasty', nasty],
      ['X-Latin', 'caf\u00e9 1'],
      ['Cookie', 'a=1; b="2"'],
      ['Authorization', 'Bearer abc'],
    ]);
  });
  test('bodies, byte for byte', async () => {
    const json: HeaderList = [['Content-Type', 'application/json']];
    await check('POST', '/', json, '{"a":"it\'s \\"so\\"","path":"C:\\\\temp\\\\"}');
    await check('POST', '/', json, nasty);
    await check('POST', '/', json, '');
    await check('POST', '/', json, '{"b":"é ✓ 🍪"}');
    await check('POST', '/', [...json, ['X-Latin', 'é']], '{"b":"é ✓ 🍪"}');
    await check('PUT', '/', json, `first\nsecond\r\n'@\n@'\n\v\t${nasty}\n`);
    await check('POST', '/', [], '@not-a-file');
    await check('POST', '/', [], 'bell \x07 and escape \x1b');
    await check(
      'POST',
      '/',
      [],
      Uint8Array.from({ length: 9000 }, (_, index) => index % 256),
    );
    await check('POST', '/', [['Content-Type', 'text/plain']], 'x"\\'.repeat(20_000));
  });
});

test('how they read', () => {
  const request = requestFixture('POST', 'https://api.example.test/items?a=1&b=2', [['X-Key', '50% "off"']], '{"a":1}');
  const with_ = {
    ...request,
    headers: [
      ...request.headers,
      ['Accept', '*/*'],
      ['User-Agent', 'x'],
      ['Content-Type', 'application/json'],
    ] as HeaderList,
  };
  assert.equal(
    preparedAsCurl(with_, undefined, { shell: 'powershell' }),
    [
      "@'",
      'url = "https://api.example.test/items?a=1&b=2"',
      'http1.1',
      'header = "X-Key: 50% \\"off\\""',
      'header = "Accept: */*"',
      'header = "User-Agent: x"',
      'header = "Content-Type: application/json"',
      'data-raw = "{\\"a\\":1}"',
      "'@ | curl.exe --config -",
    ].join('\n'),
  );
  assert.equal(
    preparedAsCurl(with_, undefined, { shell: 'cmd' }),
    [
      'curl ^"https://api.example.test/items^?a=1^&b=2^"',
      '  --http1.1',
      '  -H ^"X-Key: 50^%^ ^\\^"off^\\^"^"',
      '  -H ^"Accept: ^*/^*^"',
      '  -H ^"User-Agent: x^"',
      '  -H ^"Content-Type: application/json^"',
      '  --data-raw ^"^{^\\^"a^\\^":1^}^"',
    ].join(' ^\n'),
  );
});
