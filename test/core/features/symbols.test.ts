import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OutlineSymbol, symbols } from '../../../src/core/features/symbols.ts';
import { parse } from '../../../src/core/syntax/parse.ts';

/** The outline, children indented: `kind name | detail | what a click selects`. */
function check(name: string, text: string, expected: readonly string[]): void {
  const inWords = (symbol: OutlineSymbol): string[] => [
    `${symbol.kind} ${symbol.name} | ${symbol.detail} | ${text.slice(symbol.selection.start, symbol.selection.end)}`,
    ...symbol.children.flatMap(inWords).map((line) => `  ${line}`),
  ];
  test(name, () => assert.deepEqual(symbols(parse(text)).flatMap(inWords), expected));
}

check('variables above everything', '@a = 1\n\n###\nGET /b', ['variable @a | 1 | a', 'request GET /b |  | GET /b']);
check('a named request with its variables', '### Title\n# @name log-in\n@a = 1\npost /b HTTP/1.1', [
  'request log-in | POST /b | post /b HTTP/1.1',
  '  variable @a | 1 | a',
]);
check('a title', '### Users\n###\n### Title\nGET /b', [
  'section Users |  | ### Users',
  'request Title | GET /b | GET /b',
]);
