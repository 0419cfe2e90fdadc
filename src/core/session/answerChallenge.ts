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

export interface ProxyChallengeScene {
  /** The answer of the proxy. */
  readonly headers: HeaderList;
  /** Whether the URL of the proxy names a user; what else was sent as proof is the user's own. */
  readonly hasUser: boolean;
  /** 407 responses answered since the last redirect. */
  readonly answered: number;
  /** False: the body was sent to the proxy and can be read only once. */
  readonly replayable: boolean;
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
  const challenge = openChallenge(response.headers, 'www-authenticate', answered);
  if (challenge === undefined) return undefined;
  if (request.body?.replayable === false) return { kind: 'failed', failure: notReplayable(401) };
  return { kind: 'answer', challenge };
}

/** Whether a 407 of the proxy is answered, by the same rules. Where it offers Digest, that is the answer: Basic was sent before, if any. */
export function answerProxyChallenge(scene: ProxyChallengeScene): ChallengeVerdict | undefined {
  const { headers, hasUser, answered, replayable } = scene;
  const challenge = hasUser ? openChallenge(headers, 'proxy-authenticate', answered) : undefined;
  // Our choice: no proxy asks for a hash of the body, which would have to be read before it is sent.
  if (challenge === undefined || challenge.qop === 'auth-int') return undefined;
  return replayable ? { kind: 'answer', challenge } : { kind: 'failed', failure: notReplayable(407) };
}

/** The challenge of a response, unless it was answered often enough. */
function openChallenge(headers: HeaderList, name: string, answered: number): DigestChallenge | undefined {
  const challenge = digestChallenge(headerValues(headers, name));
  return challenge !== undefined && answered < (challenge.stale ? mostAnswers : 1) ? challenge : undefined;
}

function notReplayable(status: 401 | 407): Failure {
  return {
    code: 'body-not-replayable',
    message: `${status} asks for the request again with credentials, but the body is a stream that can be read only once.`,
    hint: 'Send the body from a file or as text, or send a request without a body first, so that the nonce is known.',
  };
}
