import { basicAuthorization } from '../http/auth/basic.ts';
import { signForAws } from '../http/auth/awsSignature.ts';
import type { Credentials, DigestCredentials } from '../http/auth/credentials.ts';
import { hashBody, type CryptoPort } from '../http/auth/cryptoPort.ts';
import { digestAuthorization } from '../http/auth/digest.ts';
import type { DigestStates } from '../http/auth/digestStates.ts';
import type { Warning } from '../http/failure.ts';
import { hasHeader, withHeader, type HeaderList } from '../http/headerList.ts';
import type { PreparedRequest } from '../http/transport.ts';
import type { NetrcLookup } from './netrcLookup.ts';
import { isForOrigin, sessionCredentials } from './sessionCredentials.ts';
import type { SendSettings } from './settings.ts';

export interface AuthScene {
  readonly settings: Pick<SendSettings, 'policy' | 'trustEnv' | 'auth'>;
  readonly netrc: NetrcLookup;
  readonly digests: DigestStates;
  readonly crypto: CryptoPort;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface HopAuth {
  /** The header lines with those that authenticate. */
  readonly headers: HeaderList;
  /** What they were made from; `undefined` when a line of the request itself stands, or nothing does. */
  readonly used: Credentials | undefined;
  readonly warnings: readonly Warning[];
}

/** Authenticates one hop. Lines made here are never on the next request, which is judged anew by where it goes. */
export async function hopAuth(request: PreparedRequest, scene: AuthScene): Promise<HopAuth> {
  const { credentials: used, warnings } = await credentialsFor(request, scene);
  const headers = used === undefined ? request.headers : await authorized(request, used, scene);
  return { headers, used, warnings };
}

/** SESSION 0a.7, for the URL of this hop: the request's own, its line, those of the session or a mount, netrc, userinfo. */
async function credentialsFor(
  { url, headers, auth = {} }: PreparedRequest,
  { settings, netrc }: AuthScene,
): Promise<{ readonly credentials: Credentials | undefined; readonly warnings: readonly Warning[] }> {
  const { own, session, userinfo } = auth;
  const { hostname } = new URL(url);
  if (own !== undefined) return { credentials: own, warnings: [] };
  if (hasHeader(headers, 'authorization')) return { credentials: undefined, warnings: [] };
  const isNone = settings.auth?.type === 'none';
  const ofSession =
    session !== undefined && isForOrigin(session.origin, url) ? session.credentials : mounted(url, settings);
  if (ofSession !== undefined && !isNone) return { credentials: ofSession, warnings: [] };
  if (isNone || !settings.trustEnv || auth.withoutNetrc === true) return { credentials: userinfo, warnings: [] };
  const { credentials = userinfo, warnings } = await netrc(hostname);
  return { credentials, warnings };
}

/** A later hop may be where another mount holds: its credentials are bound, so they are not those that were dropped. */
function mounted(url: string, { auth }: Pick<SendSettings, 'auth'>): Credentials | undefined {
  return auth?.origin !== undefined && isForOrigin(auth.origin, url) ? sessionCredentials(auth) : undefined;
}

async function authorized(request: PreparedRequest, used: Credentials, scene: AuthScene): Promise<HeaderList> {
  switch (used.type) {
    case 'basic': {
      const charset = scene.settings.policy === 'requests' ? 'latin1' : 'utf-8';
      return withHeader(request.headers, 'Authorization', basicAuthorization(used.username, used.password, charset));
    }
    case 'bearer':
      return withHeader(request.headers, 'Authorization', `Bearer ${used.token}`);
    case 'digest':
      return withDigest(request, used, scene);
    case 'aws': {
      const { replayable = true } = request.body ?? {};
      // A body that can be read once cannot be hashed before it is sent; S3 accepts it unsigned.
      const payloadHash = replayable ? await hashBody(request.body, 'sha256', scene.crypto) : 'UNSIGNED-PAYLOAD';
      return signForAws({ ...request, payloadHash, now: scene.now }, used, scene.crypto);
    }
  }
}

/** Without a nonce of this origin nothing is sent: the server says first what it wants (RFC 7616 3.6). */
async function withDigest(
  request: PreparedRequest,
  { username, password }: DigestCredentials,
  { digests, crypto }: AuthScene,
): Promise<HeaderList> {
  const { method, url, headers, body } = request;
  if (body?.replayable === false && digests.needsBody(url, username)) return headers;
  const turn = digests.take(url, username);
  if (turn === undefined) return headers;
  const { qop, hash } = turn.challenge;
  const bodyHash = qop === 'auth-int' ? { bodyHash: await hashBody(body, hash, crypto) } : {};
  const answer = { ...turn, ...bodyHash, username, password, method, uri: targetOf(request) };
  return withHeader(headers, 'Authorization', digestAuthorization(answer, crypto));
}

/** The target in origin form, as the transport sends it (RFC 9112 3.2.1); `auth` must name the same (RFC 7616 3.4). */
function targetOf({ url, rawTarget }: PreparedRequest): string {
  const { pathname, search } = new URL(url);
  return rawTarget ?? pathname + search;
}
