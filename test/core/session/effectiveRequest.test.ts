import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DefaultsLayer, SettingOrigin } from '../../../src/core/session/defaultsLayer.ts';
import { effectiveRequest } from '../../../src/core/session/effectiveRequest.ts';
import { originWords } from '../../../src/core/session/originWords.ts';
import { provenanceOf } from '../../../src/core/session/provenance.ts';
import { defaultSettings, type DefaultsPart, type SendSettings } from '../../../src/core/session/settings.ts';

const settings: SettingOrigin = { kind: 'settings' };
const dev: SettingOrigin = { kind: 'profile', name: 'dev', source: 'http-client.env.json' };
const session: SettingOrigin = { kind: 'session', name: 'default' };
const flags: SettingOrigin = { kind: 'flags' };

type Layers = readonly (readonly [SettingOrigin, DefaultsPart])[];

describe('headers, params and cookies of several layers (SESSION M1-M7)', () => {
  const table: readonly (readonly [name: string, layers: Layers, expected: readonly (readonly [string, unknown])[]])[] = [
    ['M1 one layer alone', [[dev, { headers: [['A', '1']] }]], [['A', '1']]],
    ['M2 the stronger by name', [[dev, { headers: [['A', '1'], ['B', '2']] }], [session, { headers: [['A', '3']] }]], [['A', '3'], ['B', '2']]],
    ['M2 null removes, and stays to remove the product\'s', [[dev, { headers: [['A', '1']] }], [session, { headers: [['A', null]] }]], [['A', null]]],
    ['M2 null of a weaker layer', [[dev, { headers: [['A', null]] }], [session, { headers: [['B', '1']] }]], [['A', null], ['B', '1']]],
    ['M4 the last spelling at the first place', [[dev, { headers: [['x-a', '1'], ['B', '2']] }], [session, { headers: [['X-A', '3']] }]], [['X-A', '3'], ['B', '2']]],
    ['M6 an empty text is a value', [[dev, { headers: [['A', '1']] }], [session, { headers: [['A', '']] }]], [['A', '']]],
    ['M6 an empty list is a value', [[dev, { headers: [['A', '1']] }], [session, { headers: [['A', []]] }]], [['A', []]]],
    ['M11 repeats of one layer stay', [[dev, { headers: [['A', '1'], ['A', '2']] }]], [['A', '1'], ['A', '2']]],
    ['flags above a session', [[flags, { headers: [['A', 'f']] }], [session, { headers: [['A', 's']] }]], [['A', 'f']]],
  ]; // prettier-ignore
  for (const [name, layers, expected] of table) {
    test(name, () => {
      const input = layersOf(layers);
      const copy = structuredClone(input);
      const { headers } = effective(input);
      assert.deepEqual(
        headers.map(([key, value]) => [key, value]),
        expected,
      );
      // M7: what the layers hold is never changed.
      assert.deepEqual(input, copy);
    });
  }

  test('M5 params are case-sensitive', () => {
    const { params } = effective(layersOf([[dev, { params: [['a', '1']] }], [session, { params: [['A', '2']] }]])); // prettier-ignore
    assert.deepEqual(
      params.map(([key, value]) => [key, value]),
      [
        ['a', '1'],
        ['A', '2'],
      ],
    );
  });
});

describe('settings of several layers', () => {
  const table: readonly (readonly [name: string, layers: Layers, expected: Partial<SendSettings>])[] = [
    ['nothing', [], {}],
    ['M6 false counts', [[dev, { verify: true, trustEnv: true }], [session, { verify: false, trustEnv: false }]], { verify: false, trustEnv: false }],
    ['M3 what is no mapping is replaced whole', [[dev, { redirect: { trustedHosts: ['a'] } }], [session, { redirect: { trustedHosts: [] } }]], { trustedHosts: [] }],
    ['mappings merge by name', [[dev, { redirect: { policy: 'requests' } }], [session, { redirect: { autoReferer: true } }]], { policy: 'requests', autoReferer: true }],
    ['following that was asked for', [[session, { redirect: { follow: true } }]], { followRedirects: true, followAsked: true }],
    ['timeouts by name, null lifts', [[dev, { timeouts: { connectMs: 1, readMs: 2 } }], [session, { timeouts: { readMs: null } }]], { timeouts: { connectMs: 1, readMs: undefined } }],
    ['0a.8 a null proxy means direct and stays', [[dev, { proxies: { http: 'http://p', all: 'http://q' } }], [session, { proxies: { http: null } }]], { proxies: { http: null, all: 'http://q' } }],
    ['M14 credentials are replaced whole', [[dev, { auth: { type: 'basic', username: 'u', password: 'p' } }], [session, { auth: { type: 'bearer', token: 't' } }]], { auth: { type: 'bearer', token: 't' } }],
    ['null takes weaker credentials away', [[dev, { auth: { type: 'bearer', token: 't' } }], [session, { auth: null }]], {}],
    ['retry rules merge by name', [[dev, { retry: { total: 3, backoffFactor: 1 } }], [session, { retry: { total: 1 } }]], { retry: { total: 1, backoffFactor: 1 } }],
    ['a number replaces retry rules', [[dev, { retry: { total: 3 } }], [session, { retry: 1 }]], { retry: 1 }],
    ['null takes retries away', [[dev, { retry: 3 }], [session, { retry: null }]], {}],
    ['the rest', [[dev, { maxRedirects: 3, cookieHeader: 'replace', rawTarget: true, cert: 'a.pem' }]], { maxRedirects: 3, cookieHeader: 'replace', rawTarget: true, cert: 'a.pem' }],
  ]; // prettier-ignore
  for (const [name, layers, expected] of table) {
    test(name, () => assert.deepEqual(effective(layersOf(layers)).settings, { ...defaultSettings, ...expected }));
  }
});

describe('a mount lies over the session and below flags', () => {
  const mounted: Layers = [
    [dev, { mount: [{ prefix: 'http://a.test/', defaults: { maxRedirects: 1 } }] }],
    [session, { maxRedirects: 2, mount: [{ prefix: 'http://A.test/', defaults: { maxRedirects: 3 } }] }],
  ];
  for (const [name, layers, url, expected] of [
    ['for its URLs, the stronger layer first', mounted, 'http://a.test/x', 3],
    ['and for no others', mounted, 'http://b.test/', 2],
    ['and for none while the URL is not known', mounted, undefined, 2],
    ['a flag says it louder', [...mounted, [flags, { maxRedirects: 9 }]], 'http://a.test/x', 9],
  ] as const) {
    test(name, () => assert.equal(effective(layersOf(layers), url).settings.maxRedirects, expected));
  }
});

describe('every default knows who said it', () => {
  const layers: Layers = [
    [settings, { headers: [['X-A', '0']] }],
    [dev, { headers: [['x-a', '1']], proxies: { http: 'http://p' } }],
    [session, { timeouts: { readMs: 5 }, mount: [{ prefix: 'http://a.test/', defaults: { headers: [['X-A', null]] } }] }],
  ]; // prettier-ignore
  const found = provenanceOf(effective(layersOf(layers), 'http://a.test/').layers());
  const told = (setting: string, name?: string): unknown => {
    const entry = found.find((each) => each.setting === setting && each.name === name);
    return entry && [entry.value, originWords(entry.origin), entry.replaced.map(originWords)];
  };
  for (const [setting, name, expected] of [
    ['headers', 'X-A', [null, 'session default, mount http://a.test/', ['environment dev', 'settings']]],
    ['headers', 'Accept', ['*/*', 'Crumbtrail', []]],
    ['proxies', 'http', ['http://p', 'environment dev', []]],
    ['timeout', 'readMs', [5, 'session default', ['Crumbtrail']]],
    ['timeout', 'connectMs', [30_000, 'Crumbtrail', []]],
    ['redirect', 'policy', ['standard', 'Crumbtrail', []]],
    ['verify', undefined, [true, 'Crumbtrail', []]],
    ['mount', undefined, undefined],
  ] as const) {
    test([setting, name].filter(Boolean).join('.'), () => assert.deepEqual(told(setting, name), expected));
  }

  test('a setting of the user is told as one', () => {
    const changed = { ...defaultSettings, maxRedirects: 5 };
    const { layers: inForce } = effectiveRequest({ settings: changed, layers: [], url: undefined });
    const entry = provenanceOf(inForce()).find((each) => each.setting === 'maxRedirects');
    assert.deepEqual(entry && [entry.value, entry.origin.kind, entry.replaced.length], [5, 'settings', 1]);
  });
});

function layersOf(layers: Layers): readonly DefaultsLayer[] {
  return layers.map(([origin, defaults]) => ({ origin, defaults }));
}

function effective(layers: readonly DefaultsLayer[], url?: string): ReturnType<typeof effectiveRequest> {
  return effectiveRequest({ settings: defaultSettings, layers, url });
}
