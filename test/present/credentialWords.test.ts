import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Credentials, RequestAuth } from '../../src/core/http/auth/credentials.ts';
import type { HeaderList } from '../../src/core/http/headerList.ts';
import { hopAsCurl } from '../../src/present/curl.ts';
import { hopAsHttp } from '../../src/present/httpBlock.ts';
import { createMask, noMask } from '../../src/present/mask.ts';
import { hopFixture, requestFixture } from './exchangeFixture.ts';

const digest: Credentials = { type: 'digest', username: 'u', password: 'p w' };
const aws: Credentials = { type: 'aws', accessKeyId: 'id', secretKey: 'key', region: 'eu-west-1', service: 'sqs' };
const sentDigest: HeaderList = [['Authorization', 'Digest username="u", response="r"']];
const sentAws: HeaderList = [
  ['X-Amz-Date', '20260101T000000Z'],
  ['Authorization', 'AWS4-HMAC-SHA256 Credential=id/…'],
];

function hopOf(auth: RequestAuth, sentHeaders: HeaderList = []) {
  return hopFixture({ request: { ...requestFixture('GET', 'http://a.test/x'), auth }, sentHeaders });
}

describe('as a curl command', () => {
  for (const [title, auth, sent, expected] of [
    ['Digest, made anew', { own: digest }, sentDigest, "--digest \\\n  --user 'u:p w'"],
    [
      'Digest of the session, before its challenge',
      { session: { credentials: digest } },
      [],
      "--digest \\\n  --user 'u:p w'",
    ],
    ['AWS, made anew', { own: aws }, sentAws, '--aws-sigv4 aws:amz:eu-west-1:sqs \\\n  --user id:key'],
    [
      'a line of the request comes before the session',
      { session: { credentials: digest } },
      [['Authorization', 'Bearer T']],
      "-H 'Authorization: Bearer T'",
    ],
    [
      'a session of another origin says nothing',
      { session: { credentials: digest, origin: 'http://b.test' } },
      [['X-A', '1']],
      "-H 'X-A: 1'",
    ],
  ] as const satisfies readonly (readonly [string, RequestAuth, HeaderList, string])[]) {
    test(title, () => {
      const command = hopAsCurl(hopOf(auth, sent), noMask);
      assert.equal(command, `curl http://a.test/x \\\n  ${expected} \\\n  -H Accept: \\\n  -H User-Agent:`);
    });
  }

  test('without the password where secrets are masked', () => {
    assert.match(hopAsCurl(hopOf({ own: digest }), createMask([])), /--user 'u:\*\*\*'/);
  });
});

describe('as a block', () => {
  for (const [title, auth, expected] of [
    ['Digest', { own: digest }, 'Authorization: Digest u:p w'],
    ['AWS', { own: aws }, 'Authorization: AWS id key region:eu-west-1 service:sqs'],
    ['the URL', { userinfo: { type: 'basic', username: 'u', password: 'p' } }, 'Authorization: Basic dTpw'],
    ['the session brings its own', { session: { credentials: digest } }, undefined],
  ] as const satisfies readonly (readonly [string, RequestAuth, string | undefined])[]) {
    test(title, () => assert.equal(/^Authorization: .*$/m.exec(hopAsHttp(hopOf(auth)))?.[0], expected));
  }

  test('without the password where secrets are masked', () => {
    assert.match(hopAsHttp(hopOf({ own: digest }), { mask: createMask([]) }), /^Authorization: Digest \*\*\*$/m);
  });
});
