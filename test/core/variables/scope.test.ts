import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from '../../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../../src/core/syntax/query.ts';
import { mergeProfiles } from '../../../src/core/variables/profiles.ts';
import { buildScope, type ScopeInput } from '../../../src/core/variables/scope.ts';

const text = `@host = one
@only = file
@esc = a\\nb\\t\\\\ \\x
@quoted = "kept"

GET {{host}}

###
@host = two
GET {{host}}

###
GET {{host}}
@after = 3

###
@late = 4
`;

const profiles = mergeProfiles([
  {
    path: '/work/http-client.env.json',
    kind: 'public',
    text: JSON.stringify({
      $shared: { host: 'shared', shared: 'shared', env: 'shared' },
      dev: { host: 'dev', env: 'dev', both: 'dev' },
      eu: { both: 'eu' },
    }),
  },
  { path: '/work/http-client.private.env.json', kind: 'private', text: '{"dev":{"password":"p"}}' },
  { path: '/work/.env', kind: 'dotenv', text: 'host=dotenv\ndot=dotenv\nshared=dotenv' },
]);

describe('who wins', () => {
  for (const [name, block, changes, expected] of [
    ['host', 0, {}, 'one @host, line 1'],
    ['host', 1, {}, 'two @host, line 9'],
    ['host', 2, {}, 'two @host, line 9'],
    ['late', 0, {}, '4 @late, line 17'],
    ['after', 0, {}, '3 @after, line 14'],
    ['host', 0, { environment: ['dev'] }, 'one @host, line 1'],
    ['host', 0, { environment: ['dev'], variablePrecedence: 'environment' }, 'dev http-client.env.json › dev'],
    ['host', 0, { variablePrecedence: 'environment' }, 'shared http-client.env.json › $shared'],
    ['env', 0, { environment: ['dev'] }, 'dev http-client.env.json › dev'],
    ['env', 0, {}, 'shared http-client.env.json › $shared'],
    ['both', 0, { environment: ['dev', 'eu'] }, 'eu http-client.env.json › eu'],
    ['both', 0, { environment: ['eu', 'dev'] }, 'dev http-client.env.json › dev'],
    ['shared', 0, {}, 'shared http-client.env.json › $shared'],
    ['dot', 0, {}, 'dotenv .env'],
    [
      'host',
      0,
      { sessionVariables: [{ name: 'host', value: 's', origin: 'captured from login', secret: false }] },
      's captured from login',
    ],
    [
      'host',
      0,
      {
        overrides: [
          ['host', 'v'],
          ['host', 'w'],
        ],
      },
      'w given with --var',
    ],
    ['host', 0, { prompts: [{ name: 'host', value: 'p', secret: false }] }, 'p asked for'],
    ['esc', 0, {}, 'a\nb\t\\ \\x @esc, line 3'],
    ['quoted', 0, {}, '"kept" @quoted, line 4'],
    ['nope', 0, { environment: ['dev'] }, undefined],
    ['env', 0, { environment: ['gone'] }, 'shared http-client.env.json › $shared'],
  ] as const) {
    test(`${name} in block ${block} with ${JSON.stringify(changes)}`, () => check(name, block, changes, expected));
  }
});

test('what is shadowed comes strongest first', () => {
  const all = scope(0, {
    environment: ['dev'],
    overrides: [['host', 'v']],
    sessionVariables: [{ name: 'host', value: 's', origin: 'set by hand', secret: false }],
  }).lookup('host');
  assert.deepEqual(
    all?.shadowed.map(({ value, layer }) => `${value} ${layer}`),
    ['s session', 'one block', 'dev environment', 'shared environment', 'dotenv environment'],
  );
});

test('a definition of the block itself says so, and each knows its place', () => {
  const own = scope(1, {}).lookup('host')?.winner;
  assert.deepEqual(
    [own?.layer, own?.location],
    ['block', { path: '/work/a.http', offset: text.indexOf('@host = two') }],
  );
  const profile = scope(0, { environment: ['dev'] }).lookup('password')?.winner;
  assert.deepEqual(profile?.location, { path: '/work/http-client.private.env.json', offset: 8 });
  assert.equal(profile?.secret, true);
});

test('values from outside are no templates', () => {
  const found = scope(0, { overrides: [['a', '{{host}}']] }).lookup('a')?.winner;
  assert.equal(found?.template, false);
});

test('all names, each once', () => {
  const names = scope(0, { environment: ['dev'], overrides: [['given', '1']] }).names();
  assert.equal(new Set(names).size, names.length);
  for (const name of ['given', 'host', 'late', 'password', 'shared', 'dot']) assert.ok(names.includes(name), name);
});

function check(name: string, block: number, changes: Partial<ScopeInput>, expected: string | undefined): void {
  const winner = scope(block, changes).lookup(name)?.winner;
  assert.equal(winner && `${winner.value} ${winner.origin}`, expected);
}

function scope(block: number, changes: Partial<ScopeInput>) {
  const document = parse(text);
  return buildScope({
    document,
    block: requestBlocks(document)[block],
    path: '/work/a.http',
    overrides: [],
    prompts: [],
    imported: [],
    sessionVariables: [],
    profiles,
    environment: [],
    variablePrecedence: 'file',
    ...changes,
  });
}
