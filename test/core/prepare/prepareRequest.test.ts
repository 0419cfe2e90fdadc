import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { productVersion } from '../../../src/core/http/productVersion.ts';
import { prepareRequest } from '../../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../../src/core/run/runContext.ts';
import type { SessionDefaults } from '../../../src/core/session/settings.ts';
import { bodyText, newSession, runInput, type RunOptions } from '../../support/runInput.ts';

const agent = `User-Agent: crumbtrail/${productVersion}`;
const defaults = [agent, 'Accept: */*', 'Accept-Encoding: gzip, deflate, br, zstd'];

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  assert.equal(productVersion, version);
});

describe('header lines', () => {
  for (const [name, written, expected] of [
    ['the defaults', '', defaults],
    ['order, spelling, repeats', 'X-b: 1\nx-A: 2\nX-b: 3', [...defaults, 'X-b: 1', 'x-A: 2', 'X-b: 3']],
    [
      'a default that is written stands where it is written',
      'X-A: 1\naccept: text/plain',
      [agent, defaults[2], 'X-A: 1', 'accept: text/plain'],
    ],
    ['empty values', 'X-E:', [...defaults, 'X-E: ']],
    ['placeholders in names and values', '{{name}}: {{v}}', [...defaults, 'X-Name: 7']],
    ['a macro of several lines', '{{two}}\nX-C: 3', [...defaults, 'X-A: 1', 'X-B: 2', 'X-C: 3']],
    ['a spread object', '...object', [...defaults, 'X-O: 1', 'X-P: 2']],
    ['Latin-1', 'X-L: é', [...defaults, 'X-L: é']],
    ['encoded credentials', 'Authorization: Basic u p', [...defaults, 'Authorization: Basic dTpw']],
    ['blanks behind a value', 'X-A: {{v}}{{blanks}}', [...defaults, 'X-A: 7']],
  ] as const) {
    test(name, () => checkHeaders(`GET http://a.test/\n${written}\n`, expected));
  }

  test('defaults can be taken away', () =>
    checkHeaders(
      '# @no-default-header accept, User-Agent\n# @noDefaultHeader accept-encoding\nGET http://a.test/\n',
      [],
    ));
});

describe('session defaults (SESSION M1-M6)', () => {
  for (const [name, session, written, expected] of [
    ['are added', [['X-S', '1']], 'X-A: 2', [...defaults, 'X-S: 1', 'X-A: 2']],
    [
      'give way at their place',
      [
        ['X-S', '1'],
        ['X-T', '2'],
      ],
      'X-A: 3\nx-s: 4',
      [...defaults, 'x-s: 4', 'X-T: 2', 'X-A: 3'],
    ],
    ['give way to all lines', [['X-S', '1']], 'X-S: 2\nX-S: 3', [...defaults, 'X-S: 2', 'X-S: 3']],
    ['replace the product', [['Accept', 'text/html']], '', [agent, defaults[2], 'Accept: text/html']],
    [
      'remove with null',
      [
        ['User-Agent', null],
        ['accept', null],
        ['Accept-Encoding', null],
      ],
      '',
      [],
    ],
    ['null gives way too', [['Accept', null]], 'Accept: x', [agent, defaults[2], 'Accept: x']],
  ] as const) {
    test(name, () => checkHeaders(`GET http://a.test/\n${written}\n`, expected, { headers: session, params: [] }));
  }

  test('a tag takes one away', () =>
    checkHeaders('# @no-default-header X-S\nGET http://a.test/\n', defaults, { headers: [['X-S', '1']], params: [] }));

  test('params go behind the query and before the fragment', async () => {
    const { request } = await prepare(
      'GET http://a.test/p?a=1#f\n',
      {},
      {
        headers: [],
        params: [
          ['b', 'x y'],
          ['c', '~&'],
        ],
      },
    );
    assert.equal(request?.url, 'http://a.test/p?a=1&b=x+y&c=~%26#f');
  });

  test('its media type counts for the body', async () => {
    const { request } = await prepare(
      'POST http://a.test/\n\n# kept\nx\n',
      {},
      { headers: [['Content-Type', 'text/markdown']], params: [] },
    );
    assert.equal(await bodyText(request?.body), '# kept\nx');
  });
});

describe('request lines', () => {
  for (const [line, expected] of [
    ['GET http://a.test/x', 'GET http://a.test/x 1.1'],
    ['get http://a.test/x', 'GET http://a.test/x 1.1'],
    ['http://a.test/x', 'GET http://a.test/x 1.1'],
    ['PURGE http://a.test/x', 'PURGE http://a.test/x 1.1'],
    ['GET https://a.test/x HTTP/2', 'GET https://a.test/x 2'],
    ['GET https://a.test/x HTTP/2.0', 'GET https://a.test/x 2'],
    ['GET http://a.test/x HTTP/1.1', 'GET http://a.test/x 1.1'],
    ['# @http2\nGET http://a.test/x', 'GET http://a.test/x 2'],
    ['GET {{url}}/x', 'GET http://a.test/x 1.1'],
    ['{{url}}/x', 'GET http://a.test/x 1.1'],
    ['{{request}}', 'POST https://a.test/y 2'],
    ['GET a.test/x', 'GET http://a.test/x 1.1'],
    ['GET http://a.test\n  /x\n  ?q={{%spaced}}', 'GET http://a.test/x?q=x%20y 1.1'],
    ['GET http://u:p@a.test/x', 'GET http://a.test/x 1.1'],
    ['GET /x\nHost: a.test:443', 'GET https://a.test/x 1.1'],
    ['@host = https://a.test/api\nGET /x', 'GET https://a.test/api/x 1.1'],
    ['@host = b.test\nGET /x\nHost: a.test', 'GET http://a.test/x 1.1'],
  ] as const) {
    test(JSON.stringify(line), async () => {
      const { request, problems } = await prepare(`${line}\n`);
      assert.deepEqual(problems, []);
      assert.equal(request && `${request.method} ${request.url} ${request.httpVersion}`, expected);
    });
  }

  // Matrix row 18: without TLS other tools send what they can, and so does this one; it says so.
  test('HTTP/2 without TLS is sent as HTTP/1.1', async () => {
    const { request, problems } = await prepare('GET http://a.test/x HTTP/2\n');
    assert.equal(request?.httpVersion, '1.1');
    assert.deepEqual(
      problems.map(({ severity, code }) => [severity, code]),
      [['information', 'http2-needs-https']],
    );
  });

  test('a macro for the whole head', async () => {
    const { request } = await prepare('{{head}}\nX-C: 3\n');
    assert.equal(request?.method, 'PUT');
    assert.deepEqual(request?.headers.slice(3), [
      ['X-A', '1'],
      ['X-C', '3'],
    ]);
  });
});

describe('credentials of the URL', () => {
  for (const [line, headers, expected] of [
    ['http://u:p@a.test/', '', 'u p'],
    ['http://u@a.test/', '', 'u '],
    ['http://%C3%BC:p%40w@a.test/', '', 'ü p@w'],
    ['http://u:p@a.test/', 'Authorization: Bearer T', 'u p'],
    ['http://a.test/', '', undefined],
  ] as const) {
    test(`${line} ${headers}`, async () => {
      const { request } = await prepare(`GET ${line}\n${headers}\n`);
      const found = request?.auth?.userinfo;
      assert.equal(found && `${found.username} ${found.password}`, expected);
      assert.equal(request?.url, 'http://a.test/');
    });
  }
});

describe('# @auth', () => {
  for (const [tag, line, expected, codes] of [
    ['basic u p', '', 'Basic dTpw', []],
    ['basic u:p', '', 'Basic dTpw', []],
    ['bearer T{{v}}', '', 'Bearer T7', []],
    ['bearer T', 'Authorization: Bearer U', 'Bearer T', ['authorization-replaced']],
    ['none', '', undefined, []],
    ['none', 'Authorization: Bearer U', undefined, ['authorization-replaced']],
  ] as const) {
    test(`${tag} ${line}`, async () => {
      const { request, problems } = await prepare(`# @auth ${tag}\nGET http://x:y@a.test/\n${line}\n`);
      assert.equal(request?.headers.find(([name]) => name === 'Authorization')?.[1], expected);
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
      );
    });
  }

  for (const tag of [
    '',
    ' digest u',
    ' basic',
    ' basic u',
    ' basic a:b c',
    ' none x',
    ' ntlm u p',
    ' {{nope}}',
    ' basic u {{nope}}',
  ]) {
    test(`what is not known blocks: #@auth${tag}`, async () => {
      assert.equal((await prepare(`# @auth${tag}\nGET http://a.test/\n`)).request, undefined);
    });
  }
});

describe('what stops a request', () => {
  for (const [written, code] of [
    ['GET /x', 'missing-scheme'],
    ['GET ftp://a.test/', 'unsupported-scheme'],
    ['GET http://a b/', 'invalid-url'],
    ['GET http://a%3Ab:c@a.test/', 'invalid-auth'],
    ['GET http://a.test/{{nope}}', 'unknown-variable'],
    ['GET http://a.test/{{two}}', 'header-injection'],
    ['GET http://a.test/\nX-A: {{two}}', 'header-injection'],
    ['GET http://a.test/\nX-A: {{blanks}}x', 'invalid-header'],
    ['GET http://a.test/\nX-A: {{nul}}', 'invalid-header'],
    ['GET http://a.test/\nX-A: č', 'invalid-header'],
    ['GET http://a.test/\n{{spaced}}: x', 'invalid-header'],
    ['GET http://a.test/\n{{spaced}}', 'invalid-header'],
    ['GET http://a.test/\n...v', 'invalid-header'],
    ['GET http://a.test/\n...nope', 'unknown-variable'],
    ['POST http://a.test/\nContent-Length: 9\n\nabc', 'content-length-mismatch'],
    ['POST http://a.test/\nContent-Length: 3\nContent-Length: 3\n\nabc', 'content-length-mismatch'],
  ] as const) {
    test(`${JSON.stringify(written)}: ${code}`, async () => {
      const { request, problems } = await prepare(`${written}\n`);
      assert.equal(request, undefined);
      assert.deepEqual(
        problems.map((each) => each.code),
        [code],
      );
    });
  }

  test('a header problem names the header and stands at its line', async () => {
    const text = 'GET http://a.test/\nX-A: č\n';
    const { problems } = await prepare(text);
    assert.match(problems[0]?.message ?? '', /"č" in the value of X-A/);
    assert.deepEqual(text.slice(problems[0]?.span.start, problems[0]?.span.end), 'X-A: č');
  });

  test('all problems of a block are told at once', async () => {
    const { problems } = await prepare('GET http://a.test/{{a}}\nX-A: {{b}}\nX-B: č\n\n< nope\n');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['unknown-variable', 'unknown-variable', 'file-not-found', 'invalid-header'],
    );
  });

  test('a right Content-Length stays', async () => {
    const { request } = await prepare('POST http://a.test/\nContent-Length: 3\n\nabc\n');
    assert.deepEqual(request?.headers.at(-1), ['Content-Length', '3']);
  });
});

describe('curl', () => {
  for (const [command, expected] of [
    ['curl http://a.test/x', 'GET http://a.test/x'],
    ['curl a.test/x', 'GET http://a.test/x'],
    [
      'curl -X PUT http://a.test/ -d a=1 -d b=2',
      'PUT http://a.test/ Content-Type: application/x-www-form-urlencoded | a=1&b=2',
    ],
    [
      'curl http://a.test/ -H "X-A: {{v}}" -H "Content-Type: text/plain" --data-raw "@x"',
      'POST http://a.test/ X-A: 7, Content-Type: text/plain | @x',
    ],
    ['curl -G http://a.test/?z=0 -d a=1 --data-urlencode "b=x y&z"', 'GET http://a.test/?z=0&a=1&b=x%20y%26z'],
    ['curl -I http://a.test/', 'HEAD http://a.test/'],
    ['curl -u user:pa:ss http://a.test/', 'GET http://a.test/ Authorization: Basic dXNlcjpwYTpzcw=='],
    ['curl -b "a=1; b=2" http://a.test/', 'GET http://a.test/ Cookie: a=1; b=2'],
    ['curl http://a.test/ --json \'{"a":1}\'', 'POST http://a.test/ Content-Type: application/json | {"a":1}'],
    ['curl http://a.test/ -d @lines.txt', 'POST http://a.test/ Content-Type: application/x-www-form-urlencoded | ab'],
    [
      'curl http://a.test/ --data-binary @lines.txt',
      'POST http://a.test/ Content-Type: application/x-www-form-urlencoded | a\nb\n',
    ],
  ] as const) {
    test(command, async () => {
      const { request, problems } = await prepare(`${command}\n`, { files: { '/work/api/lines.txt': 'a\nb\n' } });
      assert.deepEqual(problems, []);
      const own = request?.headers.filter(([name]) => !['User-Agent', 'Accept', 'Accept-Encoding'].includes(name));
      const headers = own?.map((line) => line.join(': ')).join(', ');
      const body = await bodyText(request?.body);
      assert.equal(
        [`${request?.method} ${request?.url}`, headers, body === undefined ? '' : `| ${body}`]
          .filter((part) => part)
          .join(' '),
        expected,
      );
    });
  }

  test('forms', async () => {
    const command = 'curl http://a.test/ -F name=value -F file=@lines.txt';
    const { request } = await prepare(`${command}\n`, { files: { '/work/api/lines.txt': 'a\n' } });
    const boundary = `------------------------${'0'.repeat(12)}4${'0'.repeat(3)}8${'0'.repeat(15)}`;
    assert.deepEqual(request?.headers.at(-1), ['Content-Type', `multipart/form-data; boundary=${boundary}`]);
    assert.equal(
      await bodyText(request?.body),
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="name"',
        '',
        'value',
        `--${boundary}`,
        'Content-Disposition: form-data; name="file"; filename="lines.txt"',
        'Content-Type: application/octet-stream',
        '',
        'a\n',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    );
  });

  test('settings', async () => {
    const { settings } = await prepare('curl -k -m 2.5 http://a.test/\n');
    assert.deepEqual([settings.verify, settings.timeouts.totalMs], [false, 2500]);
  });

  for (const [options, expected] of [
    ['--connect-timeout 3', { timeouts: { connectMs: 3000, readMs: 120_000 } }],
    ['-L --max-redirs 4', { followRedirects: true, followAsked: true, maxRedirects: 4 }],
    ['--retry 2', { retry: 2 }],
    ['--cacert ca.pem', { verify: '/work/api/ca.pem' }],
    ['-E c.pem', { cert: { file: '/work/api/c.pem' } }],
    [
      '-E {{v}}.pem --key k.pem --pass w',
      { cert: { file: '/work/api/7.pem', key: '/work/api/k.pem', passphrase: 'w' } },
    ],
    ['-x http://p:1', { proxies: proxies('http://p:1') }],
    ['-x p:1 -U a:b@c', { proxies: proxies('http://a:b%40c@p:1') }],
    ['-x socks5://old@p:1 --proxy-user a', { proxies: proxies('socks5://a:@p:1') }],
  ] as const) {
    test(options, async () => {
      const { settings, problems } = await prepare(`curl http://a.test/ ${options}\n`);
      assert.deepEqual(problems, []);
      assert.deepEqual(settings, { ...(await prepare('curl http://a.test/\n')).settings, ...expected });
    });
  }

  test('HTTP/2', async () => {
    const { request } = await prepare('curl https://a.test/ --http2\n');
    assert.equal(request?.httpVersion, '2');
  });

  test('a missing file blocks', async () => {
    const { request, problems } = await prepare('curl http://a.test/ -d @nope\n');
    assert.deepEqual([request, problems.map(({ code }) => code)], [undefined, ['file-not-found']]);
  });
});

async function checkHeaders(
  text: string,
  expected: readonly (string | undefined)[],
  session?: SessionDefaults,
): Promise<void> {
  const { request, problems } = await prepare(text, {}, session);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    request?.headers.map(([name, value]) => `${name}: ${value}`),
    expected,
  );
}

function prepare(text: string, options: RunOptions = {}, sessionDefaults?: SessionDefaults) {
  const session = newSession();
  if (sessionDefaults) session.setDefaults(sessionDefaults);
  const overrides = [
    ['v', '7'],
    ['name', 'X-Name'],
    ['two', 'X-A: 1\nX-B: 2'],
    ['object', '{"X-O":1,"X-P":"2"}'],
    ['blanks', '  '],
    ['spaced', 'x y'],
    ['nul', 'a\0b'],
    ['url', 'http://a.test'],
    ['request', 'POST https://a.test/y HTTP/2'],
    ['head', 'PUT http://a.test/\nX-A: 1'],
  ] as const;
  const input = runInput(text, undefined, { overrides, session, ...options });
  return prepareRequest(prepareInput(input, createResolver(input, [], 'no'), 'no'));
}

function proxies(url: string) {
  return { http: url, https: url, all: url };
}
