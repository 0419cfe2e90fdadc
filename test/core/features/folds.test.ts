import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folds } from '../../../src/core/features/folds.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

function check(name: string, text: string, expected: readonly string[]): void {
  test(name, () => {
    const found = folds(parse(text)).map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`);
    assert.deepEqual(found, expected);
  });
}

check('an empty file', '', []);
check('blocks of one line are not folded', 'GET /a', []);
check('blank lines below a block stay', '### A\nGET /a\n\n\n### B\nGET /b\n', ['0-1 block', '4-5 block']);
check('bodies and scripts inside a block', 'POST /a\n\n{\n}\n\n> {%\n  a();\n%}\n', [
  '0-7 block',
  '2-3 body',
  '5-7 script',
]);
check('pasted responses', 'GET /a\n\nHTTP/1.1 200 OK\nA: 1\n\n{}\n', ['2-5 response-sample']);
