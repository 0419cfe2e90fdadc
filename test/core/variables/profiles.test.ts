import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EnvironmentSource } from '../../../src/core/variables/profile.ts';
import { isReadable, mergeProfiles } from '../../../src/core/variables/profiles.ts';

const source = (kind: EnvironmentSource['kind'], value: unknown, path = `/work/${kind}.json`): EnvironmentSource => ({
  path,
  kind,
  text: typeof value === 'string' ? value : JSON.stringify(value),
});

describe('merging (C22)', () => {
  for (const [name, sources, expected] of [
    ['one file', [source('public', { dev: { a: '1' } })], { dev: { a: '1' } }],
    [
      'the nearer file wins, the outer one shows through',
      [source('public', { dev: { a: '1', b: '1' } }, '/work/x'), source('public', { dev: { a: '2' } }, '/work/api/x')],
      { dev: { a: '2', b: '1' } },
    ],
    [
      'private over public and user over private, wherever they lie',
      [
        source('user', { dev: { a: 'user' } }, '/work/x.user'),
        source('private', { dev: { a: 'private', b: 'private' } }),
        source('public', { dev: { a: 'public', b: 'public', c: 'public' } }, '/work/api/x'),
      ],
      { dev: { a: 'user', b: 'private', c: 'public' } },
    ],
    ['only a private file', [source('private', { dev: { a: '1' } })], { dev: { a: '1' } }],
    [
      'settings lie lowest',
      [source('public', { dev: { a: 'file' } }), source('settings', { dev: { a: 'settings', b: 'settings' } })],
      { dev: { a: 'file', b: 'settings' } },
    ],
    [
      'a whole settings file; ours over REST Client',
      [
        source('settings', {
          'editor.tabSize': 2,
          'crumbtrail.environmentVariables': { dev: { a: 'ours' } },
          'rest-client.environmentVariables': { dev: { a: 'theirs', b: 'theirs' } },
        }),
      ],
      { dev: { a: 'ours', b: 'theirs' } },
    ],
    ['a settings file without either', [source('settings', { 'editor.rulers': { dev: { a: '1' } } })], {}],
    [
      'scalars as their JSON text, digits kept',
      [source('public', '{"dev":{"n":1.10,"big":12345678901234567890,"t":true,"z":null,"l":[1, 2 /* two */]}}')],
      { dev: { n: '1.10', big: '12345678901234567890', t: 'true', z: 'null', l: '[1,2]' } },
    ],
    [
      'nested objects by path, and whole',
      [source('public', { dev: { Security: { Auth: { id: 'x' } } } })],
      { dev: { Security: '{"Auth":{"id":"x"}}', 'Security.Auth': '{"id":"x"}', 'Security.Auth.id': 'x' } },
    ],
    [
      'nested objects merge',
      [source('public', { dev: { s: { a: '1', b: '1' } } }), source('private', { dev: { s: { b: '2' } } })],
      { dev: { s: '{"a":"1","b":"2"}', 's.a': '1', 's.b': '2' } },
    ],
    [
      'comments and trailing commas',
      [source('public', '{ // c\n "dev": { "a": "1", }, /* d */ }')],
      { dev: { a: '1' } },
    ],
    ['a byte order mark', [source('public', '\uFEFF{"dev":{"a":"1"}}')], { dev: { a: '1' } }],
    [
      'names of Object.prototype',
      [source('public', '{"dev":{"__proto__":"1","constructor":"2"}}')],
      {
        dev: { ['__proto__']: '1', constructor: '2' },
      },
    ],
    ['empty', [], {}],
  ] as const) {
    test(name, () => check(sources, expected));
  }

  function check(sources: readonly EnvironmentSource[], expected: object): void {
    const merged = mergeProfiles(sources);
    const values = merged.profiles.map(({ name, variables }) => [
      name,
      Object.fromEntries(variables.map((variable) => [variable.name, variable.value])),
    ]);
    assert.deepEqual(Object.fromEntries(values), expected);
    assert.deepEqual(merged.problems, []);
  }
});

test('shared names are never offered and lie underneath', () => {
  const merged = mergeProfiles([
    source('public', {
      $schema: 'https://example.com/schema.json',
      $shared: { a: 's', b: 's' },
      $default: { b: 'd' },
      $kulalaShared: { c: 'k', $default_headers: { X: '1' } },
      dev: { a: 'dev' },
      prod: {},
    }),
  ]);
  assert.deepEqual(merged.names, ['dev', 'prod']);
  assert.deepEqual(
    merged.shared.map(({ name, value }) => [name, value]),
    [
      ['a', 's'],
      ['b', 'd'],
      ['c', 'k'],
    ],
  );
});

test('names come in the order of appearance, whatever the kind', () => {
  const merged = mergeProfiles([source('private', { b: {}, a: {} }), source('public', { c: {}, a: {} })]);
  assert.deepEqual(merged.names, ['b', 'a', 'c']);
});

test('values of private and user files are secret, an object is when a part of it is', () => {
  const merged = mergeProfiles([
    source('public', { dev: { a: '1', o: { p: '1' } } }),
    source('private', { dev: { b: '2', o: { q: '2' } } }),
    source('user', { dev: { c: '3' } }),
  ]);
  assert.deepEqual(
    merged.profiles[0]?.variables.map(({ name, secret }) => [name, secret]),
    [
      ['a', false],
      ['o', true],
      ['o.p', false],
      ['o.q', true],
      ['b', true],
      ['c', true],
    ],
  );
});

test('what is set about a profile is no variable', () => {
  const merged = mergeProfiles([
    source('public', { prod: { $protected: true, $color: 'red', $session: { verify: false, retry: 1 }, a: '1' } }),
    source('private', { prod: { $session: { retry: 2 } } }),
  ]);
  const [prod] = merged.profiles;
  assert.deepEqual(
    {
      protected: prod?.protected,
      color: prod?.color,
      session: prod?.session.map(({ source: path, value }) => [path, { ...(value as object) }]),
      sources: prod?.sources,
    },
    {
      protected: true,
      color: 'red',
      session: [
        ['/work/public.json', { verify: false, retry: 1 }],
        ['/work/private.json', { retry: 2 }],
      ],
      sources: ['/work/public.json', '/work/private.json'],
    },
  );
  assert.deepEqual(
    prod?.variables.map(({ name }) => name),
    ['a'],
  );
});

describe('files that are wrong', () => {
  for (const [name, text, code, offset, message] of [
    ['no JSON', '{"dev": {"a": "1" "b": "2"}}', 'environment-file-broken', 18, /line 1, column 19 \(comma expected\)/],
    ['cut off', '{"dev": {', 'environment-file-broken', 9, /not valid JSON/],
    ['binary', '\0GITCRYPT', 'environment-file-broken', 0, /not valid JSON/],
    ['empty', '', 'environment-file-broken', 0, /not valid JSON/],
    ['a list', '["dev"]', 'environment-file-broken', 0, /does not hold an object/],
    ['a missing level', '{"host": "x"}', 'environment-level-missing', 1, /\{ "dev": \{ "host": … \} \}/],
  ] as const) {
    test(name, () => {
      const merged = mergeProfiles([source('public', text), source('public', { ok: { a: '1' } }, '/work/other')]);
      assert.deepEqual(merged.names.includes('ok'), true);
      assert.deepEqual(
        merged.problems.map((problem) => [problem.path, problem.code, problem.offset]),
        [['/work/public.json', code, offset]],
      );
      assert.match(merged.problems[0]?.message ?? '', message);
    });
  }

  test('what could be read of a broken file counts', () => {
    const merged = mergeProfiles([source('public', '{"dev": {"a": "1" "b": "2"}}')]);
    assert.deepEqual(
      merged.profiles[0]?.variables.map(({ name, value }) => [name, value]),
      [
        ['a', '1'],
        ['b', '2'],
      ],
    );
  });
});

test('.env files are kept apart, nearest last', () => {
  const merged = mergeProfiles([
    source('dotenv', 'A=outer', '/work/.env'),
    source('dotenv', 'A=inner', '/work/api/.env'),
  ]);
  assert.deepEqual(merged.names, []);
  assert.deepEqual(
    merged.dotenv.map(({ name, value }) => [name, value]),
    [
      ['A', 'outer'],
      ['A', 'inner'],
    ],
  );
});

test('a .env file of its own environment lies below the JSON files; httpYac keeps environments beside its settings', () => {
  const merged = mergeProfiles([
    { path: '/work/.env.dev', kind: 'dotenv', profile: 'dev', text: 'A=dotenv\nB=dotenv\nTOKEN=t' },
    source('httpyac', { environments: { $shared: { s: '1' }, dev: { b: 'yac' }, yac: { y: '1' } }, log: { level: 1 } }),
    source('public', { dev: { A: 'public' } }),
  ]);
  assert.deepEqual(merged.names, ['dev', 'yac']);
  assert.deepEqual(
    merged.profiles.find(({ name }) => name === 'dev')?.variables.map(({ name, value }) => `${name}=${value}`),
    ['b=yac', 'A=public', 'B=dotenv', 'TOKEN=t'],
  );
  assert.deepEqual([merged.shared.map(({ name }) => name), merged.dotenv, merged.problems], [['s'], [], []]);
});

test('while a file is broken, its last correct version stays in use, and the problem is at its place', () => {
  const broken: EnvironmentSource = { ...source('public', '{"dev": {"a": "new" "b'), lastGood: '{"dev":{"a":"old"}}' };
  const merged = mergeProfiles([broken]);
  assert.deepEqual(
    merged.profiles[0]?.variables.map(({ value }) => value),
    ['old'],
  );
  assert.match(merged.problems[0]?.message ?? '', /line 1, column 21 .* until then its last correct version is used/);
  assert.deepEqual([isReadable(broken.text), isReadable('{ "a": 1, } // c')], [false, true]);
});
