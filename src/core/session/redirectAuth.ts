import type { RequestAuth } from '../http/auth/credentials.ts';
import type { Change } from './exchange.ts';
import { credentialsMayFollow, type CredentialRules } from './redirectHeaders.ts';

export interface RedirectAuth {
  readonly auth: RequestAuth | undefined;
  readonly changes: readonly Change[];
}

/**
 * What authenticates the next request (SESSION 2.2). Credentials that must not go to its origin are dropped for good; those
 * bound to an origin stay, because they are never used elsewhere. netrc is asked anew for the host of each hop.
 */
export function redirectAuth(auth: RequestAuth | undefined, from: URL, to: URL, rules: CredentialRules): RedirectAuth {
  if (credentialsMayFollow(from, to, rules)) return { auth, changes: [] };
  const { own, userinfo, session, ...others } = auth ?? {};
  const bound = session?.origin === undefined ? undefined : session;
  const isDropped = own !== undefined || userinfo !== undefined || session !== bound;
  const why = `credentials do not go to another origin (${to.origin})`;
  return {
    auth: { ...others, ...(bound && { session: bound }), netrc: netrcAfter(auth, from, to) },
    changes: isDropped ? [{ kind: 'header', name: 'Authorization', why }] : [],
  };
}

/**
 * The default of netrc was meant for where the user goes, not for where a server sends him; and no login follows a step down
 * to plain text, even to its own host (our choice; SESSION 5 lists what leaked otherwise).
 */
function netrcAfter(auth: RequestAuth | undefined, from: URL, to: URL): 'named' | 'off' {
  const isDowngrade = from.protocol === 'https:' && to.protocol === 'http:';
  return isDowngrade || auth?.netrc === 'off' ? 'off' : 'named';
}
