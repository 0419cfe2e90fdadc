import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basicAuthorization } from '../../../src/core/http/auth/basic.ts';
import { authorizationForm } from '../../../src/core/prepare/authorization.ts';

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
  ['Digest user pass', { type: 'digest', username: 'user', password: 'pass' }],
  ['Digest user:a b', { type: 'digest', username: 'user', password: 'a b' }],
  ['Digest username="u", response="r"', 'Digest username="u", response="r"'],
  ['Digest alone', 'Digest alone'],
  ['AWS id key', { type: 'aws', accessKeyId: 'id', secretKey: 'key' }],
  [
    'AWS id key token:t region:eu-west-1 service:sqs',
    { type: 'aws', accessKeyId: 'id', secretKey: 'key', sessionToken: 't', region: 'eu-west-1', service: 'sqs' },
  ],
  ['AWS id:signature', 'AWS id:signature'],
  ['AWS id key other:x', 'AWS id key other:x'],
  ['eyJhbGciOi.eyJzdWIi.x', 'eyJhbGciOi.eyJzdWIi.x'],
] as const) {
  test(written, () => assert.deepEqual(authorizationForm(written, 'utf-8'), expected));
}

test('Latin-1 where it is asked for and possible', () => {
  assert.equal(basicAuthorization('é', 'x', 'latin1'), 'Basic 6Tp4');
  assert.equal(basicAuthorization('č', 'x', 'latin1'), basicAuthorization('č', 'x', 'utf-8'));
});
