import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { format } from '../../../src/core/features/format.ts';
import { isSameMeaning } from '../../../src/core/features/meaning.ts';
import { replaced } from '../../../src/core/features/replacement.ts';
import { prepareRequest } from '../../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../../src/core/run/runContext.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../../src/core/syntax/query.ts';
import { bodyText, runInput } from '../../support/runInput.ts';

function formatted(text: string): string {
  return replaced(text, format(parse(text)));
}

function check(text: string, expected: string): void {
  test(JSON.stringify(text), () => {
    assert.equal(formatted(text), expected);
    assert.equal(formatted(expected), expected);
  });
}

describe('format', () => {
  check('GET /a\n', 'GET /a\n');
  check('get   /a   HTTP/1.1  \nAccept :x\nX-Empty:   \n', 'GET /a HTTP/1.1\nAccept: x\nX-Empty:\n');
  check('###title\n#@name x\n@v=1\nGET /a', '### title\n# @name x\n@v = 1\nGET /a\n');
  check('GET /a\n###\n\n\n\nGET /b\n\n\n\n### B\nGET /c', 'GET /a\n\n###\n\n\n\nGET /b\n\n### B\nGET /c\n');
  check('POST /a\nA: b\n\n\n\n  {"a":  1}  \n\n\n', 'POST /a\nA: b\n\n  {"a":  1}  \n');
  check('# c\nGET /a\r### b', '# c\nGET /a\r\r### b\n');
  check('POST /a\r\nA:b\r\n\r\n\r\n{}', 'POST /a\r\nA: b\r\n\r\n{}\r\n');
  check('###\n###\n', '###\n###\n');
  check('GET /a?\n    b=1&\n    c=2  \nA:b\n', 'GET /a?\n    b=1&\n    c=2\nA: b\n');
  check('purge http://h/x\n', 'PURGE http://h/x\n');
  check('GET /a\nX-Fold: one\n  two\n', 'GET /a\nX-Fold: one\n  two\n');
  check('@v:=1\nGET /{{v}}\n', '@v := 1\nGET /{{v}}\n');
  check('', '');
});

const line = fc.constantFrom(
  '### A',
  '###B',
  '   ### c',
  '# @name n',
  '//@name=n',
  '#@no-redirect',
  '@v=1',
  '@w  :=  {{v}}  ',
  '@media x {',
  'GET   http://h/a  ',
  'post http://h/{{v}}  HTTP/1.1',
  'http://h/x y',
  '  ?q=1',
  '  /more',
  'A:b',
  'Content-Type :application/json',
  'Content-Type: text/plain  ',
  'Content-Type: multipart/form-data; boundary=b',
  '  folded',
  '',
  '',
  '  ',
  '{"a": 1}  ',
  '// c',
  '# c',
  'text  ',
  '--b',
  '--b--',
  '< ./f  ',
  '> {% x() %}',
  '> {%',
  '%}',
  '>> o.json',
  '?? status == 200',
  '{{',
  '}}',
  'HTTP/1.1 200 OK',
  'curl  http://h -d a',
  'a=1&',
  'key = v &',
);
const documents = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, eol]) => lines.join(eol));

test('formatting twice is formatting once, and the text keeps its meaning', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const once = formatted(text);
      assert.equal(formatted(once), once);
      assert.ok(isSameMeaning(parse(text), parse(once)));
    }),
    { numRuns: 3000 },
  );
});

test('what is sent is the same, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(documents, async (text) => {
      const before = await prepared(text);
      assert.deepEqual(await prepared(formatted(text)), before);
    }),
    { numRuns: 400 },
  );
});

/** Every request of a text as it would go, or the codes of what keeps it back. */
async function prepared(text: string): Promise<readonly unknown[]> {
  const result: unknown[] = [];
  const count = requestBlocks(parse(text)).length;
  for (let index = 0; index < count; index++) {
    const document = parse(text);
    const block = requestBlocks(document)[index];
    if (!block) continue;
    const input = { ...runInput('GET /', undefined, { files: { '/work/api/f': 'content' } }), document, block };
    const { request, problems } = await prepareRequest(
      prepareInput(input, createResolver(input, [], 'questions'), 'questions'),
    );
    const { method, url, headers, httpVersion } = request ?? {};
    const body = await bodyText(request?.body);
    result.push([method, url, headers, httpVersion, body, problems.map(({ code }) => code)]);
  }
  return result;
}
