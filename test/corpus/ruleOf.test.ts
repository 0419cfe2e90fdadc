import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../src/core/syntax/parse.ts';
import { compare } from './compare.ts';
import type { FileFacts, RequestFacts } from './corpusFiles.ts';
import { ruleOf } from './ruleOf.ts';

/** What simple rules make of a request at `line`, where nothing else is said. */
function request(line: number, more: Partial<RequestFacts> = {}): RequestFacts {
  return {
    line,
    method: 'GET',
    methodImplicit: false,
    target: '/a',
    headers: [],
    hasBody: false,
    name: null,
    title: null,
    meta: [],
    uncertain: [],
    ...more,
  };
}

/** The differences between a text and facts of it, each with its rule: `fact: rule`. */
function check(
  name: string,
  text: string,
  requests: readonly RequestFacts[],
  expected: readonly string[],
  variables: readonly string[] = [],
): void {
  test(name, () => {
    const facts: FileFacts = {
      requestCount: requests.length,
      requestCountCertain: true,
      requests,
      variables,
      variablesInBody: [],
      uncertain: [],
    };
    const document = parse(text);
    const found = compare(document, facts).differences.map(
      (each) => `${each.fact}: ${ruleOf(document, facts, each) ?? 'none'}`,
    );
    assert.deepEqual(found, expected);
  });
}

check('nothing differs', 'GET /a', [request(1)], []);
check('a target over lines', 'GET /a\n  ?b=1', [request(1)], ['target: C10']);
check('a body without a blank line', 'GET /a\n{"b": 1}', [request(1)], ['hasBody: C11']);
check('a macro among the headers', 'GET /a\n{{b}}\nC: d', [request(1, { headers: ['C'] })], ['headers: C12']);
check('an output behind the head', 'GET /a\n\n>> b.json', [request(1, { hasBody: true })], ['hasBody: C15']);
check('a variable behind the head', 'GET /a\n\n@b = 1', [request(1, { hasBody: true })], ['hasBody: C16'], ['b']);
check('a variable in a body', 'GET /a\n\nx\n@b = 1', [request(1, { hasBody: true })], ['variables: C16'], ['b']);
check(
  'a request line in a body of text',
  'POST /a\nContent-Type: text/plain\n\nb\n\nGET /a',
  [request(1, { method: 'POST', headers: ['Content-Type'], hasBody: true }), request(6)],
  ['request: C17', 'requestCount: C17'],
);
check('a request without a separator', 'GET /a\n\nGET /a', [request(1)], ['requestCount: C17']);
check('an indented separator', 'GET /a\n\nb\n  ### c\nGET /a', [request(1, { hasBody: true })], ['requestCount: C2']);
check(
  'a pasted response',
  'GET /a\n\n###\nHTTP/1.1 200 OK\nGET /a',
  [request(1), request(5)],
  ['request: section 3: response-sample', 'requestCount: section 3: response-sample'],
);
check(
  'a tag that is a comment',
  '# @b = c\n# @name d\nGET /a',
  [request(3, { name: 'd', meta: ['b', 'name'] })],
  ['tags: C3'],
);
check(
  'a request in a script',
  '> {%\nGET /a\n%}\nGET /a',
  [request(2), request(4)],
  ['request: C15', 'requestCount: C15'],
);

// Facts that nothing in the text explains are no matter of a rule.
check('a body that is not there', 'GET /a', [request(1, { hasBody: true })], ['hasBody: none']);
check('another target', 'GET /a', [request(1, { target: '/b' })], ['target: none']);
check('a variable that is not there', 'GET /a', [request(1)], ['variables: none'], ['b']);
check(
  'a request that is not there',
  'GET /a\n\n###\n',
  [request(1), request(3)],
  ['request: none', 'requestCount: none'],
);
