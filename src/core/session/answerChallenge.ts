import type { Credentials } from '../http/auth/credentials.ts';
import { digestChallenge, type DigestChallenge } from '../http/auth/digestChallenge.ts';
import type { Failure } from '../http/failure.ts';
import { headerValues, type HeaderList } from '../http/headerList.ts';
import type { PreparedRequest } from '../http/transport.ts';

export interface ChallengeScene {
  readonly request: PreparedRequest;
  readonly response: { readonly status: number; readonly headers: HeaderList };
  /** What this hop was authenticated with. */
  readonly used: Credentials | undefined;
  /** 401 responses answered since the last redirect. */
  readonly answered: number;
}

export type ChallengeVerdict =
  | { readonly kind: 'answer'; readonly challenge: DigestChallenge }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Our choice: a server that calls every nonce stale must not keep us busy for ever. */
const mostAnswers = 3;

/**
 * Whether a 401 is answered (SESSION A2): once, and again for a nonce that was only too old. Basic is never chosen where
 * Digest is configured. `undefined`: the response stands as it is.
 */
export function answerChallenge({ request, response, used, answered }: ChallengeScene): ChallengeVerdict | undefined {
  // RFC 9110 11.6.1 lets other responses carry a challenge; only a 401 says that it is needed.
  if (response.status !== 401 || used?.type !== 'digest') return undefined;
  const challenge = digestChallenge(headerValues(response.headers, 'www-authenticate'));
  if (challenge === undefined || answered >= (challenge.stale ? mostAnswers : 1)) return undefined;
  if (request.body?.replayable === false) return { kind: 'failed', failure: notReplayable };
  return { kind: 'answer', challenge };
}

const notReplayable: Failure = {
  code: 'body-not-replayable',
  message: '401 asks for the request again with credentials, but the body is a stream that can be read only once.',
  hint: 'Send the body from a file or as text, or send a request without a body first, so that the nonce is known.',
};
