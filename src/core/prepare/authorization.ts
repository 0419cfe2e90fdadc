/** How the user name and password become bytes: UTF-8, or Latin-1 as requests has it (SESSION A1). */
export type BasicCharset = 'utf-8' | 'latin1';

/**
 * C34: `Basic user:password`, `Basic user password` and `Basic user:` are encoded; a value that already is the base64 of
 * `user:password`, and every other scheme, is sent as written.
 */
export function authorizationValue(value: string, charset: BasicCharset): string {
  const match = /^(basic)\s+(\S.*)$/i.exec(value.trim());
  if (!match) return value;
  const [, scheme = '', credentials = ''] = match;
  if (isEncoded(credentials)) return value;
  const pair = userAndPassword(credentials);
  return pair ? `${scheme} ${base64(pair, charset)}` : value;
}

/** The value of a Basic Authorization header (RFC 7617 section 2). The user name must not hold a colon. */
export function basicAuthorization(username: string, password: string, charset: BasicCharset): string {
  return `Basic ${base64(`${username}:${password}`, charset)}`;
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

function base64(text: string, charset: BasicCharset): string {
  if (charset === 'latin1' && !/[^\0-\xFF]/.test(text)) return btoa(text);
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
