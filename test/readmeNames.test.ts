import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands } from '../src/cli/commandLine.ts';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly keybindings: readonly { readonly key: string; readonly command: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly default: unknown }>> }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  };
}

const root = join(import.meta.dirname, '..');
const { scripts, contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const settings = Object.assign({}, ...contributes.configuration.map(({ properties }) => properties)) as Record<
  string,
  { readonly default: unknown }
>;
const ids = contributes.commands.map(({ command }) => command);

/** All matches of the first group, once each; none would be a test that looks at nothing. */
function named(pattern: RegExp): readonly string[] {
  const found = [...new Set([...readme.matchAll(pattern)].map(([, name = '']) => name))];
  assert.ok(found.length > 0, `nothing in the README looks like ${pattern}`);
  return found;
}

function check(found: readonly string[], known: (name: string) => boolean): void {
  assert.deepEqual(
    found.filter((name) => !known(name)),
    [],
  );
}

test('every file and place that is linked to is there', () => {
  const headings = named(/^#+ (.+)$/gm).map((each) =>
    each
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  const isThere = (target: string) =>
    target.startsWith('#') ? headings.includes(target.slice(1)) : existsSync(join(root, target));
  check(named(/\]\((?!https?:)([^)\s]+)\)/g), isThere);
});

test('every npm script that is named is one', () => {
  check(named(/npm run ([\w:-]+)/g), (name) => name in scripts);
});

test('every setting and command that is named with its id is one', () => {
  check(named(/`(crumbtrail\.[\w.]+)`/g), (id) => id in settings || ids.includes(id));
});

test('the table of settings has every setting with its default', () => {
  const rows = [...readme.matchAll(/^\| `(crumbtrail\.[\w.]+)` \| `(.*?)` \|/gm)].map(
    ([, id, value]) => `${id} ${value}`,
  );
  const expected = Object.entries(settings).map(([id, { default: value }]) => `${id} ${defaultText(value)}`);
  assert.deepEqual(rows.toSorted(), expected.toSorted());
});

function defaultText(value: unknown): string {
  if (value === '') return 'empty';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

test('every command of the palette is named', () => {
  const hidden = contributes.menus['commandPalette']?.filter(({ when }) => when === 'false') ?? [];
  const shown = ids.filter((id) => !hidden.some(({ command }) => command === id));
  check(shown, (id) => readme.includes(`\`${id}\``) || readme.includes(`\`${id.replace('crumbtrail.', '')}\``));
});

test('the keys are those that are bound', () => {
  const rows = [...readme.matchAll(/^\| `(Ctrl\+[\w+]+)` \| `(crumbtrail\.\w+)`/gm)].map(
    ([, key = '', command]) => `${key.toLowerCase()} ${command}`,
  );
  const bound = contributes.keybindings.map(({ key, command }) => `${key} ${command}`);
  assert.deepEqual(rows.toSorted(), bound.toSorted());
});

test('every command of the command line is named, and every option that is named is one', () => {
  check(Object.keys(commands), (name) => name.split(' ').every((word) => readme.includes(word)));
  check(named(/\bcrumbtrail ((?:session |env )?[a-z]+)\b(?=[ `])/g), (name) =>
    Object.keys(commands).some((each) => each === name || each.startsWith(`${name} `)),
  );
  const options = new Set(Object.values(commands).flatMap(({ options: each }) => Object.keys(each)));
  // Of npm scripts, of Node and of every command.
  for (const other of ['dir', 'expected', 'only', 'share', 'check', 'minutes', 'help', 'version']) options.add(other);
  check(named(/(?<![\w-])--([a-z][a-z-]+)/g), (name) => options.has(name));
});
