import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOfHost, signForAws } from '../../../../src/core/http/auth/awsSignature.ts';
import type { AwsCredentials } from '../../../../src/core/http/auth/credentials.ts';
import type { HeaderList } from '../../../../src/core/http/headerList.ts';
import { firstHeader } from '../../../../src/core/http/headerList.ts';
import { nodeCrypto } from '../../../../src/node/hash.ts';

const suite: AwsCredentials = {
  type: 'aws',
  accessKeyId: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
};
const s3: AwsCredentials = {
  type: 'aws',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const { service: _, ...iam } = suite;
const form: HeaderList = [['Content-Type', 'application/x-www-form-urlencoded']];

function check(
  title: string,
  given: { credentials: AwsCredentials; at: string; method?: string; url: string; headers?: HeaderList; body?: string },
  expected: { signed: string; signature: string },
): void {
  test(title, () => {
    const { credentials, at, method = 'GET', url, headers = [], body = '' } = given;
    const hash = nodeCrypto.startHash('sha256');
    hash.update(new TextEncoder().encode(body));
    const request = { method, url, headers, payloadHash: hash.hex(), now: Date.parse(at) };
    const value = firstHeader(signForAws(request, credentials, nodeCrypto), 'authorization') ?? '';
    assert.match(value, new RegExp(`SignedHeaders=${expected.signed}, Signature=${expected.signature}$`));
  });
}

// The published test suite of Signature Version 4.
const at = '2015-08-30T12:36:00Z';
check(
  'get-vanilla',
  { credentials: suite, at, url: 'https://example.amazonaws.com/' },
  { signed: 'host;x-amz-date', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
);
check(
  'get-vanilla-query-order-key-case',
  { credentials: suite, at, url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1' },
  { signed: 'host;x-amz-date', signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500' },
);
check(
  'post-vanilla',
  { credentials: suite, at, method: 'POST', url: 'https://example.amazonaws.com/' },
  { signed: 'host;x-amz-date', signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b' },
);
check(
  'post-x-www-form-urlencoded',
  {
    credentials: suite,
    at,
    method: 'POST',
    url: 'https://example.amazonaws.com/',
    headers: form,
    body: 'Param1=value1',
  },
  {
    signed: 'content-type;host;x-amz-date',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
);
// The examples of AWS's general reference and of its S3 reference.
check(
  'IAM ListUsers, with the service read from the host',
  {
    credentials: iam,
    at,
    url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
    headers: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
  },
  {
    signed: 'content-type;host;x-amz-date',
    signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  },
);
check(
  'S3 bucket lifecycle, with service and region read from the host',
  { credentials: s3, at: '2013-05-24T00:00:00Z', url: 'https://examplebucket.s3.amazonaws.com/?lifecycle' },
  {
    signed: 'host;x-amz-content-sha256;x-amz-date',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
);
check(
  'S3 list objects',
  { credentials: s3, at: '2013-05-24T00:00:00Z', url: 'https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J' },
  {
    signed: 'host;x-amz-content-sha256;x-amz-date',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
);

test('a session token is sent and signed', () => {
  const request = { method: 'GET', url: 'https://sqs.eu-west-1.amazonaws.com/', headers: [], payloadHash: '', now: 0 };
  const headers = signForAws(request, { ...iam, sessionToken: 'TOKEN' }, nodeCrypto);
  assert.equal(firstHeader(headers, 'x-amz-security-token'), 'TOKEN');
  assert.match(firstHeader(headers, 'authorization') ?? '', /SignedHeaders=host;x-amz-date;x-amz-security-token,/);
});

for (const [host, service, region] of [
  ['iam.amazonaws.com', 'iam', 'us-east-1'],
  ['sqs.eu-west-1.amazonaws.com', 'sqs', 'eu-west-1'],
  ['abc.execute-api.eu-central-1.amazonaws.com', 'execute-api', 'eu-central-1'],
  ['bucket.s3.amazonaws.com', 's3', 'us-east-1'],
  ['bucket.s3.eu-west-1.amazonaws.com', 's3', 'eu-west-1'],
  ['s3-eu-west-1.amazonaws.com', 's3', 'eu-west-1'],
  ['search-x.us-east-1.es.amazonaws.com', 'es', 'us-east-1'],
  ['sns.cn-north-1.amazonaws.com.cn', 'sns', 'cn-north-1'],
  ['localhost', 'localhost', 'us-east-1'],
] as const) {
  test(`${host} is ${service} in ${region}`, () => assert.deepEqual(placeOfHost(host), { service, region }));
}
