import { base64OfText } from '../../text/base64.ts';

/** How the user name and password become bytes: UTF-8, or Latin-1 as requests has it (SESSION A1). */
export type BasicCharset = 'utf-8' | 'latin1';

/** The value of a Basic Authorization header (RFC 7617 section 2). The user name must not hold a colon. */
export function basicAuthorization(username: string, password: string, charset: BasicCharset): string {
  return `Basic ${basicPair(`${username}:${password}`, charset)}`;
}

/** `user:password` in base64. Text that Latin-1 cannot express is UTF-8 whatever is asked for. */
export function basicPair(pair: string, charset: BasicCharset): string {
  if (charset === 'latin1' && !/[^\0-\xFF]/.test(pair)) return btoa(pair);
  return base64OfText(pair);
}
