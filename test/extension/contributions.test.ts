import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  commandIds,
  compareScheme,
  languageId,
  sessionScheme,
  sessionViewId,
  settingIds,
} from '../../src/extension/contributions.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    /** One section of the settings editor each. */
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly markdownDescription: string }>
      >;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly languages: readonly { readonly id: string }[];
  };
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as Manifest;
const settings = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }) => properties),
) as Readonly<Record<string, { readonly default: unknown; readonly markdownDescription: string }>>;
const texts = read('package.nls.json') as Readonly<Record<string, string>>;

/** Ids are typed once: what the code names and what package.json contributes are the same, in any order. */
function check(named: readonly string[], contributed: readonly string[]): void {
  assert.deepEqual(named.toSorted(), contributed.toSorted());
}

test('commands', () => {
  check(
    commandIds.map((id) => `crumbtrail.${id}`),
    manifest.contributes.commands.map(({ command }) => command),
  );
});

test('settings', () => {
  check(
    settingIds.map((id) => `crumbtrail.${id}`),
    Object.keys(settings),
  );
});

test('views and languages', () => {
  check(
    [sessionViewId],
    Object.values(manifest.contributes.views).flatMap((views) => views.map(({ id }) => id)),
  );
  check(
    // Environment files may hold comments: they are JSON as VS Code's own settings are.
    [languageId, 'jsonc'],
    manifest.contributes.languages.map(({ id }) => id),
  );
});

test('nothing but the language, Markdown with its fences and tabs of an earlier window wakes the extension, besides its own commands and views', () => {
  check(
    [
      'onLanguage:http',
      'onLanguage:markdown',
      'onWebviewPanel:crumbtrail.response',
      `onFileSystem:${sessionScheme}`,
      `onFileSystem:${compareScheme}`,
    ],
    manifest.activationEvents,
  );
});

test('every placeholder of package.json has its text, and every text is used', () => {
  const used = [...readFileSync(new URL('../../package.json', import.meta.url), 'utf8').matchAll(/%([\w.]+)%/g)];
  check([...new Set(used.map(([, key]) => key ?? ''))], Object.keys(texts));
});

/** A default as people read it: text without quotes, and a word where there is none. */
function shownDefault({ default: value }: { readonly default: unknown }): string {
  if (typeof value === 'string') return value === '' ? 'empty' : value;
  return JSON.stringify(value);
}

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

for (const [id, setting] of Object.entries(settings)) {
  test(`the words about ${id} say its default and its risk, in the settings editor and in the README`, () => {
    const text = texts[setting.markdownDescription.slice(1, -1)] ?? '';
    const [, told, risk = ''] = /\n\n\*\*Default:\*\* `(.*)`\. \*\*Risk:\*\* (.+)\.$/.exec(text) ?? [];
    assert.equal(told, shownDefault(setting), text);
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${id}\` |`)) ?? '';
    const cells = row.split(/ \| |^\| | \|$/).filter((cell) => cell !== '');
    assert.deepEqual([cells.length, cells[1], cells[3]], [4, `\`${shownDefault(setting)}\``, risk], row);
  });
}
