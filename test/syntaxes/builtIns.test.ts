import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkTokens, type ExpectedToken } from './checkTokens.ts';
import { tokensOf, withBuiltIns } from './tokens.ts';

const grammar = await withBuiltIns();
const markdown = await withBuiltIns('text.html.markdown');
const skip = grammar && markdown ? false : 'no VS Code is installed for the tests (.vscode-test)';

/** A request with that type, and below it another one that must be seen whatever the body is. */
const post = (type: string, body: string) =>
  `POST http://h/x\nContent-Type: ${type}\n\n${body}\n\n### T\nGET http://h/y`;
const below: readonly ExpectedToken[] = [
  ['###', 'punctuation.definition.separator.http'],
  ['GET', 'keyword.control.method.http'],
];

describe('with the grammars of VS Code', { skip }, () => {
  function check(name: string, text: string, expected: readonly ExpectedToken[]): void {
    test(name, () => checkTokens(grammar!, text, expected));
  }

  check('JSON', post('application/json', '{ "key": {{v}}, "open": [1,'), [
    ['key', 'support.type.property-name.json'],
    ['v', 'variable.other.readwrite.http'],
    ['1', 'constant.numeric.json'],
    ...below,
  ]);
  check('XML', post('application/xml', '<root a="{{v}}">\n<!-- open'), [
    ['root', 'entity.name.tag'],
    ['v', 'variable.other.readwrite.http'],
    ['open', 'comment.block.xml'],
    ...below,
  ]);
  check('HTML', post('text/html', '<p class="a"><script>let open = {'), [
    ['<p', 'meta.tag'],
    ['let', 'storage.type.js'],
    ...below,
  ]);
  check('CSS', post('text/css', 'p { color: red;'), [['color', 'support.type.property-name.css'], ...below]);
  check('JavaScript', post('text/javascript', 'function open() { return `'), [
    ['function', 'storage.type.function.js'],
    ...below,
  ]);
  check('Markdown', post('text/markdown', '# Title\n```\nopen'), [['# Title', 'heading.1.markdown'], ...below]);
  check(
    'multipart',
    post('multipart/form-data; boundary=b', '--b\nContent-Type: application/json\n\n{ "key": [\n--b--'),
    [['key', 'support.type.property-name.json'], ['--b--', 'punctuation.definition.boundary.end.http'], ...below],
  );
  check('a script', 'GET http://h/x\n\n> {%\n  if (a) { `\n%}\n\n### T\nGET http://h/y', [
    ['if', 'keyword.control.conditional.js'],
    ['%}', 'punctuation.section.embedded.end.http'],
    ...below,
  ]);

  test('Markdown around a fence', () => {
    checkTokens(markdown!, '# Title\n\n```http\nPOST http://h/x\n\n{ "key": [\n```\n\n## Next', [
      ['Title', 'heading.1.markdown'],
      ['POST', 'keyword.control.method.http'],
      ['key', 'support.type.property-name.json'],
      ['Next', 'heading.2.markdown'],
    ]);
  });

  test('the example file has nothing that a grammar calls wrong', () => {
    const path = join(import.meta.dirname, '..', '..', 'media', 'examples', 'demo.http');
    const tokens = tokensOf(grammar!, readFileSync(path, 'utf8')).flat();
    assert.deepEqual(
      tokens.filter(({ scopes }) => scopes.some((scope) => scope.startsWith('invalid'))),
      [],
    );
  });
});
