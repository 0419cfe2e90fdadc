import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSnapshot } from '../../../src/core/session/readSnapshot.ts';
import { emptySnapshot, type SessionSnapshot } from '../../../src/core/session/snapshot.ts';
import { cookieAt, key, recordedAt, variableAt } from './snapshotParts.ts';

/** A snapshot after a round trip through JSON, or the failure's code, and the warnings. */
function check(
  json: unknown,
  expected: { readonly snapshot?: SessionSnapshot; readonly code?: string; readonly warnings?: readonly string[] },
) {
  const reading = readSnapshot(JSON.parse(JSON.stringify(json)));
  if (!reading.ok) return assert.deepEqual({ code: reading.failure.code }, expected);
  assert.deepEqual(reading.snapshot, expected.snapshot);
  assert.deepEqual(reading.warnings.map(({ message }) => message), expected.warnings ?? []); // prettier-ignore
  assert.ok(reading.warnings.every(({ code }) => code === 'snapshot-entry-refused'));
}

const full: SessionSnapshot = {
  ...emptySnapshot(key),
  cookies: [
    cookieAt(5, {
      sameSite: 'lax',
      expires: 9,
      partitioned: true,
      source: { kind: 'response', url: 'https://h.test/', hop: 2, at: 5 },
    }),
  ],
  variables: [variableAt(6, { secret: true })],
  defaults: {
    headers: [
      ['X-A', '1'],
      ['Accept', null],
    ],
    params: [['k', '1']],
    auth: { type: 'bearer', token: '{{$secret api}}' },
    proxies: { http: 'http://proxy.test:3128', https: null },
    verify: false,
    cert: 'client.pem',
    timeouts: { connectMs: 1000, totalMs: null },
  },
  defaultsAt: 7,
  recorded: [recordedAt(8, { bodyBase64: 'AAEC' })],
  deleted: [{ item: 'variable\tgone', at: 4 }],
};

test('what was saved is read again', () => check(full, { snapshot: full }));

describe('what is no snapshot is refused whole', () => {
  const table: readonly (readonly [string, unknown, string])[] = [
    ['a newer version', { ...full, version: 2 }, 'snapshot-newer'],
    ['no version', { ...full, version: undefined }, 'snapshot-invalid'],
    ['no key', { ...full, key: { folder: 'f' } }, 'snapshot-invalid'],
    ['a list', [], 'snapshot-invalid'],
    ['null', null, 'snapshot-invalid'],
  ];
  for (const [name, json, code] of table) test(name, () => check(json, { code }));
});

describe('an entry that cannot be trusted is refused alone', () => {
  const empty = emptySnapshot(key);
  const wrong = 'a field is missing or has the wrong type.';
  const table: readonly (readonly [string, object, readonly string[]])[] = [
    [
      'a cookie for everybody',
      { cookies: [{ name: 'a', value: '1', domain: 'com', path: '/', hostOnly: false }] },
      [
        'The saved cookie a of com was refused: The domain com is a public suffix: the cookie would go to hosts of strangers.',
      ],
    ],
    [
      'a cookie that would inject a header',
      { cookies: [{ name: 'a', value: '1\r\nX: 1', domain: 'h.test', path: '/' }] },
      [
        'The saved cookie a of h.test was refused: The value holds the control character U+000D, which would break the header line.',
      ],
    ],
    [
      'a cookie with an impossible expiry',
      { cookies: [{ name: 'a', value: '1', domain: 'h.test', path: '/', expires: 1e300 }] },
      [`A saved cookie a was refused: ${wrong}`],
    ],
    [
      'a variable without a value',
      { variables: [{ name: 'token' }] },
      [`A saved variable token was refused: ${wrong}`],
    ],
    [
      'a response without hops',
      { recorded: [{ file: 'a.http', id: 'x', at: 1 }] },
      [`A saved recorded response was refused: ${wrong}`],
    ],
    ['a deletion without a time', { deleted: [{ item: 'x' }] }, [`A saved deletion was refused: ${wrong}`]],
    [
      'session headers of another form',
      { defaults: { headers: 'a: 1', params: [] } },
      ['A saved session default was refused: "headers" must be an object of names and values. Correct it there.'],
    ],
    ['lists that are none', { cookies: 'x', variables: {}, recorded: 1, deleted: null }, []],
  ];
  for (const [name, change, warnings] of table) {
    test(name, () => check({ ...empty, ...change }, { snapshot: empty, warnings }));
  }
});

test('an old cookie entry without flags is read as the narrowest cookie', () => {
  const reading = readSnapshot({
    ...emptySnapshot(key),
    cookies: [{ name: 'b', value: '1', domain: 'h.test', path: '/' }],
  });
  assert.deepEqual(reading.ok && reading.snapshot.cookies, [cookieAt(0, { name: 'b' })]);
});
