import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultsJson } from '../../../src/core/session/defaultsJson.ts';
import { readDefaults } from '../../../src/core/session/readDefaults.ts';
import type { DefaultsPart } from '../../../src/core/session/settings.ts';

describe('defaults as JSON, and back as they were', () => {
  const table: readonly (readonly [name: string, DefaultsPart, Readonly<Record<string, unknown>>])[] = [
    ['nothing', { headers: [], params: [] }, { headers: {}, params: {} }],
    [
      'headers, one left out',
      {
        headers: [
          ['X-A', '1'],
          ['Accept', null],
          ['X-B', ['1', '2']],
        ],
      },
      { headers: { 'X-A': '1', Accept: null, 'X-B': ['1', '2'] } },
    ],
    [
      'a name in two spellings stays a list',
      {
        headers: [
          ['x', '1'],
          ['X', '2'],
        ],
      },
      {
        headers: [
          ['x', '1'],
          ['X', '2'],
        ],
      },
    ],
    ['timeouts by their written name', { timeouts: { readMs: null } }, { timeout: { readMs: null } }],
    [
      'everything else as it is',
      {
        auth: { type: 'bearer', token: '{{t}}' },
        proxies: { http: null },
        verify: 'ca.pem',
        cert: { file: 'a.pem', key: 'a.key' },
        maxRedirects: 3,
        redirect: { policy: 'requests', trustedHosts: ['a.test'] },
        retry: { total: 2, allowedMethods: null },
        cookieHeader: 'replace',
        trustEnv: false,
        rawTarget: true,
      },
      {
        auth: { type: 'bearer', token: '{{t}}' },
        proxies: { http: null },
        verify: 'ca.pem',
        cert: { file: 'a.pem', key: 'a.key' },
        maxRedirects: 3,
        redirect: { policy: 'requests', trustedHosts: ['a.test'] },
        retry: { total: 2, allowedMethods: null },
        cookieHeader: 'replace',
        trustEnv: false,
        rawTarget: true,
      },
    ],
    [
      'mounts by their prefix',
      { mount: [{ prefix: 'https://a.test/', defaults: { cookies: [['a', '1']] } }] },
      { mount: { 'https://a.test/': { cookies: { a: '1' } } } },
    ],
  ];
  for (const [name, defaults, json] of table) test(name, () => check(defaults, json));
});

function check(defaults: DefaultsPart, json: Readonly<Record<string, unknown>>): void {
  assert.deepEqual(defaultsJson(defaults), json);
  assert.deepEqual(readDefaults(JSON.parse(JSON.stringify(json))), { defaults, faults: [] });
}
