import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateSettings } from '../../../src/core/session/certificateSettings.ts';

function check(title: string, settings: readonly unknown[], expected: readonly unknown[]): void {
  test(title, () => assert.deepEqual(certificateSettings(...settings), expected));
}

check(
  'PEM with its key',
  [{ 'a.test:8443': { cert: 'a.pem', key: 'a.key' } }],
  [{ file: 'a.pem', key: 'a.key', origins: ['a.test:8443'] }],
);
check(
  'PFX with its passphrase',
  [{ 'a.test': { pfx: 'a.pfx', passphrase: 'p' } }],
  [{ file: 'a.pfx', passphrase: 'p', origins: ['a.test'] }],
);
check(
  'PFX has its key in it',
  [{ 'a.test': { pfx: 'a.pfx', key: 'a.key' } }],
  [{ file: 'a.pfx', origins: ['a.test'] }],
);
check(
  'the first of several settings comes first',
  [{ 'a.test': { cert: '1' } }, { 'a.test': { cert: '2' } }],
  [
    { file: '1', origins: ['a.test'] },
    { file: '2', origins: ['a.test'] },
  ],
);
check('what names no file is left out', [{ a: {}, b: 'b.pem', c: { cert: 7 }, d: { cert: '' } }, undefined, []], []);
