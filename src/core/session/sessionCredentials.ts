import type { Credentials } from '../http/auth/credentials.ts';
import type { SessionAuth } from './settings.ts';

/** The credentials of a session or of a mount; `undefined` for `none`. What is left out is empty. */
export function sessionCredentials({
  type,
  username = '',
  password = '',
  token = '',
}: SessionAuth): Credentials | undefined {
  switch (type) {
    case 'basic':
    case 'digest':
      return { type, username, password };
    case 'bearer':
      return { type, token };
    case 'none':
      return undefined;
  }
}

/** Whether credentials bound to `origin` are for this URL; those that are not bound are for the first URL of a send. */
export function isForOrigin(origin: string | undefined, url: string | URL): boolean {
  return origin === undefined || URL.parse(origin)?.origin === new URL(url).origin;
}
