import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { format } from '../../src/core/features/format.ts';
import { replaced } from '../../src/core/features/replacement.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { type EchoServer, startEcho } from '../support/echo.ts';
import { bodyCases } from './bodyCases.ts';
import type { GrammarCase } from './grammarCase.ts';
import { outcomeOf } from './outcome.ts';
import { productionCases } from './productionCases.ts';
import { sendCases } from './sendCases.ts';
import { structureCases } from './structureCases.ts';
import { valueCases } from './valueCases.ts';

const resolutions = Array.from({ length: 37 }, (_, index) => `C${index + 1}`);

const productions = [
  'file',
  'block',
  'prologue',
  'var',
  'import',
  'prescript',
  'jsblock',
  'blockcomment',
  'reqline',
  'cont',
  'header',
  'body',
  'trailing',
  'response-sample',
  'tag',
];

let echo: EchoServer;
before(async () => {
  echo = await startEcho();
});
after(() => echo.close());

holds('the resolutions of GRAMMAR.md', [...structureCases, ...bodyCases, ...valueCases, ...sendCases], resolutions);
holds('the productions of GRAMMAR.md', productionCases, productions);

function holds(title: string, cases: readonly GrammarCase[], rules: readonly string[]): void {
  describe(title, () => {
    test('each has a case, and no case is of another', () => {
      assert.deepEqual([...new Set(cases.map(({ rule }) => rule))].toSorted(inOrder), rules.toSorted(inOrder));
    });

    for (const { rule, name, text, situation, expected } of cases) {
      test(`${rule} ${name}`, async () => assert.deepEqual(await outcomeOf(text, echo, situation), expected));

      test(`${rule} ${name}, formatted`, async () => {
        const formatted = replaced(text, format(parse(text)));
        const outcome = formatted === text ? expected : await outcomeOf(formatted, echo, situation);
        assert.deepEqual(outcome.filter(isSent), expected.filter(isSent));
      });
    }
  });
}

/** All but the remarks. */
function isSent(line: string): boolean {
  return !line.startsWith('~ ');
}

function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
