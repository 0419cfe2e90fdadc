import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migratedSettings, settingsToWrite } from '../../../src/core/features/foreignSettings.ts';

type Written = Readonly<Record<string, unknown>>;

const rows: readonly [name: string, written: Written, kinds: readonly string[], writes: Written][] = [
  ['nothing', {}, [], {}],
  [
    'what is read where it stands needs nothing',
    { 'rest-client.defaultHeaders': { a: 'b' }, 'rest-client.environmentVariables': {} },
    ['same', 'same'],
    {},
  ],
  ['redirects not followed', { 'rest-client.followredirect': false }, ['write'], { followRedirects: false }],
  ['redirects followed is what happens', { 'rest-client.followredirect': true }, ['same'], {}],
  [
    'a timeout of REST Client',
    { 'rest-client.timeoutinmilliseconds': 5000 },
    ['write'],
    { connectTimeout: 5000, readTimeout: 5000 },
  ],
  ['no timeout', { 'rest-client.timeoutinmilliseconds': 0 }, ['none'], {}],
  [
    'hosts without proxy',
    { 'rest-client.excludeHostsForProxy': ['a', 'b'] },
    ['write'],
    { proxies: { no_proxy: 'a,b' } },
  ],
  [
    'options of httpYac',
    {
      'httpyac.requestGotOptions': {
        timeout: 10,
        followRedirect: false,
        maxRedirects: 3,
        rejectUnauthorized: false,
        retry: true,
      },
    },
    ['write'],
    { connectTimeout: 10, readTimeout: 10, followRedirects: false, maxRedirects: 3, verify: false },
  ],
  ['options without a counterpart', { 'httpyac.requestGotOptions': { decompress: true } }, ['none'], {}],
  [
    'headers of httpYac',
    { 'httpyac.requestDefaultHeaders': { 'User-Agent': 'x' } },
    ['write'],
    { sessionDefaults: { headers: { 'User-Agent': 'x' } } },
  ],
  ['a setting nobody knows', { 'rest-client.someday': 1 }, ['none'], {}],
  [
    'both tools: certificates merge by host',
    { 'httpyac.clientCertificates': { a: { cert: 'a' } }, 'httpyac.clientCertficates': { b: { cert: 'b' } } },
    ['write', 'write'],
    { certificates: { a: { cert: 'a' }, b: { cert: 'b' } } },
  ],
];

function check(written: Written, kinds: readonly string[], writes: Written): void {
  const migrated = migratedSettings(written);
  assert.deepEqual(
    migrated.map(({ kind }) => kind),
    kinds,
  );
  assert.deepEqual(settingsToWrite(migrated), writes);
  for (const { words } of migrated) assert.match(words, /\.$/);
}

for (const [name, written, kinds, writes] of rows) test(name, () => check(written, kinds, writes));
