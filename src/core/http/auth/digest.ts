import type { CryptoPort, HashAlgorithm } from './cryptoPort.ts';
import type { DigestChallenge } from './digestChallenge.ts';

/** One answer to a Digest challenge. */
export interface DigestAnswer {
  readonly username: string;
  readonly password: string;
  readonly challenge: DigestChallenge;
  readonly method: string;
  /** The request target as it is sent. */
  readonly uri: string;
  readonly cnonce: string;
  /** Requests made with this nonce, this one included. */
  readonly count: number;
  /** Hash of the body in hexadecimal digits, by the challenge's algorithm; asked for by `auth-int` alone. */
  readonly bodyHash?: string;
}

/** The value of the Authorization line (RFC 7616 3.4): quoted where the RFC has quotes, and nowhere else. */
export function digestAuthorization(answer: DigestAnswer, crypto: CryptoPort): string {
  const { challenge, uri, cnonce } = answer;
  const { qop, algorithm, opaque } = challenge;
  const usesCnonce = qop !== undefined || challenge.isSession;
  return `Digest ${[
    ...userDirectives(answer, crypto),
    `realm="${quoted(challenge.realm)}"`,
    `nonce="${quoted(challenge.nonce)}"`,
    `uri="${quoted(uri)}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${ncOf(answer)}`]),
    ...(usesCnonce ? [`cnonce="${cnonce}"`] : []),
    `response="${digestResponse(answer, crypto)}"`,
    ...(opaque === undefined ? [] : [`opaque="${quoted(opaque)}"`]),
  ].join(', ')}`;
}

/** The `response` directive (RFC 7616 3.4.1 to 3.4.3). */
export function digestResponse(answer: DigestAnswer, crypto: CryptoPort): string {
  const { challenge, method, uri, cnonce, bodyHash = '' } = answer;
  const { qop, nonce, hash } = challenge;
  const h = (...parts: string[]) => hexHash(parts.join(':'), hash, crypto);
  const user = h(utf8(answer.username), challenge.realm, utf8(answer.password));
  const a1 = challenge.isSession ? h(user, nonce, cnonce) : user;
  const a2 = qop === 'auth-int' ? h(method, uri, bodyHash) : h(method, uri);
  return qop === undefined ? h(a1, nonce, a2) : h(a1, nonce, ncOf(answer), cnonce, qop, a2);
}

/** RFC 7616 3.4: hashed when the server asks for it, extended when the name is not plain ASCII, else quoted. */
function userDirectives({ username, challenge }: DigestAnswer, crypto: CryptoPort): readonly string[] {
  if (challenge.userhash) {
    const hashed = hexHash(`${utf8(username)}:${challenge.realm}`, challenge.hash, crypto);
    return [`username="${hashed}"`, 'userhash=true'];
  }
  if (/^[ -~]*$/.test(username)) return [`username="${quoted(username)}"`];
  const escaped = encodeURIComponent(username.toWellFormed()).replace(/[*'()]/g, percentEncoded);
  return [`username*=UTF-8''${escaped}`];
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function ncOf({ count }: DigestAnswer): string {
  return count.toString(16).padStart(8, '0');
}

function quoted(text: string): string {
  return text.replace(/["\\]/g, String.raw`\$&`);
}

/** Text of ours as the bytes that are hashed, one character each: texts of the server are bytes already. */
function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function hexHash(bytes: string, algorithm: HashAlgorithm, crypto: CryptoPort): string {
  const hash = crypto.startHash(algorithm);
  hash.update(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  return hash.hex();
}
