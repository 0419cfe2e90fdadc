import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { parseChallenges } from '../../src/core/http/auth/challenges.ts';
import { digestResponse } from '../../src/core/http/auth/digest.ts';
import { digestAlgorithm } from '../../src/core/http/auth/digestChallenge.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { type CaseObject, only } from './caseFile.ts';

/** One answer computed from given values. */
export function digestCase(data: CaseObject): Promise<void> {
  const { kind: _, body = '', expectResponse, nc = '00000001', ...given } = data as Readonly<Record<string, string>>;
  only(given, [...texts, 'algorithm', 'qop', 'opaque'], 'case');
  const { username = '', password = '', realm = '', nonce = '', cnonce = '', method = '', uri = '' } = given;
  const algorithm = digestAlgorithm(given['algorithm'] ?? 'MD5');
  assert.ok(algorithm, `algorithm ${given['algorithm']}`);
  const hash = nodeCrypto.startHash(algorithm.hash);
  hash.update(Buffer.from(body));
  const qop = given['qop'] as 'auth' | 'auth-int' | undefined;
  const challenge = { realm: latin1(realm), nonce, qop, opaque: given['opaque'], algorithm: given['algorithm'] };
  const answer = { username, password, cnonce, method, uri, count: Number.parseInt(nc, 16), bodyHash: hash.hex() };
  const rest = { ...algorithm, stale: false, userhash: false, domain: [] };
  assert.equal(digestResponse({ ...answer, challenge: { ...challenge, ...rest } }, nodeCrypto), expectResponse);
  return Promise.resolve();
}

const texts = ['username', 'password', 'realm', 'nonce', 'cnonce', 'method', 'uri'];

/** Texts of a server have one character a byte. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** The directives of an `Authorization: Digest` line, with the response computed once more, in this runner's own words. */
export function checkDigest(
  authorization: string | null,
  expected: Readonly<Record<string, string | null>>,
  request: { readonly method: string; readonly body: Buffer; readonly credentials: Credentials },
): void {
  assert.ok(authorization !== null && authorization.startsWith('Digest '), `Authorization: ${authorization}`);
  const directives = parseChallenges([authorization])[0]?.params ?? new Map<string, string>();
  for (const [name, value] of Object.entries(expected)) {
    assert.equal(directives.get(name.toLowerCase()) ?? null, value, `digest ${name}`);
  }
  assert.equal(directives.get('response'), recomputed(directives, request), 'digest response');
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

function recomputed(
  directives: ReadonlyMap<string, string>,
  { method, body, credentials }: { method: string; body: Buffer; credentials: Credentials },
): string {
  const of = (name: string): string => directives.get(name) ?? '';
  const algorithm = of('algorithm') || 'MD5';
  const name = algorithm
    .replace(/-sess$/i, '')
    .toLowerCase()
    .replace(/^sha-(?=256|512)/, 'sha')
    .replace(/^sha$/, 'sha1');
  const h = (text: string | Buffer): string =>
    createHash(name)
      .update(typeof text === 'string' ? Buffer.from(text, 'latin1') : text)
      .digest('hex');
  const secret = h(`${latin1(credentials.username)}:${of('realm')}:${latin1(credentials.password)}`);
  const a1 = /-sess$/i.test(algorithm) ? h(`${secret}:${of('nonce')}:${of('cnonce')}`) : secret;
  const qop = of('qop');
  const a2 = h(qop === 'auth-int' ? `${method}:${of('uri')}:${h(body)}` : `${method}:${of('uri')}`);
  if (qop === '') return h(`${a1}:${of('nonce')}:${a2}`);
  return h([a1, of('nonce'), of('nc'), of('cnonce'), qop, a2].join(':'));
}
