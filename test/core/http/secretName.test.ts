import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksSecret } from '../../../src/core/http/secretName.ts';

const secret = [
  'X-Api-Key',
  'api_key',
  'ApiKey',
  'X-Auth-Token',
  'X-CSRF-Token',
  'accessToken',
  'Authorization',
  'X-Session',
  'Ocp-Apim-Subscription-Key',
];
const plain = ['Accept', 'Idempotency-Key', 'X-Request-Id', 'Author', 'X-Tokenizer', 'Keep-Alive', 'Sec-Fetch-Site'];

for (const name of secret) test(`looksSecret ${name}`, () => assert.equal(looksSecret(name), true));
for (const name of plain) test(`not looksSecret ${name}`, () => assert.equal(looksSecret(name), false));
