import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unsentLines } from '../../../src/core/features/unsentLines.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

function check(name: string, text: string, expected: readonly string[]): void {
  test(name, () => {
    assert.deepEqual(
      unsentLines(parse(text)).map(({ start, end }) => text.slice(start, end)),
      expected,
    );
  });
}

check('JSON', 'POST /\nContent-Type: application/json\n\n{\n  // a\n# b\n}', ['  // a', '# b']);
check('no type', 'POST /\n\n# a\n{}', ['# a']);
check('YAML keeps its comments', 'POST /\nContent-Type: application/yaml\n\n# a\nb: 1', []);
check('raw body', '# @raw-body\nPOST /\nContent-Type: application/json\n\n# a\n{}', []);
check('GraphQL keeps its own', 'GRAPHQL /\n\n# a\n// b\n{ c }', ['// b']);
check(
  'multipart part by part',
  'POST /\nContent-Type: multipart/form-data; boundary=b\n\n--b\n# out\nContent-Disposition: form-data; name="a"\nContent-Type: application/yaml\n\n# in\n--b--',
  ['# out'],
);
check('comments behind the body', 'POST /\nContent-Type: application/json\n\n{}\n\n# note', []);
