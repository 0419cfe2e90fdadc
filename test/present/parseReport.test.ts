import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../src/core/syntax/parse.ts';
import { parseReport } from '../../src/present/parseReport.ts';

test('the report of a file', () => {
  const text = `@host = https://example.com

### Log in
# @name login
// @no-redirect
post {{host}}/login
  ?a=1
  &b=2 HTTP/1.1
Content-Type: application/json

{
}

###
{{host}}/me
bad
`;
  assert.deepEqual(parseReport('a.http', parse(text)), {
    version: 1,
    file: 'a.http',
    requests: [
      {
        kind: 'http',
        name: 'login',
        title: 'Log in',
        line: 6,
        endLine: 12,
        method: 'POST',
        methodImplicit: false,
        target: '{{host}}/login?a=1&b=2',
        headers: [['Content-Type', 'application/json']],
        hasBody: true,
        tags: [
          ['name', 'login'],
          ['no-redirect', ''],
        ],
      },
      {
        kind: 'http',
        line: 15,
        endLine: 16,
        method: 'GET',
        methodImplicit: true,
        target: '{{host}}/me',
        headers: [],
        hasBody: false,
        tags: [],
      },
    ],
    variables: [{ name: 'host', value: 'https://example.com', line: 1 }],
    problems: [
      {
        code: 'malformed-header',
        severity: 'error',
        line: 16,
        column: 1,
        message: 'This line is no header. Write Name: value, or put a blank line above it if the body starts here.',
      },
    ],
  });
});

test('a curl command says what it sends', () => {
  const [request] = parseReport('-', parse('curl https://h/ -H "A: b" -d c=d')).requests;
  assert.deepEqual(request, {
    kind: 'curl',
    line: 1,
    endLine: 1,
    method: 'POST',
    methodImplicit: true,
    target: 'https://h/',
    headers: [['A', 'b']],
    hasBody: true,
    tags: [],
  });
});

test('an empty file has all its lists', () => {
  assert.deepEqual(parseReport('a.http', parse('')), {
    version: 1,
    file: 'a.http',
    requests: [],
    variables: [],
    problems: [],
  });
});
