const words = new Set([
  'apikey',
  'auth',
  'authorization',
  'credential',
  'credentials',
  'csrf',
  'jwt',
  'passwd',
  'password',
  'secret',
  'session',
  'sessionid',
  'signature',
  'token',
  'xsrf',
]);

/** A part of every word looked for here: most names have none, and every header of every response is asked about. */
const partOfAny = /key|auth|credential|[cx]srf|jwt|passw|secret|session|signature|token/;

/**
 * True when a header's name says that its value is a credential: `X-Api-Key`, `X-Auth-Token`, `Api_Secret`.
 * Our choice of words; a plain `Key` counts only beside `api` or `access`, so that `Idempotency-Key` does not.
 */
export function looksSecret(headerName: string): boolean {
  const name = headerName.toLowerCase();
  if (!partOfAny.test(name)) return false;
  if (/(?:api|access|private|subscription|functions|master)[-_]?key$/.test(name)) return true;
  return name.split(/[-_.]/).some((word) => words.has(word) || /(?:token|secret|password)$/.test(word));
}
