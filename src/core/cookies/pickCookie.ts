import type { Failure } from '../http/failure.ts';
import type { Cookie, CookieFilter } from './cookie.ts';

/**
 * The one cookie of that name (and domain and path, where given) among `cookies`; `undefined` for none.
 * Several are a failure that lists them, because none is more right than another.
 */
export function pickCookie(
  cookies: readonly Cookie[],
  filter: CookieFilter & { readonly name: string },
): { readonly cookie: Cookie | undefined } | { readonly failure: Failure } {
  const found = cookies.filter(
    (cookie) =>
      cookie.name === filter.name &&
      (filter.domain === undefined || cookie.domain === filter.domain) &&
      (filter.path === undefined || cookie.path === filter.path),
  );
  if (found.length < 2) return { cookie: found[0] };
  const places = found.map(({ domain, path, hostOnly }) => `${hostOnly ? '' : '.'}${domain}${path}`);
  return {
    failure: {
      code: 'cookie-conflict',
      message: `There is more than one cookie named ${filter.name}: ${places.join(', ')}.`,
      hint: 'Name the domain, or the domain and the path.',
    },
  };
}
