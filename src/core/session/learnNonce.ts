import { parseAuthParams } from '../http/auth/challenges.ts';
import type { Credentials } from '../http/auth/credentials.ts';
import type { DigestStates } from '../http/auth/digestStates.ts';
import { firstHeader } from '../http/headerList.ts';
import type { WireResponse } from '../http/transport.ts';
import type { NextStep } from './decideNext.ts';

export interface Learned {
  readonly next: NextStep;
  readonly response: WireResponse | undefined;
  readonly digests: DigestStates;
}

/** The nonce of a challenge that will be answered, or the one that the server wants next (RFC 7616 3.5). */
export function learnNonce(url: string, used: Credentials | undefined, { next, response, digests }: Learned): void {
  if (used?.type !== 'digest') return;
  if (next.challenge !== undefined) return digests.remember(url, used.username, next.challenge);
  const nonce = parseAuthParams(firstHeader(response?.headers ?? [], 'authentication-info') ?? '').get('nextnonce');
  if (nonce !== undefined) digests.renew(url, used.username, nonce);
}
