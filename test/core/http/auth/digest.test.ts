import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { digestAuthorization, digestResponse } from '../../../../src/core/http/auth/digest.ts';
import { digestChallenge } from '../../../../src/core/http/auth/digestChallenge.ts';
import { nodeCrypto } from '../../../../src/node/hash.ts';

const rfc7616 =
  'realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop="auth, auth-int"';
const answer = {
  username: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  count: 1,
};

function challengeOf(params: string) {
  const challenge = digestChallenge([`Digest ${params}`]);
  assert.ok(challenge);
  return challenge;
}

describe('the response directive', () => {
  for (const [title, params, changes, expected] of [
    ['RFC 7616 3.9.1 with MD5', `${rfc7616}, algorithm=MD5`, {}, '8ca523f5e9506fed4657c9700eebdbec'],
    [
      'RFC 7616 3.9.1 with SHA-256',
      `${rfc7616}, algorithm=SHA-256`,
      {},
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    ],
    [
      'RFC 2617 3.5',
      'realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", qop="auth"',
      { password: 'Circle Of Life', cnonce: '0a4f113b' },
      '6629fae49393a05397450978507c4ef1',
    ],
    [
      'without qop (RFC 2069)',
      'realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
      { password: 'CircleOfLife' },
      '1949323746fe6a43ef61f9606e7febea',
    ],
  ] as const) {
    test(title, () => {
      const challenge = challengeOf(params);
      assert.equal(digestResponse({ ...answer, ...changes, challenge }, nodeCrypto), expected);
    });
  }
});

describe('the Authorization line', () => {
  test('has quotes where RFC 7616 3.4 has them', () => {
    const challenge = challengeOf(`${rfc7616}, algorithm=SHA-256`);
    assert.equal(
      digestAuthorization({ ...answer, challenge }, nodeCrypto),
      'Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
        'uri="/dir/index.html", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", ' +
        'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", ' +
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    );
  });

  for (const [title, username, params, expected] of [
    ['a quote in the name', 'a"b', 'nonce="n", realm="r"', String.raw`username="a\"b"`],
    [
      'a name that is not ASCII',
      "Jäsøn (d'oh)",
      'nonce="n", realm="r"',
      "username*=UTF-8''J%C3%A4s%C3%B8n%20%28d%27oh%29",
    ],
    [
      'a name that the server wants hashed',
      'Mufasa',
      'nonce="n", realm="r", userhash=true, algorithm=MD5',
      'username="f22c6a3b9a5760c7952710252a94d0f4", userhash=true',
    ],
  ] as const) {
    test(title, () => {
      const value = digestAuthorization({ ...answer, username, challenge: challengeOf(params) }, nodeCrypto);
      assert.ok(value.startsWith(`Digest ${expected}, realm=`), value);
    });
  }

  for (const [title, params, directives] of [
    ['nothing but the old ones without qop', 'nonce="n", realm="r"', ['username', 'realm', 'nonce', 'uri', 'response']],
    [
      'a client nonce for a -sess algorithm without qop',
      'nonce="n", realm="r", algorithm=MD5-sess',
      ['username', 'realm', 'nonce', 'uri', 'algorithm', 'cnonce', 'response'],
    ],
  ] as const) {
    test(title, () => {
      const value = digestAuthorization({ ...answer, challenge: challengeOf(params) }, nodeCrypto);
      assert.deepEqual(
        [...value.matchAll(/(\w+)=/g)].map(([, name]) => name),
        directives,
      );
    });
  }
});
