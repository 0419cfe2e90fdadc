import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeDefaults } from '../../../src/core/session/changeDefaults.ts';
import type { SessionDefaults } from '../../../src/core/session/settings.ts';

const before: SessionDefaults = {
  headers: [
    ['X-A', '1'],
    ['X-B', '2'],
  ],
  params: [['k', 'v']],
  timeouts: { readMs: 10 },
  mount: [{ prefix: 'https://a.test/', defaults: { verify: false } }],
};

describe('a default is set', () => {
  const table: readonly (readonly [name: string, value: string | undefined, change: object, prefix?: string])[] = [
    ['headers.x-a', '01', { headers: [['X-B', '2'], ['x-a', '01']] }],
    ['headers.X-A', 'null', { headers: [['X-B', '2'], ['X-A', null]] }],
    ['headers.X.Y', '["1","2"]', { headers: [...before.headers, ['X.Y', ['1', '2']]] }],
    ['headers', '{"Z":"1"}', { headers: [['Z', '1']] }],
    ['params.k', '5', { params: [['k', '5']] }],
    ['cookies.a', '1', { cookies: [['a', '1']] }],
    ['auth', 'bearer {{token}}', { auth: { type: 'bearer', token: '{{token}}' } }],
    ['auth.token', 't', { auth: { type: 'bearer', token: 't' } }],
    ['auth.username', 'u', { auth: { type: 'basic', username: 'u' } }],
    ['proxies.http', 'http://p.test:3128', { proxies: { http: 'http://p.test:3128' } }],
    ['proxies.http', 'null', { proxies: { http: null } }],
    ['proxies', 'http://p.test', { proxies: { http: 'http://p.test', https: 'http://p.test', all: 'http://p.test' } }],
    ['verify', 'false', { verify: false }],
    ['verify', './ca.pem', { verify: './ca.pem' }],
    ['cert', '["a.pem","a.key"]', { cert: { file: 'a.pem', key: 'a.key' } }],
    ['timeout', '5000', { timeouts: { connectMs: 5000, readMs: 5000 } }],
    ['timeout.totalMs', '100', { timeouts: { readMs: 10, totalMs: 100 } }],
    ['maxRedirects', '3', { maxRedirects: 3 }],
    ['redirect.policy', 'requests', { redirect: { policy: 'requests' } }],
    ['retry', '{"total":2,"statusForcelist":[503]}', { retry: { total: 2, statusForcelist: [503] } }],
    ['cookieHeader', 'replace', { cookieHeader: 'replace' }],
    ['trustEnv', 'false', { trustEnv: false }],
    ['rawTarget', 'true', { rawTarget: true }],
    ['headers.X', '1', { mount: [{ prefix: 'https://a.test/', defaults: { verify: false, headers: [['X', '1']] } }] }, 'https://a.test/'],
    ['retry', '1', { mount: [...(before.mount ?? []), { prefix: 'http://', defaults: { retry: 1 } }] }, 'http://'],
  ]; // prettier-ignore
  for (const [name, value, change, prefix] of table) {
    test(`${name} = ${value ?? ''} ${prefix ?? ''}`, () => check(name, value, { ...before, ...change }, prefix));
  }
});

describe('a default is taken away', () => {
  const { timeouts, mount, ...rest } = before;
  test('a header, in any spelling', () => check('headers.x-A', undefined, { ...before, headers: [['X-B', '2']] }));
  test('a whole setting', () => check('timeout', undefined, { ...rest, ...(mount && { mount }) }));
  test('the last member of a setting', () => check('timeout.readMs', undefined, { ...rest, ...(mount && { mount }) }));
  test('one that is not there', () => check('retry', undefined, before));
  test('the last of a mount', () =>
    check('verify', undefined, { ...rest, ...(timeouts && { timeouts }) }, 'https://a.test/'));
});

describe('what cannot be is refused by name, and nothing changes', () => {
  for (const [name, value, prefix] of [
    ['color', 'red'],
    ['headers.X A', '1'],
    ['headers.X', '1\r\nY: 2'],
    ['timeout', '-1'],
    ['redirect.policy', 'always'],
    ['retry', 'often'],
    ['auth', 'basic'],
    ['verify', 'true', 'a.test'],
  ] as const) {
    test(`${name} = ${value}`, () => {
      const { defaults, faults } = changeDefaults(before, { name, value }, prefix);
      assert.equal(defaults, before);
      assert.equal(faults.length, 1);
    });
  }
});

function check(name: string, value: string | undefined, expected: SessionDefaults, prefix?: string): void {
  const copy = structuredClone(before);
  assert.deepEqual(changeDefaults(before, { name, value }, prefix), { defaults: expected, faults: [] });
  assert.deepEqual(before, copy);
}
