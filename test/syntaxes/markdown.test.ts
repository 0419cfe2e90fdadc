import { describe, test } from 'node:test';
import { checkTokens } from './checkTokens.ts';
import { withStandIns } from './tokens.ts';

const grammar = await withStandIns('text.html.markdown');

describe('fences in Markdown', () => {
  for (const [name, open, close] of [
    ['backticks', '```http', '```'],
    ['tildes', '~~~ rest', '~~~'],
    ['in a list', '  ```http', '  ```'],
    ['with attributes', '```http {#login}', '```'],
  ] as const) {
    test(name, () => {
      const text = `word\n${open}\nPOST http://h/a\nContent-Type: application/json\n\n{ "open": {{v}}\n# c\n${close}\nbehind\n`;
      checkTokens(grammar, text, [
        ['word', 'word.markdown', '!meta.embedded.block.http'],
        ['POST', 'keyword.control.method.http', 'meta.embedded.block.http'],
        ['Content-Type', 'support.type.property-name.header.http'],
        ['open', 'string.json'],
        ['v', 'variable.other.readwrite.http'],
        ['# c', 'comment.line.http'],
        ['behind', 'word.markdown', '!meta.embedded.block.http'],
      ]);
    });
  }

  test('of another language', () => {
    checkTokens(grammar, '```js\nGET http://h/a\n```', [['GET', '!keyword.control.method.http']]);
  });
});
