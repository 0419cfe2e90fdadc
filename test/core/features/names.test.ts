import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOf } from '../../../src/core/features/names.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

/** `kind role name` of each name, with the written text behind it when it differs. */
function check(name: string, text: string, expected: readonly string[]): void {
  test(name, () => {
    const found = namesOf(parse(text)).map((each) => {
      const written = text.slice(each.span.start, each.span.end);
      return `${each.kind} ${each.role} ${each.name}${written === each.name ? '' : ` (${written})`}`;
    });
    assert.deepEqual(found, expected);
  });
}

check('variables', '@a = 1\n@b={{a}}\nGET /{{b}}?x={{ a }}', [
  'variable definition a',
  'variable definition b',
  'variable use a',
  'variable use b',
  'variable use a',
]);
check(
  'requests by name and by title',
  '# @name in\nGET /a\n\n### Get it\nGET /{{in.response.body.x}}/{{Get_it.response.url}}',
  ['request definition in', 'request definition Get it', 'request use in', 'request use Get it (Get_it)'],
);
check('a dotted variable is one name (C19)', '@a.b = 1\nGET /{{a.b}}/{{a.c}}', [
  'variable definition a.b',
  'variable use a.b',
  'variable use a.c',
]);
check(
  'tags that define and use',
  '# @prompt otp What\n# @capture t = in.response.body.x\n# @ref in\nGET /{{otp}}\n###\n# @name in\nGET /',
  [
    'variable definition otp',
    'variable definition t',
    'request use in',
    'request use in',
    'variable use otp',
    'request definition in',
  ],
);
check('a capture of the own response', '# @capture t = response.body.x\nGET /', ['variable definition t']);
check('a handler that only sets globals', 'GET /\n\n> {% client.global.set("tok", response.body.t); %}\n', [
  'variable definition tok',
]);
check('functions that take a name', 'GET /{{$processEnv %v}}/{{$shared s}}/{{$guid}}', [
  'variable use v',
  'variable use s',
]);
check('spread headers', 'GET /\n...common\n', ['variable use common']);
check('what is commented out', '# GET /{{a}}\nGET /\n# X: {{b}}\nContent-Type: application/json\n\n{\n// {{c}}\n}', []);
check('what only looks so', 'POST /\nContent-Type: text/markdown\n\n# {{title}}', ['variable use title']);
check('run and import', 'run #in\n###\n# @name in\nGET /', ['request use in', 'request definition in']);
