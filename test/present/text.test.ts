import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMask } from '../../src/present/mask.ts';
import { runText, type TextOptions } from '../../src/present/text.ts';
import type { RunResult } from '../../src/core/run/run.ts';
import { plain } from '../../src/present/style.ts';
import {
  documentFixture,
  exchangeFixture,
  hopFixture,
  loginHops,
  problemFixture,
  requestFixture,
  responseFixture,
  resultFixture,
} from './exchangeFixture.ts';

function check(result: RunResult, expected: string, options: Partial<TextOptions> = {}): void {
  const { lines } = documentFixture().document;
  const text = runText(result, { file: 'demo.http', lines, style: plain, terminal: false, ...options });
  assert.equal(text, expected);
}

test('a login is one line a hop, with what changed, what was refused and why; credentials in URLs are masked', () => {
  const [first, second, last] = loginHops();
  const hops = [first!, second!, { ...last!, response: responseFixture(200, 'OK', [], 'Hello') }];
  check(
    resultFixture(exchangeFixture(hops), { captured: { token: 'not shown' }, saved: ['out/me.txt'] }),
    `Log in · dev
  1 POST https://api.example.test/login → 302 Found · 40 ms · 1 cookie sent · POST → GET · body dropped · +1 cookie · 1 cookie updated · 1 cookie refused
    cookie track refused: Domain=ads.test does not cover the host that set it (api.example.test)
  2 GET https://api.example.test/sso/callback?code=***&state=xyz → 303 See Other · 15 ms · 1 cookie sent · Authorization dropped: other origin · +1 cookie
  3 GET https://app.example.test/me → 200 OK · 28 ms · 2 cookies sent
  captured token
  saved out/me.txt

Hello
`,
  );
});

test('a blocked request says where, what and that nothing was sent; hints are for the editor', () => {
  const problems = [problemFixture(), problemFixture({ severity: 'information', message: 'Not here.' })];
  check(
    resultFixture(undefined, { problems, environment: [], sessionName: 'second' }),
    `Log in · session second
  demo.http:3:6 error: “host” is not defined. Choose an environment that has it, or write “@host = …” above.
  Not sent.
`,
  );
});

test('a refused cookie without a name is called so', () => {
  const message = 'There is neither a name nor a value.';
  const received = [{ kind: 'rejected', name: '', raw: '=', reason: 'empty-cookie', message }] as const;
  const hop = hopFixture({ cookies: { ...hopFixture().cookies, received } });
  const { lines } = documentFixture().document;
  const options = { file: 'demo.http', lines, style: plain, terminal: false };
  const text = runText(resultFixture(exchangeFixture([hop])), options);
  assert.match(text, /^    cookie without a name refused: There is neither a name nor a value\.$/m);
});

test('a failure keeps its hops and ends with the next step', () => {
  const failure = { code: 'connect-refused', message: 'Nothing listens there.', hint: 'Start the server.' } as const;
  const hops = [hopFixture(), hopFixture({ number: 2, response: undefined, failure })];
  check(
    resultFixture(exchangeFixture(hops, { outcome: 'failed', failure }), { title: undefined, name: undefined }),
    `demo.http:3 · dev
  1 GET https://api.example.test/me → 200 OK · 10 ms
  2 GET https://api.example.test/me → connect-refused · 10 ms
  Nothing listens there.
  Start the server.
`,
  );
});

test('a body that is not valid in its encoding says so', () => {
  const bytes = Uint8Array.from([0x63, 0x61, 0x66, 0xe9]);
  const response = responseFixture(200, 'OK', [['Content-Type', 'text/plain; charset=utf-8']], bytes);
  const head = 'Log in · dev\n  1 GET https://api.example.test/me → 200 OK · 10 ms\n\n';
  const note = '(This is not valid UTF-8: bytes that stand for no character are shown as \uFFFD. --output keeps them)';
  check(resultFixture(exchangeFixture([hopFixture({ response })])), `${head}caf\uFFFD\n${note}\n`);
});

test('a body that is no text is named, one that is cut says so', () => {
  const picture = responseFixture(200, 'OK', [['Content-Type', 'image/png']], new Uint8Array([137, 80, 78, 71]));
  const head = 'Log in · dev\n  1 GET https://api.example.test/me → 200 OK · 10 ms\n\n';
  check(
    resultFixture(exchangeFixture([hopFixture({ response: picture })])),
    `${head}(image/png, 4 bytes; --json prints it as Base64)\n`,
  );
  const long = responseFixture(200, 'OK', [['Content-Type', 'text/plain']], 'grüße');
  check(resultFixture(exchangeFixture([hopFixture({ response: long })])), `${head}gr\n(the first 3 of 7 bytes)\n`, {
    bodyLimit: 3,
  });
});

test('a server does not drive the terminal; a file gets the bytes as they came', () => {
  const response = responseFixture(200, 'O\u001b[31mK', [['Content-Type', 'text/plain']], 'a\u001b[2Jb\tc\r\nd\u009b');
  const result = resultFixture(exchangeFixture([hopFixture({ response })]));
  const head = 'Log in · dev\n  1 GET https://api.example.test/me → 200 O␛[31mK · 10 ms\n\n';
  check(result, `${head}a␛[2Jb\tc\nd␡\n`, { terminal: true });
  check(result, `${head}a\u001b[2Jb\tc\r\nd\u009b\n`);
});

test('a secret stays out of the chain, and out of the body when asked', () => {
  const request = requestFixture('GET', 'https://api.example.test/find/hidden-word');
  const response = responseFixture(200, 'OK', [['Content-Type', 'text/plain']], 'You said hidden-word.');
  const result = resultFixture(exchangeFixture([hopFixture({ request, response })]), { secrets: ['hidden-word'] });
  const head = 'Log in · dev\n  1 GET https://api.example.test/find/*** → 200 OK · 10 ms\n\n';
  check(result, `${head}You said hidden-word.\n`);
  check(result, `${head}You said ***.\n`, { mask: createMask(['hidden-word']) });
});

test('styles are put on by the function that is passed', () => {
  const response = responseFixture(500, 'Broken', []);
  check(
    resultFixture(exchangeFixture([hopFixture({ response })]), { environment: [] }),
    '<bold>Log in</bold>\n  <dim>1</dim> <cyan>GET</cyan> https://api.example.test/me → <red>500 Broken</red><dim> · </dim>10 ms\n',
    { style: (name, text) => `<${name}>${text}</${name}>` },
  );
});
