import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from '../../../src/core/features/problems.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

/** Problems in short: `severity code: the text they mark`. */
function check(name: string, text: string, expected: readonly string[]): void {
  test(name, () => {
    const found = problems(parse(text)).map(
      ({ severity, code, span }) => `${severity} ${code}: ${text.slice(span.start, span.end)}`,
    );
    assert.deepEqual(found, expected);
  });
}

check('a good file', '### A\n# @name a\nPOST /a\nContent-Type: application/json\n\n{}\n', []);
check('JSON without a type (C35)', 'POST /a\n\n{"a": 1}', ['information missing-content-type: POST /a']);
check('a template is no JSON', 'POST /a\n\n{{body}}', []);
check('a macro may bring the type', 'POST /a\n{{headers}}\n\n{}', []);
check('a type without a body', 'GET /a\nContent-Type: application/json', [
  'hint content-header-without-body: Content-Type: application/json',
]);
check('GraphQL has its own type', 'GRAPHQL /a\n\n{ a }', []);
check('tags of other tools', '# @loop for 3\n# @note sure?\nGET /a', ['hint tag-without-effect: # @loop for 3']);
check('a tag that is mistyped', '# @no-redirct\n# @noCookiejar\n# @nmae x\nGET /a', [
  'information unknown-tag: no-redirct',
  'information unknown-tag: noCookiejar',
  'information unknown-tag: nmae',
]);
check('an @ in a comment', '# @john please look\n# @todo later\n# @see below\nGET /a', []);
check('in order of place', 'GET /a\nbad\n###\n# @jwt x\nGET /b\nbad', [
  'error malformed-header: bad',
  'hint tag-without-effect: # @jwt x',
  'error malformed-header: bad',
]);

test('every message is made of sentences and says the next step', () => {
  const text =
    '# @loop\nGET /a\nbad\nHost: https://h\n\n###\n@v\nnote\nPOST /b\n{}\n\nGET /c\n###\nWS wss://h\n###\n# @name x\nGET\n###\n# @name x\n' +
    "curl -Q https://h 'a\n###\n< {%\n%}\nGET /d\n\n{{\n}}\n?? a\n> {% x() %}\n###\nHTTP/1.1 200 OK\n###\nFetch https://e\n### \n{{+\n";
  const found = problems(parse(text));
  assert.ok(new Set(found.map(({ code }) => code)).size >= 18);
  for (const { code, message } of found) {
    assert.match(code, /^[a-z]+(-[a-z]+)*$/);
    assert.match(message, /^[A-Z@{].*\.$/s, message);
    assert.doesNotMatch(message, /%s/);
  }
});
