import type { CryptoPort } from '../http/auth/cryptoPort.ts';
import { digestAuthorization } from '../http/auth/digest.ts';
import type { DigestChallenge } from '../http/auth/digestChallenge.ts';
import type { DigestStates } from '../http/auth/digestStates.ts';
import { proxyRoute, type ProxyRoute } from '../http/proxy/proxyRoute.ts';
import type { ProxyChoice } from '../http/transport.ts';

export interface ProxyScene {
  /** Nonces of proxies; they are kept apart from those of servers, which may have the same name (curl CVE-2026-7168). */
  readonly proxyDigests: DigestStates;
  readonly crypto: CryptoPort;
}

/** The proxy of a hop, with a proof by Digest once it has said that it wants one. */
export function provenProxy(choice: ProxyChoice, { proxyDigests, crypto }: ProxyScene): ProxyChoice {
  const login = loginOf(choice);
  if (login === undefined || !proxyDigests.knows(login.shown, login.username)) return choice;
  const { shown, username, password } = login;
  return {
    ...choice,
    prove: (method, uri) => {
      const turn = proxyDigests.take(shown, username);
      return turn && digestAuthorization({ ...turn, username, password, method, uri }, crypto);
    },
  };
}

/** Whether the URL of the proxy names a user that a challenge can be answered with. */
export function namesUser(choice: ProxyChoice | undefined): boolean {
  return choice !== undefined && loginOf(choice) !== undefined;
}

/** Keeps the nonce of a challenge that will be answered. */
export function learnProxyNonce(
  choice: ProxyChoice | undefined,
  challenge: DigestChallenge,
  digests: DigestStates,
): void {
  const login = choice && loginOf(choice);
  // A domain means nothing here: the nonce is for all that goes through the proxy (RFC 7616 3.3).
  if (login) digests.remember(login.shown, login.username, { ...challenge, domain: [] });
}

/** `undefined` where a proof was written out, or nothing was: there is nothing to answer with. */
function loginOf(choice: ProxyChoice): { shown: string; username: string; password: string } | undefined {
  if (choice.authorization !== undefined) return undefined;
  const route = proxyRoute(choice);
  if ('code' in route || !isHttp(route) || route.user === undefined) return undefined;
  return { shown: route.shown, username: route.user.name, password: route.user.password };
}

function isHttp({ kind }: ProxyRoute): boolean {
  return kind === 'http' || kind === 'https';
}
