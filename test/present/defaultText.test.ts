import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Provenance } from '../../src/core/session/provenance.ts';
import { defaultLine } from '../../src/present/defaultText.ts';

const dev = { kind: 'profile', name: 'dev', source: 'env.json' } as const;

const table: readonly (readonly [Pick<Provenance, 'setting' | 'name' | 'value'>, string])[] = [
  [{ setting: 'headers', name: 'X-A', value: '1' }, 'header X-A: 1'],
  [{ setting: 'headers', name: 'X-A', value: ['1', '2'] }, 'header X-A: 1, 2'],
  [{ setting: 'headers', name: 'X-A', value: null }, 'header X-A: left out'],
  [{ setting: 'headers', name: 'X-Api-Key', value: 's3cret' }, 'header X-Api-Key: ***'],
  [{ setting: 'headers', name: 'Authorization', value: 'Bearer s3cret' }, 'header Authorization: Bearer ***'],
  [{ setting: 'params', name: 'page', value: '2' }, 'param page: 2'],
  [{ setting: 'params', name: 'api_key', value: 's3cret' }, 'param api_key: ***'],
  [{ setting: 'cookies', name: 'sid', value: 's3cret' }, 'cookie sid: ***'],
  [{ setting: 'proxies', name: 'http', value: 'http://u:s3cret@p:3128' }, 'proxy http: http://***@p:3128'],
  [{ setting: 'proxies', name: 'all', value: null }, 'proxy all: direct'],
  [{ setting: 'timeout', name: 'readMs', value: 500 }, 'timeout readMs: 500 ms'],
  [{ setting: 'timeout', name: 'totalMs', value: null }, 'timeout totalMs: no limit'],
  [{ setting: 'auth', value: { type: 'basic', username: 'u', password: 's3cret' } }, 'auth: basic u'],
  [{ setting: 'auth', value: { type: 'bearer', token: 's3cret', origin: 'https://a' } }, 'auth: bearer for https://a'],
  [{ setting: 'cert', value: { file: 'a.pem', passphrase: 's3cret' } }, 'cert: a.pem'],
  [{ setting: 'verify', value: false }, 'verify: false'],
  [{ setting: 'redirect', name: 'policy', value: 'requests' }, 'redirect policy: requests'],
  [{ setting: 'retry', value: { total: 2 } }, 'retry: {"total":2}'],
];
for (const [said, expected] of table) {
  test(expected, () => {
    assert.equal(defaultLine({ ...said, origin: dev, replaced: [] }), `${expected} (environment dev)`);
    const line = defaultLine({ ...said, origin: dev, replaced: [{ kind: 'settings' }, { kind: 'product' }] });
    assert.equal(line, `${expected} (environment dev, instead of settings, Crumbtrail)`);
  });
}
