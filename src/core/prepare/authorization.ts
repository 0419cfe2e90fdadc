import { basicPair, type BasicCharset } from '../http/auth/basic.ts';
import { awsForm } from '../http/auth/awsForm.ts';
import type { Credentials } from '../http/auth/credentials.ts';

/**
 * What an Authorization line means (C34). `Basic user:password`, `Basic user password` and `Basic user:` are encoded;
 * `Digest user password` and REST Client's `AWS id key [token:…] [region:…] [service:…]` are credentials that make a line
 * of their own for every hop; a value that is encoded already, and everything else, is sent as written.
 */
export function authorizationForm(value: string, charset: BasicCharset): string | Credentials {
  const [, scheme = '', rest = ''] = /^(\S+)\s+(\S.*)$/.exec(value.trim()) ?? [];
  switch (scheme.toLowerCase()) {
    case 'basic': {
      const pair = isEncoded(rest) ? undefined : userAndPassword(rest);
      return pair ? `${scheme} ${basicPair(pair, charset)}` : value;
    }
    case 'digest':
      return digestForm(rest) ?? value;
    case 'aws':
      return awsForm(rest) ?? value;
    default:
      return value;
  }
}

/** RFC 7617 section 2: the first colon ends the user name, so it cannot hold one. `where` it was said, in words. */
export function basicFlaw(username: string, where: string): string | undefined {
  if (!username.includes(':')) return undefined;
  return `The user name ${where} has a colon, which Basic authentication cannot express. Correct it.`;
}

/** A header that is finished has directives: `Digest username="…", …`. */
function digestForm(text: string): Credentials | undefined {
  const pair = /^\w+\*?\s*=/.test(text) ? undefined : userAndPassword(text);
  if (pair === undefined) return undefined;
  const colon = pair.indexOf(':');
  return { type: 'digest', username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

/** A colon splits first and only once, so a password may hold colons and blanks. */
function userAndPassword(credentials: string): string | undefined {
  if (credentials.includes(':')) return credentials;
  const words = credentials.split(/\s+/);
  return words.length === 2 ? words.join(':') : undefined;
}

function isEncoded(credentials: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(credentials)) return false;
  try {
    return atob(credentials).includes(':');
  } catch {
    return false;
  }
}
