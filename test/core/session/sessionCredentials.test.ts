import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDefaults } from '../../../src/core/session/readDefaults.ts';
import { sessionCredentials } from '../../../src/core/session/sessionCredentials.ts';

const aws = { type: 'aws', accessKeyId: 'id', secretKey: 'key' };

for (const [written, expected] of [
  ['basic u p', { type: 'basic', username: 'u', password: 'p' }],
  ['digest u:p q', { type: 'digest', username: 'u', password: 'p q' }],
  ['bearer T', { type: 'bearer', token: 'T' }],
  ['aws id key', aws],
  ['aws id key region:eu-west-1 token:t', { ...aws, sessionToken: 't', region: 'eu-west-1' }],
  [
    { type: 'aws', username: 'id', password: 'key', service: 'sqs' },
    { ...aws, service: 'sqs' },
  ],
  [
    { type: 'digest', username: 'u' },
    { type: 'digest', username: 'u', password: '' },
  ],
  ['none', undefined],
  [{ type: 'none' }, undefined],
] as const) {
  test(JSON.stringify(written), () => {
    const { auth } = readDefaults({ auth: written }).defaults;
    assert.ok(auth);
    assert.deepEqual(sessionCredentials(auth), expected);
  });
}
