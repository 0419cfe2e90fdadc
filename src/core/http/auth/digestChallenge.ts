import { type Challenge, parseChallenges } from './challenges.ts';
import type { HashAlgorithm } from './cryptoPort.ts';

/** A Digest challenge that can be answered (RFC 7616 3.3). Texts of the server have one character a byte. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** As the server spells it; `undefined` when it names none, which means MD5. */
  readonly algorithm: string | undefined;
  readonly hash: HashAlgorithm;
  /** A `-sess` algorithm: the nonces go into the secret. */
  readonly isSession: boolean;
  /** `undefined`: the older form without a client nonce (RFC 2069). */
  readonly qop: 'auth' | 'auth-int' | undefined;
  /** The nonce was too old, the credentials may be right. */
  readonly stale: boolean;
  /** The user name is to be hashed. */
  readonly userhash: boolean;
  /** URIs that it holds for; empty: the whole origin. */
  readonly domain: readonly string[];
}

/** From strong to weak; SHA and SHA-512 are no part of RFC 7616, but requests and servers know them. */
const algorithms: readonly (readonly [name: string, hash: HashAlgorithm])[] = [
  ['sha-512-256', 'sha512-256'],
  ['sha-512', 'sha512'],
  ['sha-256', 'sha256'],
  ['sha', 'sha1'],
  ['md5', 'md5'],
];

/** The strongest Digest challenge that can be answered; of equals the first one, which the server prefers. */
export function digestChallenge(lines: readonly string[]): DigestChallenge | undefined {
  const known = parseChallenges(lines).flatMap((challenge) => answerable(challenge) ?? []);
  return known.toSorted((a, b) => strength(a) - strength(b))[0];
}

/** The hash of an algorithm's name, and whether it is a `-sess` one; `undefined` for a name that is not known. */
export function digestAlgorithm(
  name: string,
): { readonly hash: HashAlgorithm; readonly isSession: boolean } | undefined {
  const [, base = '', session] = /^(.*?)(-sess)?$/i.exec(name) ?? [];
  const hash = algorithms.find(([known]) => known === base.toLowerCase())?.[1];
  return hash && { hash, isSession: session !== undefined };
}

function answerable({ scheme, params }: Challenge): DigestChallenge | undefined {
  const nonce = params.get('nonce');
  if (scheme !== 'digest' || nonce === undefined) return undefined;
  const algorithm = params.get('algorithm');
  const known = digestAlgorithm(algorithm ?? 'MD5');
  const qop = chosenQop(params.get('qop'));
  if (known === undefined || qop === null) return undefined;
  return {
    realm: params.get('realm') ?? '',
    nonce,
    opaque: params.get('opaque'),
    algorithm,
    ...known,
    qop,
    stale: params.get('stale')?.toLowerCase() === 'true',
    userhash: params.get('userhash')?.toLowerCase() === 'true',
    domain: (params.get('domain') ?? '').split(/\s+/).filter(Boolean),
  };
}

/** `auth` before `auth-int`, which costs reading the body; `null` when neither is offered. */
function chosenQop(offered: string | undefined): DigestChallenge['qop'] | null {
  const names = (offered ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (names.includes('auth')) return 'auth';
  if (names.includes('auth-int')) return 'auth-int';
  return names.every((name) => name === '') ? undefined : null;
}

function strength({ hash }: DigestChallenge): number {
  return algorithms.findIndex(([, known]) => known === hash);
}
