import type { RequestAuth } from '../http/auth/credentials.ts';
import type { Change } from './exchange.ts';
import { credentialsMayFollow } from './redirectHeaders.ts';

export interface RedirectAuth {
  readonly auth: RequestAuth | undefined;
  readonly changes: readonly Change[];
}

/**
 * What authenticates the next request (SESSION 2.2). Credentials that must not go to its origin are dropped for good; those
 * bound to an origin stay, because they are never used elsewhere. netrc is asked anew for the host of each hop.
 */
export function redirectAuth(
  auth: RequestAuth | undefined,
  from: URL,
  to: URL,
  trustedHosts: readonly string[],
): RedirectAuth {
  // A login of netrc does not follow a step down to plain text, even to its own host.
  const isDowngrade = from.protocol === 'https:' && to.protocol === 'http:';
  const kept = isDowngrade ? { ...auth, withoutNetrc: true } : auth;
  if (kept === undefined || credentialsMayFollow(from, to, trustedHosts)) return { auth: kept, changes: [] };
  const { own, userinfo, session, ...others } = kept;
  const bound = session?.origin === undefined ? undefined : session;
  const isDropped = own !== undefined || userinfo !== undefined || session !== bound;
  const why = `credentials do not go to another origin (${to.origin})`;
  return {
    auth: { ...others, ...(bound && { session: bound }) },
    changes: isDropped ? [{ kind: 'header', name: 'Authorization', why }] : [],
  };
}
