import { basicAuthorization } from '../http/auth/basic.ts';
import { signForAws } from '../http/auth/awsSignature.ts';
import type { BasicCredentials, BearerCredentials, Credentials, DigestCredentials } from '../http/auth/credentials.ts';
import { hashBody, type CryptoPort, type HashAlgorithm } from '../http/auth/cryptoPort.ts';
import { digestAuthorization } from '../http/auth/digest.ts';
import type { DigestStates } from '../http/auth/digestStates.ts';
import type { Warning } from '../http/failure.ts';
import { hasHeader, withHeader, type HeaderList } from '../http/headerList.ts';
import { parsedUrl } from '../http/parsedUrl.ts';
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

/** The Authorization line of a first hop as far as it is known before: Digest waits for a challenge, AWS for the time, netrc is not read. */
export function foreseenHeaders(request: PreparedRequest, settings: AuthScene['settings']): HeaderList {
  const { credentials } = withoutReading(request, settings);
  if (credentials?.type !== 'basic' && credentials?.type !== 'bearer') return request.headers;
  return withHeader(request.headers, 'Authorization', plainValue(credentials, settings));
}

/** SESSION 0a.7, for the URL of this hop: the request's own, its line, those of the session or a mount, netrc, userinfo. */
async function credentialsFor(
  request: PreparedRequest,
  { settings, netrc }: AuthScene,
): Promise<{ readonly credentials: Credentials | undefined; readonly warnings: readonly Warning[] }> {
  const { credentials, mayAskNetrc } = withoutReading(request, settings);
  if (!mayAskNetrc) return { credentials, warnings: [] };
  const found = await netrc(parsedUrl(request.url).hostname, request.auth?.netrc === 'named');
  return { credentials: found.credentials ?? credentials, warnings: found.warnings };
}

/** The credentials of this hop, as long as netrc has none that come before those of the URL. */
function withoutReading(
  { url, headers, auth = {} }: PreparedRequest,
  settings: AuthScene['settings'],
): { readonly credentials: Credentials | undefined; readonly mayAskNetrc: boolean } {
  const { own, session, userinfo } = auth;
  if (own !== undefined) return { credentials: own, mayAskNetrc: false };
  if (hasHeader(headers, 'authorization')) return { credentials: undefined, mayAskNetrc: false };
  if (auth.none === true || settings.auth?.type === 'none') return { credentials: userinfo, mayAskNetrc: false };
  const isHere = session !== undefined && isForOrigin(session.origin, url);
  const ofSession = isHere ? session.credentials : mounted(url, settings);
  if (ofSession !== undefined) return { credentials: ofSession, mayAskNetrc: false };
  return { credentials: userinfo, mayAskNetrc: settings.trustEnv && auth.netrc !== 'off' };
}

/** A later hop may be where another mount holds: its credentials are bound, so they are not those that were dropped. */
function mounted(url: string, { auth }: Pick<SendSettings, 'auth'>): Credentials | undefined {
  return auth?.origin !== undefined && isForOrigin(auth.origin, url) ? sessionCredentials(auth) : undefined;
}

async function authorized(request: PreparedRequest, used: Credentials, scene: AuthScene): Promise<HeaderList> {
  switch (used.type) {
    case 'basic':
    case 'bearer':
      return withHeader(request.headers, 'Authorization', plainValue(used, scene.settings));
    case 'digest':
      return withDigest(request, used, scene);
    case 'aws': {
      // What cannot be read before it is sent goes unsigned, which S3 accepts.
      const payloadHash = (await bodyHash(request, 'sha256', scene.crypto)) ?? 'UNSIGNED-PAYLOAD';
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
  const { method, url, headers } = request;
  const turn = digests.take(url, username);
  if (turn === undefined) return headers;
  const { qop, hash } = turn.challenge;
  const hashed = qop === 'auth-int' ? await bodyHash(request, hash, crypto) : '';
  if (hashed === undefined) return headers;
  const answer = { ...turn, bodyHash: hashed, username, password, method, uri: targetOf(request) };
  return withHeader(headers, 'Authorization', digestAuthorization(answer, crypto));
}

function plainValue(
  credentials: BasicCredentials | BearerCredentials,
  { policy }: Pick<SendSettings, 'policy'>,
): string {
  if (credentials.type === 'bearer') return `Bearer ${credentials.token}`;
  return basicAuthorization(credentials.username, credentials.password, policy === 'requests' ? 'latin1' : 'utf-8');
}

/** `undefined`: it can be read only once, or not at all; then the transport says so when it tries. */
async function bodyHash(
  { body }: PreparedRequest,
  algorithm: HashAlgorithm,
  crypto: CryptoPort,
): Promise<string | undefined> {
  if (body?.replayable === false) return undefined;
  return hashBody(body, algorithm, crypto).catch(() => undefined);
}

/** The target in origin form, as the transport sends it (RFC 9112 3.2.1); `auth` must name the same (RFC 7616 3.4). */
function targetOf({ url, rawTarget }: PreparedRequest): string {
  const { pathname, search } = new URL(url);
  return rawTarget ?? pathname + search;
}
