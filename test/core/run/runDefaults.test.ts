import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { environmentProfiles } from '../../../src/core/run/environmentProfiles.ts';
import { profileLayers } from '../../../src/core/run/runDefaults.ts';
import { settingLayers } from '../../../src/core/run/settingLayers.ts';
import type { EnvironmentSource } from '../../../src/core/variables/profile.ts';

const sources: readonly EnvironmentSource[] = [
  source('public', { $shared: { $session: { verify: false } }, dev: { $session: { retry: 1 } }, eu: { $session: { retry: 2 } } }),
  source('private', { dev: { $session: { auth: 'bearer T' } } }),
]; // prettier-ignore

describe('"$session" of the environment, weakest first', () => {
  for (const [environment, expected] of [
    [[], ['$shared public']],
    [['dev'], ['$shared public', 'dev public', 'dev private']],
    [
      ['dev', 'eu'],
      ['$shared public', 'dev public', 'dev private', 'eu public'],
    ],
    [['nope'], ['$shared public']],
  ] as const) {
    test(environment.join(',') || 'none', () => {
      const layers = profileLayers(environmentProfiles(sources), environment);
      assert.deepEqual(
        layers.map(({ origin }) => origin.kind === 'profile' && `${origin.name} ${origin.source}`),
        expected,
      );
    });
  }
});

describe('what is wrong in it is a problem of its file, at its place', () => {
  const text = '{ "dev": { "$session": { "timeout": -1, "headers": { "A": {} } } }, "eu": { "$session": 5 } }';
  const { problems } = environmentProfiles([{ path: 'env.json', kind: 'public', text }]);
  for (const [index, place] of ['-1', '{} }', '5 }'].entries()) {
    test(place, () => {
      const problem = problems[index];
      assert.deepEqual([problem?.path, problem?.code], ['env.json', 'invalid-setting']);
      assert.equal(text.slice(problem?.offset).startsWith(place), true);
    });
  }
  test('and nothing more', () => assert.equal(problems.length, 3));
});

describe('settings of an editor (C22)', () => {
  test('REST Client\'s headers lie below our own', () => {
    const { layers, faults } = settingLayers({
      sessionDefaults: { headers: { A: '1' }, color: 'red' },
      restClientHeaders: { A: '2', B: '3' },
    });
    assert.deepEqual(layers, [
      { origin: { kind: 'restClient' }, defaults: { headers: [['A', '2'], ['B', '3']] } },
      { origin: { kind: 'settings' }, defaults: { headers: [['A', '1']] } },
    ]);
    assert.deepEqual(faults.map(({ path }) => path), [['color']]);
  }); // prettier-ignore

  test('without any there is no layer', () => {
    const { layers } = settingLayers({ sessionDefaults: undefined, restClientHeaders: undefined });
    assert.deepEqual(layers, []);
  });
});

function source(kind: EnvironmentSource['kind'], json: object): EnvironmentSource {
  return { path: kind, kind, text: JSON.stringify(json) };
}
