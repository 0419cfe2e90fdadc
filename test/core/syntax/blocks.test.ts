import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outline } from './outline.ts';

function check(text: string, expected: readonly string[]): void {
  test(JSON.stringify(text), () => assert.deepEqual(outline(text), expected));
}

describe('separators and titles', () => {
  check('', ['empty']);
  check('\uFEFF', ['empty']);
  check('GET /a\n###\nGET /b', ['request', 'GET /a', 'request ###', 'GET /b']);
  check('### One\nGET /a', ['request ### One', 'GET /a']);
  check('\uFEFF### One\nGET /a', ['request ### One', 'GET /a']);
  check('\uFEFFGET /a', ['request', 'GET /a']);
  check('###One\n#### Two ####\nGET /a\n###', ['empty ### One', 'request ### Two', 'GET /a', 'empty ###']);
  check('### Call C#\nGET /a', ['request ### Call C#', 'GET /a']);
  check('### Delete      ###  #\nGET /a', ['request ### Delete', 'GET /a']);
  check('######\nGET /a', ['request ###', 'GET /a']);
  check('GET /a\r###\rGET /b', ['request', 'GET /a', 'request ###', 'GET /b']);
  check('GET /a\n\nx ### y', ['request', 'GET /a', 'text "x ### y"']);
});

describe('indented separators (C2)', () => {
  check('GET /a\n\nx\n  ### t\nGET /b', ['request', 'GET /a', 'text "x"', 'request ### t', 'GET /b']);
  check('GET /a\n\nx\n  ### t\n\n# c\n@v = 1\nPOST /b', [
    'request',
    'GET /a',
    'text "x"',
    'request ### t',
    '@v = 1',
    'POST /b',
  ]);
  check('GET /a\n\nx\n  ### t\ny', ['request', 'GET /a', 'text "x\\n  ### t\\ny"']);
  check('GET /a\n\nx\n  ### t\n/b', ['request', 'GET /a', 'text "x\\n  ### t\\n/b"']);
});

describe('what stands above a request', () => {
  check('# c\n\n// d\nGET /a', ['request', 'GET /a']);
  check('/*\nGET /no\n*/\nGET /a', ['request', 'GET /a']);
  check('@a = 1\n@b=2\n @c.d-e:f := x y \nGET /a', ['request', '@a = 1', '@b = 2', '@c.d-e:f := x y', 'GET /a']);
  check('@a =\nGET /a', ['request', '@a =', 'GET /a']);
  check('@a = "q"\nGET /a', ['request', '@a = "q"', 'GET /a']);
  check('@a\n@=1\nGET /a', ['request', 'GET /a', 'warning malformed-variable', 'warning malformed-variable']);
  check('import ./a.http\nrun #b c (@host=x)\nGET /a', ['request', 'import ./a.http', 'run #b c (@host=x)', 'GET /a']);
  check('< {%\n  GET /no\n%}\nGET /a', ['request', 'GET /a', 'pre-script GET /no', 'warning pre-script-not-run']);
  check('< ./a.js\nGET /a', ['request', 'GET /a', 'pre-script file ./a.js', 'warning pre-script-not-run']);
  check('{{+after\n  GET /no\n}}\nGET /a', [
    'request',
    'GET /a',
    'js-block +after\n  GET /no',
    'warning js-block-not-run',
  ]);
  check('{{\n  GET /no\n###\nGET /a', [
    'empty',
    'js-block GET /no',
    'warning unclosed-script',
    'warning js-block-not-run',
    'request ###',
    'GET /a',
  ]);
  check('< {%\n GET /no\n###\nGET /a', [
    'empty',
    'pre-script GET /no',
    'warning unclosed-script',
    'warning pre-script-not-run',
    'request ###',
    'GET /a',
  ]);
  check('note\nGET https://e.com', ['request', 'GET https://e.com', 'warning unknown-text']);
  check('note\n/etc/hosts\nGET /a', ['request', 'GET /a', 'warning unknown-text']);
});

describe('tags', () => {
  check('# @name a b\nGET /a', ['request', 'tag name a b', 'GET /a']);
  check('#@name a\nGET /a', ['request', 'tag name a', 'GET /a']);
  check('// @name = a\nGET /a', ['request', 'tag name a', 'GET /a']);
  check('  # @noRedirect\n# @no-cookie-jar\nGET /a', ['request', 'tag no-redirect', 'tag no-cookie-jar', 'GET /a']);
  check('# @capture token = a.response.body.b\nGET /a', ['request', 'tag capture token = a.response.body.b', 'GET /a']);
  check('# @host = example.com\nGET /a', ['request', 'GET /a']);
  check('# @loop for 3\nGET /a', ['request', 'tag loop for 3', 'GET /a']);
  check('# mail me@example.com\nGET /a', ['request', 'GET /a']);
  check('GET /a\n\n# @name late', ['request', 'GET /a']);
});

describe('requests without a separator (C17)', () => {
  const split = 'information request-line-in-body';
  check('GET /a\n\nGET /b', ['request', 'GET /a', 'request', 'GET /b', split]);
  check('GET /a\n\n# @name b\nGET /b', ['request', 'GET /a', 'request', 'tag name b', 'GET /b', split]);
  check('POST /a\n\n{}\n\nPOST {{h}}/b\n\n[]', [
    'request',
    'POST /a',
    'text "{}"',
    'request',
    'POST {{h}}/b',
    'text "[]"',
    split,
  ]);
  check('GET /a\n\n{{\n x\n}}\n\nGET https://b HTTP/1.1', [
    'request',
    'GET /a',
    'js-block x',
    'warning js-block-not-run',
    'request',
    'GET https://b HTTP/1.1',
    split,
  ]);
  check('POST /a\n\n{}\nGET /b', ['request', 'POST /a', 'text "{}\\nGET /b"']);
  check('POST /a\n\nx\n\nGET /b now', ['request', 'POST /a', 'text "x\\n\\nGET /b now"']);
  check('POST /a\n\nx\n\nget /b', ['request', 'POST /a', 'text "x\\n\\nget /b"']);
  check('POST /a\n\nx\n\n  GET /b', ['request', 'POST /a', 'text "x\\n\\n  GET /b"']);
  for (const type of ['text/plain', 'message/http', 'application/http', 'multipart/mixed']) {
    check(`POST /a\nContent-Type: ${type}\n\nx\n\nGET /b`, [
      'request',
      'POST /a',
      `Content-Type: ${type}`,
      'text "x\\n\\nGET /b"',
    ]);
  }
  check('POST /a\nContent-Type: application/xml\n\n<a/>\n\nGET /b', [
    'request',
    'POST /a',
    'Content-Type: application/xml',
    'text "<a/>\\n\\nGET /b"',
  ]);
  check('POST /a\nContent-Type: application/x-www-form-urlencoded\n\na=1\n\nGET /b', [
    'request',
    'POST /a',
    'Content-Type: application/x-www-form-urlencoded',
    'text "a=1"',
    'request',
    'GET /b',
    split,
  ]);
});

describe('pasted responses', () => {
  check('# c\nHTTP/1.1 200 OK\nA: 1\n\nbody\n###\nGET /a', [
    'response-sample',
    'information response-sample-ignored',
    'request ###',
    'GET /a',
  ]);
  check('GET /a\n\nHTTP/1.1 200 - OK\nA: 1\n\n{}', [
    'request',
    'GET /a',
    'response-sample',
    'information response-sample-ignored',
  ]);
  check('POST /a\nContent-Type: message/http\n\nHTTP/1.1 200 OK', [
    'request',
    'POST /a',
    'Content-Type: message/http',
    'text "HTTP/1.1 200 OK"',
  ]);
});

describe('files and blocks that hold no request', () => {
  check('Title\n=====\n\nText', ['empty', 'information not-http-format']);
  check('HTTP/1.1 200 OK\n\n###\n\nHTTP/1.1 200 OK', [
    'response-sample',
    'information response-sample-ignored',
    'response-sample ###',
  ]);
  check('@a = 1\n# c', ['empty', '@a = 1']);
  check('GET /a\n###\nFetch https://e.com', ['request', 'GET /a', 'empty ###', 'warning invalid-method']);
  check('PUT /a\nContent-Type: text/markdown\n\n# T\n\n### Part\n\ntext', [
    'request',
    'PUT /a',
    'Content-Type: text/markdown',
    'text "# T"',
    'empty ### Part',
    'warning separator-in-body',
  ]);
});

describe('request names', () => {
  check('# @name a\nGET /a\n###\n# @name a\nGET /b', [
    'request',
    'tag name a',
    'GET /a',
    'request ###',
    'tag name a',
    'GET /b',
    'warning duplicate-request-name',
  ]);
});
