import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fencedRequests } from '../../../src/core/features/fencedRequests.ts';
import { inlayHints } from '../../../src/core/features/inlayHints.ts';
import { links } from '../../../src/core/features/links.ts';
import { selectionRanges } from '../../../src/core/features/selectionRanges.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../../src/core/syntax/query.ts';
import { around, marked } from '../../support/marked.ts';
import { tokensOf } from '../../support/tokensOf.ts';

describe('selection ranges grow', () => {
  for (const [source, expected] of [
    ['GET /{{ho|st}}/a', ['host', '{{host}}', '/{{host}}/a', 'GET /{{host}}/a']],
    ['GET /a\nX-A: b |c\n\nbody', ['c', 'b c', 'X-A: b c', 'GET /a\nX-A: b c', 'GET /a\nX-A: b c\n\nbody']],
    ['### A\n@v| = 1\nGET /', ['v', '@v = 1', '### A\n@v = 1\nGET /']],
  ] as const) {
    test(source, () => {
      const { document, text, offset } = marked(source);
      assert.deepEqual(
        selectionRanges(document, offset).map(({ start, end }) => text.slice(start, end)),
        expected,
      );
    });
  }
});

test('links go to files and to addresses that are complete', () => {
  const text =
    'import ./b.http\n###\n# @import c.http\nPOST https://h/a\n\n< ./data.json\n\n> ./check.js\n###\nGET {{host}}/x\n\n< {{file}}\n';
  assert.deepEqual(
    links(parse(text)).map(({ target }) => `${target.kind} ${target.text}`),
    ['path ./b.http', 'path c.http', 'url https://h/a', 'path ./data.json', 'path ./check.js'],
  );
});

test('semantic tokens tell variables, requests, functions and tags apart', () => {
  const text = '# @name in\n@v = {{$guid}}\nGET /{{v}}/{{in.response.body}}\nAccept: x';
  assert.deepEqual(
    tokensOf(parse(text)).map(({ span, type, modifier }) =>
      `${text.slice(span.start, span.end)} ${type} ${modifier}`.trim(),
    ),
    [
      'name decorator',
      'in class declaration',
      'v variable declaration',
      '$guid function defaultLibrary',
      'GET keyword',
      'v variable',
      'in class',
      'Accept property',
    ],
  );
});

test('inlay hints show values, those of other variables put in, and hide secrets', () => {
  const text =
    '@v = 1\n@w = {{v}}/{{$guid}}/{{key}}\n@x = {{y}}\n@y = {{x}}\n\nGET /{{v}}/{{w}}/{{key}}/{{none}}/{{x}}';
  const document = parse(text);
  const surroundings = around({ '/w/http-client.private.env.json': '{"dev": {"key": "k"}}' });
  assert.deepEqual(
    inlayHints(document, { start: text.indexOf('GET'), end: text.length }, surroundings).map((hint) => hint.text),
    ['= 1', '= 1/{{$guid}}/***', '= ***', '= {{x}}'],
  );
});

describe('requests in Markdown', () => {
  for (const [markdown, targets] of [
    ['# T\n\n```http\nGET /a\n```\n\nwords GET /no\n\n```js\nGET /no\n```\n', ['/a']],
    ['~~~HTTP\nGET /a\n\n### two\nGET /b\n~~~', ['/a', '/b']],
    ['- item\n  ```http\n  GET /a\n  ```\n', ['/a']],
    ['````http\nPOST /a\n\n```\nin the body\n````\n', ['/a']],
    ['```http\r\nGET /a\r\n```\r\n', ['/a']],
    ['```http\nGET /open', ['/open']],
  ] as const) {
    test(JSON.stringify(markdown), () => {
      const text = fencedRequests(markdown);
      assert.equal(text?.length, markdown.length);
      const blocks = requestBlocks(parse(text));
      assert.deepEqual(
        blocks.map(({ request }) => markdown.slice(request.target.span.start, request.target.span.end)),
        targets,
      );
    });
  }

  test('none', () => {
    assert.equal(fencedRequests('# Words\n\n```js\nGET /a\n```\n'), undefined);
    assert.equal(fencedRequests('```\n```http\nstill the first\n```\n'), undefined);
  });
});
