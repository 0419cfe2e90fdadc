import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizationValue, basicAuthorization } from '../../../src/core/prepare/authorization.ts';

for (const [written, expected] of [
  ['Basic user:pass', 'Basic dXNlcjpwYXNz'],
  ['Basic user pass', 'Basic dXNlcjpwYXNz'],
  ['basic   user   pass', 'basic dXNlcjpwYXNz'],
  ['Basic user:', 'Basic dXNlcjo='],
  ['Basic user:a:b c', 'Basic dXNlcjphOmIgYw=='],
  ['Basic müller:čau', 'Basic bcO8bGxlcjrEjWF1'],
  ['Basic dXNlcjpwYXNz', 'Basic dXNlcjpwYXNz'],
  ['Basic dXNlcjo=', 'Basic dXNlcjo='],
  ['Basic alone', 'Basic alone'],
  ['Basic', 'Basic'],
  ['Bearer', 'Bearer'],
  ['Bearer T', 'Bearer T'],
  ['Digest user pass', 'Digest user pass'],
  ['eyJhbGciOi.eyJzdWIi.x', 'eyJhbGciOi.eyJzdWIi.x'],
] as const) {
  test(`${written} → ${expected}`, () => assert.equal(authorizationValue(written, 'utf-8'), expected));
}

test('Latin-1 where it is asked for and possible', () => {
  assert.equal(basicAuthorization('é', 'x', 'latin1'), 'Basic 6Tp4');
  assert.equal(basicAuthorization('č', 'x', 'latin1'), basicAuthorization('č', 'x', 'utf-8'));
});
