import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectProblems } from '../../../src/core/features/dialectProblems.ts';
import { variableProblems } from '../../../src/core/features/variableProblems.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { around } from '../../support/marked.ts';

const environment = { '/w/http-client.env.json': '{"dev": {"host": "http://e"}}' };

function check(name: string, text: string, expected: readonly string[], surroundings = around(environment)): void {
  test(name, () => {
    const found = variableProblems(parse(text), surroundings).map(
      ({ severity, code, span }) => `${severity} ${code}: ${text.slice(span.start, span.end)}`,
    );
    assert.deepEqual(found, expected);
  });
}

check('all used', '@a = 1\n@b = {{a}}\nGET /{{b}}', []);
check('unused', '@a = 1\nGET /', ['hint unused-variable: @a = 1']);
check('used in a comment only', '@a = 1\n# {{a}}\nGET /', ['hint unused-variable: @a = 1']);
check('shadowed (C7)', '@host = http://f\nGET {{host}}/', ['information shadowed-variable: host']);
check('handed on', '@host = {{host}}\nGET {{host}}/', []);
check(
  'not in the profile that is chosen',
  '@host = http://f\nGET {{host}}/',
  [],
  around(environment, { environment: [] }),
);
check('redefined below its use (C8)', 'GET /{{v}}\n\n###\n@v = 1\nGET /{{v}}\n\n###\n@v = 2\nGET /{{v}}', [
  'warning redefined-below-use: @v = 2',
]);
check('defined once below its use', 'GET /{{v}}\n\n###\n@v = 1\nGET /', []);

test('names that other files use are not unused', () => {
  assert.deepEqual(variableProblems(parse('@a = 1\nGET /'), around(), new Set(['a'])), []);
});

test('both values are told, with the one that wins', () => {
  const [problem] = variableProblems(
    parse('@host = x\nGET {{host}}'),
    around(environment, { variablePrecedence: 'environment' }),
  );
  assert.match(problem?.message ?? '', /the value of http-client\.env\.json › dev is used/);
});

test('$timestamp where httpYac is used (C4)', () => {
  const document = parse('GET /{{$timestampMs}}/{{$timestamp}}/{{$timestamp}}');
  const found = dialectProblems(document, { httpYac: true });
  assert.deepEqual(
    found.map(({ code, span }) => [code, document.text.slice(span.start, span.end), span.start]),
    [['timestamp-unit', '$timestamp', 24]],
  );
  assert.deepEqual(dialectProblems(document, { httpYac: false }), []);
});
