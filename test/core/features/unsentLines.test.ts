import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unsentLines } from '../../../src/core/features/unsentLines.ts';
import { prepareRequest } from '../../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../../src/core/run/runContext.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { bodyText, runInput } from '../../support/runInput.ts';

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

/** C1 is one rule: what the editor fades is what the send leaves out, and nothing else. */
describe('what is faded is what is not sent', () => {
  const lines = ['one', '# hash', '  // slashes', 'two'];
  const part = [
    '--b',
    'Content-Disposition: form-data; name="a"',
    'Content-Type: application/yaml',
    '',
    ...lines,
    '--b--',
  ];
  for (const type of [
    undefined,
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/problem+json',
    'application/json5',
    'application/jsonc',
    'application/json-seq',
    'application/x-ndjson',
    'application/jsonl',
    'application/json-lines',
    'application/xml',
    'image/svg+xml',
    'text/html',
    'application/xhtml+xml',
    'text/plain',
    'text/plain, text/html',
    'text/markdown',
    'text/csv',
    'application/yaml',
    'application/graphql',
    'application/javascript',
    'text/x-python',
    'application/octet-stream',
    'application/vnd.x',
    'json',
    'a/b c',
    'multipart/form-data; boundary=b',
    'multipart/mixed',
  ]) {
    test(type ?? 'no media type', async () => {
      const body = type?.startsWith('multipart') ? part : lines;
      const text = ['POST http://h/', ...(type ? [`Content-Type: ${type}`] : []), '', ...body].join('\n');
      const faded = unsentLines(parse(text)).map(({ start, end }) => text.slice(start, end));
      const input = runInput(text);
      const { request } = await prepareRequest(prepareInput(input, createResolver(input, [], 'no'), 'no'));
      const sent = (await bodyText(request?.body))?.split(/\r?\n/);
      assert.deepEqual(
        body.filter((line) => !sent?.includes(line)),
        faded,
      );
    });
  }
});
