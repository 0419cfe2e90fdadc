import type { Credentials } from '../http/auth/credentials.ts';
import type { SessionAuth } from './settings.ts';

/** The credentials of a session or of a mount; `undefined` for `none`. What is left out is empty. */
export function sessionCredentials(auth: SessionAuth): Credentials | undefined {
  const { type, username = '', password = '', token = '' } = auth;
  switch (type) {
    case 'basic':
    case 'digest':
      return { type, username, password };
    case 'bearer':
      return { type, token };
    case 'aws':
      return awsCredentials(auth);
    case 'none':
      return undefined;
  }
}

function awsCredentials({ username = '', password = '', token, region, service }: SessionAuth): Credentials {
  return {
    type: 'aws',
    accessKeyId: username,
    secretKey: password,
    ...(token !== undefined && { sessionToken: token }),
    ...(region !== undefined && { region }),
    ...(service !== undefined && { service }),
  };
}

/** Whether credentials bound to `origin` are for this URL; those that are not bound are for the first URL of a send. */
export function isForOrigin(origin: string | undefined, url: string | URL): boolean {
  return origin === undefined || URL.parse(origin)?.origin === new URL(url).origin;
}
