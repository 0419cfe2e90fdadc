import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { englishStrings } from '../../src/protocol/strings.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8')) as Readonly<Record<string, string>>;

/** What stands between the quotes, as JavaScript reads it. */
const literal = /(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;

/** The English texts of the code: every literal in the first argument of `l10n.t(…)`, and the texts of the response view. */
function englishTexts(): readonly string[] {
  const texts = new Set<string>(Object.values(englishStrings));
  for (const name of globSync('src/extension/**/*.ts', { cwd: root })) {
    const source = readFileSync(join(root, name), 'utf8');
    for (const { index } of source.matchAll(/l10n\.t\(/g)) {
      for (const text of literalsAt(source, index + 'l10n.t('.length)) texts.add(text);
    }
  }
  return [...texts];
}

/** The literals up to the comma or bracket that ends the argument: one, or the two of a choice. */
function literalsAt(source: string, start: number): readonly string[] {
  const argument = /^(?:\s*(?:[\w.!=<>&|?:\s]|(['"`])(?:\\.|(?!\1)[^\\])*\1))*/.exec(source.slice(start))?.[0] ?? '';
  return [...argument.matchAll(literal)].map(([, , text = '']) => text.replace(/\\(.)/g, '$1'));
}

const placeholders = (text: string) => [...new Set(text.match(/\{\d\}/g))].toSorted();

function check(english: Readonly<Record<string, string>>, translated: Readonly<Record<string, string>>): void {
  assert.deepEqual(Object.keys(translated).toSorted(), Object.keys(english).toSorted());
  for (const [key, text] of Object.entries(english)) {
    assert.deepEqual(placeholders(translated[key] ?? ''), placeholders(text), key);
    assert.notEqual(translated[key], '', key);
  }
}

describe('Simplified Chinese', () => {
  test('has every text of the code, with the same places for what is filled in', () => {
    check(Object.fromEntries(englishTexts().map((text) => [text, text])), read('l10n/bundle.l10n.zh-cn.json'));
  });
  test('has every text of package.json', () => {
    check(read('package.nls.json'), read('package.nls.zh-cn.json'));
  });
});
