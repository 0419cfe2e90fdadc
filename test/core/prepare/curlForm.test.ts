import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { curlForm } from '../../../src/core/prepare/curlForm.ts';

type Field = { readonly name: string; readonly value: string; readonly file: boolean };

describe('a part of curl -F (SESSION P12)', () => {
  const table: readonly (readonly [string, Field, readonly string[], string])[] = [
    ['text', field('a', '1'), ['form-data; name="a"'], '1'],
    ['text with a type', field('a', '{};type=application/json'), ['form-data; name="a"', 'application/json'], '{}'],
    ['text with semicolons', field('a', 'x;y=1'), ['form-data; name="a"'], 'x;y=1'],
    ['a name that would end its quotes', field('a"b\r\nc', '1'), ['form-data; name="a%22b%0D%0Ac"'], '1'],
    [
      'a file by its own name',
      field('f', 'dir/t.txt', true),
      ['form-data; name="f"; filename="t.txt"', 'application/octet-stream'],
      '<dir/t.txt>',
    ],
    [
      'a file by another name, with a type',
      field('f', 't.txt;type=text/plain;filename=other.txt', true),
      ['form-data; name="f"; filename="other.txt"', 'text/plain'],
      '<t.txt>',
    ],
    [
      'a quoted file name with a semicolon',
      field('f', 't.txt;filename="a;b.txt"', true),
      ['form-data; name="f"; filename="a;b.txt"', 'application/octet-stream'],
      '<t.txt>',
    ],
    [
      'a header of its own',
      field('f', 't.txt;type=text/plain;headers="X-Part: 1"', true),
      ['form-data; name="f"; filename="t.txt"', 'text/plain', 'X-Part: 1'],
      '<t.txt>',
    ],
  ];
  for (const [name, input, head, content] of table) test(name, () => check([input], [[head, content]]));
});

test('parts keep their order, fields and files alike', () =>
  check(
    [field('b', '2'), field('f', 't', true), field('a', '1')],
    [
      [['form-data; name="b"'], '2'],
      [['form-data; name="f"; filename="t"', 'application/octet-stream'], '<t>'],
      [['form-data; name="a"'], '1'],
    ],
  ));

for (const [written, expected, boundary] of [
  ['multipart/form-data; boundary=own', 'multipart/form-data; boundary=own', 'own'],
  ['multipart/mixed', 'multipart/mixed; boundary=------------------------R', '------------------------R'],
] as const) {
  test(`a written Content-Type: ${written}`, async () => {
    const source = { text: async (text: string) => text, file: async () => undefined, randomBoundary: () => 'R' };
    const { pieces, contentType } = await curlForm([field('a', '1')], source, written);
    assert.equal(contentType, expected);
    assert.ok(
      Buffer.from(pieces[0] as Uint8Array)
        .toString()
        .startsWith(`--${boundary}\r\n`),
    );
  });
}

function field(name: string, value: string, file = false): Field {
  return { name, value, file };
}

async function check(
  form: readonly Field[],
  expected: readonly (readonly [readonly string[], string])[],
): Promise<void> {
  const { pieces, contentType } = await curlForm(form, {
    text: (written) => Promise.resolve(written),
    file: (path) => Promise.resolve(Buffer.from(`<${path}>`)),
    randomBoundary: () => 'R',
  });
  const boundary = '------------------------R';
  assert.equal(contentType, `multipart/form-data; boundary=${boundary}`);
  const parts = expected.map(([[disposition = '', ...lines], content]) => {
    const [type, ...others] = lines;
    const head = [
      `Content-Disposition: ${disposition}`,
      ...(type === undefined ? [] : [`Content-Type: ${type}`]),
      ...others,
    ];
    return `--${boundary}\r\n${head.join('\r\n')}\r\n\r\n${content}\r\n`;
  });
  const text = Buffer.concat(pieces.filter((piece) => piece instanceof Uint8Array)).toString();
  assert.equal(text, `${parts.join('')}--${boundary}--\r\n`);
}
