import { getPublicSuffix } from 'tough-cookie';
import { isIpAddress } from './cookieTarget.ts';

/**
 * True when `domain` is a public suffix, for example `co.uk`, `github.io` or `intranet`: nobody may set cookies for all hosts below it.
 * `localhost` counts as a host of its own, so that local servers on subdomains of it can share cookies.
 */
export function isPublicSuffix(domain: string): boolean {
  if (isIpAddress(domain)) return false;
  const bare = domain.replace(/\.$/, '');
  return getPublicSuffix(bare, { allowSpecialUseDomain: true, ignoreError: true }) === undefined;
}
