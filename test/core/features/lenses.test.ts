import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lenses } from '../../../src/core/features/lenses.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

/** Lenses in short: `line id`, `first` on the one for all, `unsupported` on those that cannot be sent. */
function check(name: string, text: string, expected: readonly string[]): void {
  test(name, () => {
    const found = lenses(parse(text)).map(({ line, requestId, first, sendable }) =>
      [line, requestId, first && 'first', !sendable && 'unsupported'].filter((word) => word !== false).join(' '),
    );
    assert.deepEqual(found, expected);
  });
}

check('nothing to send', 'text\n###\n@a = 1\n###\nHTTP/1.1 200 OK', []);
check('one a request, above its line', '### A\n# @name a\n@v = 1\n\nGET /a\n### B\nGET /b', ['4 a first', '6 B']);
check('requests without a separator', 'GET /a\n\nGET /b', ['0  first', '2 ']);
check('curl and GraphQL can be sent', 'curl https://h\n###\nGRAPHQL /g', ['0  first', '2 ']);
check('the first that can be sent is first', 'WS wss://h\n###\nGET /a', ['0  unsupported', '2  first']);

check('run lines can be sent', 'import a.http\n\nrun #a\n\n### A\nrun #b\nGET /a', ['2  first', '6 A']);

test('the span is that of the block', () => {
  const text = 'GET /a\n### B\nGET /b\n';
  assert.deepEqual(
    lenses(parse(text)).map(({ blockSpan }) => text.slice(blockSpan.start, blockSpan.end)),
    ['GET /a\n', '### B\nGET /b\n'],
  );
});
