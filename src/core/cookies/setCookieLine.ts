import type { Cookie } from './cookie.ts';

/** The value of a Set-Cookie line that makes this cookie on its own host: what a person edits, and what a HAR file can hold. */
export function setCookieLine(cookie: Cookie): string {
  const { name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite, partitioned } = cookie;
  // A value with an equals sign needs a name before it, else its first part would become one.
  const pair = name === '' && !value.includes('=') ? value : `${name}=${value}`;
  return [
    pair,
    ...(hostOnly ? [] : [`Domain=${domain}`]),
    `Path=${path}`,
    ...(expires === undefined ? [] : [`Expires=${new Date(expires).toUTCString()}`]),
    ...(secure ? ['Secure'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(sameSite === undefined ? [] : [`SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`]),
    ...(partitioned ? ['Partitioned'] : []),
  ].join('; ');
}
