import assert from 'node:assert/strict';
import type { IGrammar } from 'vscode-textmate';
import { type Token, tokensOf } from './tokens.ts';

/** A piece of the text with scopes that all of it has, or with `!` before one that none of it has. */
export type ExpectedToken = readonly [piece: string, ...scopes: string[]];

/** Looks the pieces up one behind the other. A scope stands for those below it: `comment.line` for `comment.line.http`. */
export function checkTokens(grammar: IGrammar, text: string, expected: readonly ExpectedToken[]): void {
  const tokens = tokensOf(grammar, text).flatMap((line) => [...line, lineBreak]);
  let from = 0;
  for (const [piece, ...scopes] of expected) {
    const at = text.indexOf(piece, from);
    assert.notEqual(at, -1, `"${piece}" does not stand behind ${from}`);
    from = at + piece.length;
    for (const scope of scopes) checkScope(between(tokens, at, from), piece, scope);
  }
}

const lineBreak: Token = { text: '\n', scopes: [] };

function between(tokens: readonly Token[], start: number, end: number): readonly Token[] {
  let at = 0;
  return tokens.filter((token) => {
    const begin = at;
    at += token.text.length;
    return token !== lineBreak && begin < end && at > start;
  });
}

function checkScope(tokens: readonly Token[], piece: string, scope: string): void {
  const isWanted = !scope.startsWith('!');
  const name = isWanted ? scope : scope.slice(1);
  for (const { text, scopes } of tokens) {
    const has = scopes.some((each) => each === name || each.startsWith(`${name}.`));
    assert.equal(has, isWanted, `"${text}" of "${piece}" ${has ? 'has' : 'lacks'} ${name}: ${scopes.join(' ')}`);
  }
}
