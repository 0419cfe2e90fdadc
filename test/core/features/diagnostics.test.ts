import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dialectProblems } from '../../../src/core/features/dialectProblems.ts';
import { environmentProblems } from '../../../src/core/features/environmentProblems.ts';
import { problems } from '../../../src/core/features/problems.ts';
import { unsentLines } from '../../../src/core/features/unsentLines.ts';
import { variableProblems } from '../../../src/core/features/variableProblems.ts';
import { runBlock } from '../../../src/core/run/runBlock.ts';
import { previewBlock } from '../../../src/core/run/preview.ts';
import { requestBlocks } from '../../../src/core/syntax/query.ts';
import { around, marked } from '../../support/marked.ts';
import { newSession, runInput } from '../../support/runInput.ts';

const environment = { '/w/http-client.env.json': '{ "dev": { "host": "x" } }\n' };

/** A session in which `login` was sent and answered with `{"token": "t"}`. */
function sentSession() {
  const session = newSession();
  session.record({
    file: 'api/file.http',
    id: 'login',
    at: 0,
    request: { method: 'GET', url: 'http://h/', headers: [] },
    hops: [{ url: 'http://h/', status: 200, reason: 'OK', headers: [] }],
    cookies: [],
    bodyBase64: btoa('{"token":"t"}'),
  });
  return session;
}

/** The diagnostics of GRAMMAR section 5: code and place as the editor shows them, all from the text between `«` and `»`. */
async function check(code: string, source: string): Promise<void> {
  const { document, text, selection } = marked(source);
  const surroundings = around(environment, { httpYac: true });
  const previews = await Promise.all(
    requestBlocks(document).map((block) =>
      previewBlock({ ...runInput(text, undefined, { session: sentSession() }), document, block }),
    ),
  );
  const ofSends = previews.flatMap((preview) => preview.problems);
  const found = [
    ...problems(document),
    ...variableProblems(document, surroundings),
    ...dialectProblems(document, surroundings),
    ...environmentProblems(document, surroundings.profiles, ofSends),
    ...ofSends,
  ].filter((problem) => problem.code === code);
  assert.deepEqual(
    found.map(({ span }) => text.slice(span.start, span.end)),
    [text.slice(selection.start, selection.end)],
  );
  assert.equal(found[0]?.span.start, selection.start);
}

describe('diagnostics of section 5', () => {
  for (const [line, code, source] of [
    ['unknown variable', 'unknown-variable', 'GET http://h/«{{nope}}»'],
    ['unused variable', 'unused-variable', '«@a = 1»\nGET http://h/'],
    ['shadowed variable', 'shadowed-variable', '@«host» = y\nGET http://{{host}}/'],
    [
      'redefined variable below use',
      'redefined-below-use',
      'GET http://h/{{a}}\n###\n@a = 1\n###\n«@a = 2»\nGET http://h/',
    ],
    ['unknown request reference', 'unknown-request', 'GET http://h/«{{logni.response.body.token}}»'],
    [
      'reference to a request not yet run',
      'request-not-sent',
      '# @name later\nGET http://h/\n###\nGET http://h/«{{later.response.body.token}}»',
    ],
    [
      'reference path found nothing',
      'reference-not-found',
      '# @name login\nGET http://h/\n###\nGET http://h/«{{login.response.body.nope}}»',
    ],
    ['missing body file', 'file-not-found', 'POST http://h/\nContent-Type: text/plain\n\n< «./nope.txt»'],
    ['malformed header', 'malformed-header', 'GET http://h/\n«bad»'],
    ['content header without body', 'content-header-without-body', 'GET http://h/\n«Content-Type: a/b»'],
    ['invalid URL', 'invalid-url', 'GET «http://h:99999/»'],
    ['invalid URL: no scheme', 'missing-scheme', 'GET «/path»'],
    ['invalid scheme', 'unsupported-scheme', 'GET «ftp://h/»'],
    ['invalid version', 'invalid-http-version', 'GET http://h/ «HTTP/1.l»'],
    ['invalid version: not spoken', 'unsupported-http-version', 'GET http://h/ «HTTP/3»'],
    ['request line inside body', 'request-line-in-body', 'POST http://h/\n\n{}\n\n«GET http://h/b»'],
    [
      'body started without blank line',
      'body-without-blank-line',
      'POST http://h/\nContent-Type: application/json\n«{}»',
    ],
    ['duplicate request name', 'duplicate-request-name', '# @name a\nGET http://h/\n###\n# @name «a»\nGET http://h/'],
    ['environment not found', 'unknown-environment', '# @env «prod»\nGET http://h/'],
    ['JavaScript expression', 'javascript-expression', 'GET http://h/«{{a + 1}}»'],
    ['gRPC', 'unsupported-request-kind', '«GRPC» localhost:50051/a'],
    ['WebSocket', 'unsupported-request-kind', '«WEBSOCKET» wss://h/'],
    ['bad function arguments', 'bad-function-arguments', 'GET http://h/«{{$randomInt a b}}»'],
    ['bad function arguments: swapped', 'function-arguments', 'GET http://h/«{{$randomInt 9 1}}»'],
    [
      'form body whitespace',
      'form-line-break',
      'POST http://h/\nContent-Type: application/x-www-form-urlencoded\n\na=1\n«b=2»',
    ],
    [
      'separator inside markdown body',
      'separator-in-body',
      'POST http://h/\nContent-Type: text/markdown\n\n# T\n«### S»\nwords',
    ],
  ] as const) {
    test(line, () => check(code, source));
  }

  test('stripped comment lines are faded', () => {
    const { document, selection } = marked('POST http://h/\n\n«# no»\n{}');
    assert.deepEqual(unsentLines(document), [selection]);
  });

  test('a secret that nobody has is said when it is needed, at its place', async () => {
    const { text, selection } = marked('GET http://h/\nA: «{{$secret nope}}»');
    const { problems: found } = await runBlock(runInput(text));
    assert.deepEqual(
      found.map(({ code, span }) => [code, span]),
      [['secret-missing', selection]],
    );
  });
});
