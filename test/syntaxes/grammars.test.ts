import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

interface Rule {
  readonly include?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly while?: string;
  readonly patterns?: readonly Rule[];
  readonly captures?: Readonly<Record<string, Rule>>;
}

interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly Rule[];
  readonly repository: Readonly<Record<string, Rule>>;
  readonly injections?: Readonly<Record<string, Rule>>;
}

const read = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'syntaxes', name), 'utf8')) as Grammar;
const http = read('http.tmLanguage.json');
const markdown = read('markdown.http.tmLanguage.json');

/** All rules below `rule`, itself included. */
function rulesOf(rule: Rule): Rule[] {
  return [rule, ...[...(rule.patterns ?? []), ...Object.values(rule.captures ?? {})].flatMap(rulesOf)];
}

function allRules(grammar: Grammar): Rule[] {
  return [
    ...grammar.patterns,
    ...Object.values(grammar.repository),
    ...Object.values(grammar.injections ?? {}),
  ].flatMap(rulesOf);
}

for (const grammar of [http, markdown]) {
  test(`${grammar.scopeName}: every rule that is included exists, and every rule is included`, () => {
    const included = allRules(grammar).flatMap(({ include }) => (include?.startsWith('#') ? [include.slice(1)] : []));
    assert.deepEqual([...new Set(included)].toSorted(), Object.keys(grammar.repository).toSorted());
  });

  test(`${grammar.scopeName}: every pattern is a regular expression`, () => {
    for (const { match, begin, end, while: during } of allRules(grammar)) {
      for (const source of [match, begin, end, during]) {
        // \G (where the last match ended) and the back-reference of an end to its begin are TextMate's own.
        if (source !== undefined) assert.doesNotThrow(() => new RegExp(source.replaceAll('\\G', '')), source);
      }
    }
  });
}

describe('which rule takes a line first', () => {
  const lines: Record<string, string | undefined> = {
    '### Title': 'separator',
    '# @name login': 'tag',
    '// comment': 'comment',
    '@name = value': 'variable',
    '@media print {': undefined,
    '< {%': 'script',
    '> {%': 'script',
    '> ./a.js': 'script',
    '{{+after': 'js-block',
    'import ./a.http': 'import',
    'HTTP/1.1 200 OK': 'response',
    'curl https://example.com': 'curl',
    'GET https://example.com HTTP/1.1': 'request',
    'post {{host}}/x': 'request',
    'PURGE /x': 'request',
    'https://example.com': 'request',
    '{{host}}/x': 'request',
    '/x': 'request',
    'localhost:8080/x': 'request',
    'Some text': undefined,
    'Get the token first': undefined,
    '< ./a.json': 'file-part',
    '<@latin1 ./a.json': 'file-part',
    '>> out.json': 'directive',
    '<> out.json': 'directive',
    '?? status == 200': 'directive',
    '{"a": 1}': 'json-body',
    '[1]': 'json-body',
    '<a/>': 'xml-body',
    'query Q { a }': 'graphql-body',
  };
  for (const [line, rule] of Object.entries(lines)) test(line, () => assert.equal(firstRule(line), rule));
});

function firstRule(line: string): string | undefined {
  return http.patterns
    .map(({ include }) => include?.slice(1) ?? '')
    .find((name) => startersOf(http.repository[name]).some((source) => new RegExp(source).test(line)));
}

/** What a rule may begin with: its own pattern, or those of the rules that it only gathers. */
function startersOf(rule: Rule | undefined): string[] {
  const own = rule?.match ?? rule?.begin;
  return own === undefined ? (rule?.patterns ?? []).flatMap(startersOf) : [own];
}
