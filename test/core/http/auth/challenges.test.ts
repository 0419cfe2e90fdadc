import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAuthParams, parseChallenges } from '../../../../src/core/http/auth/challenges.ts';
import { digestChallenge } from '../../../../src/core/http/auth/digestChallenge.ts';

describe('challenges of WWW-Authenticate lines', () => {
  for (const [lines, expected] of [
    [[], []],
    [[''], []],
    [['Basic realm="r"'], ['basic realm=r']],
    [['Basic'], ['basic']],
    [['Basic, Negotiate'], ['basic', 'negotiate']],
    [['Negotiate YWJj=='], ['negotiate']],
    [['Negotiate YWJj==, Basic realm=x'], ['negotiate', 'basic realm=x']],
    [['Digest realm="a, b", nonce="n", Basic realm="c"'], ['digest realm=a, b nonce=n', 'basic realm=c']],
    [['Digest REALM = "r" ,, nonce=n'], ['digest realm=r nonce=n']],
    [[String.raw`Digest realm="a\"b\\c"`], [String.raw`digest realm=a"b\c`]],
    [
      ['Digest realm="r"', 'Basic realm="s"'],
      ['digest realm=r', 'basic realm=s'],
    ],
    [['Digest realm="open'], ['digest']],
    [['Digest realm="r", "lost", nonce=n'], ['digest realm=r']],
  ] as const) {
    test(JSON.stringify(lines), () => {
      const found = parseChallenges(lines).map(({ scheme, params }) =>
        [scheme, ...[...params].map(([name, value]) => `${name}=${value}`)].join(' '),
      );
      assert.deepEqual(found, expected);
    });
  }

  test('parameters without a scheme', () => {
    assert.deepEqual(
      [...parseAuthParams('nextnonce="n2", qop=auth, nc=00000001')],
      [
        ['nextnonce', 'n2'],
        ['qop', 'auth'],
        ['nc', '00000001'],
      ],
    );
  });
});

describe('the Digest challenge that is answered', () => {
  for (const [lines, expected] of [
    [['Basic realm="r"'], undefined],
    [['Digest realm="r"'], undefined],
    [['Digest realm="r", nonce="n"'], 'md5 -'],
    [['Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"'], 'md5 auth sess'],
    [['Digest nonce="n", algorithm="SHA-512-256", qop="auth-int"'], 'sha512-256 auth-int'],
    [['Digest nonce="n", algorithm=SHA, qop=auth'], 'sha1 auth'],
    [['Digest nonce="n", algorithm=SHA-512-sess, qop=auth'], 'sha512 auth sess'],
    [['Digest nonce="n", qop="auth-int, auth"'], 'md5 auth'],
    [['Digest nonce="n", qop=auth'], 'md5 auth'],
    [['Digest nonce="n", qop="other"'], undefined],
    [['Digest nonce="n", algorithm=WHIRLPOOL'], undefined],
    [['Digest nonce="n", algorithm=WHIRLPOOL', 'Digest nonce="m"'], 'md5 -'],
    [['Digest nonce="n", algorithm=MD5, Digest nonce="m", algorithm=SHA-256'], 'sha256 -'],
    [['Digest nonce="n", algorithm=SHA-256, Digest nonce="m", algorithm=SHA-512-256'], 'sha512-256 -'],
  ] as const) {
    test(JSON.stringify(lines), () => {
      const found = digestChallenge(lines);
      const words = found && [found.hash, found.qop ?? '-', ...(found.isSession ? ['sess'] : [])].join(' ');
      assert.equal(words, expected);
    });
  }
});
