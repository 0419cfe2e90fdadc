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

/**
 * True when a header's name says that its value is a credential: `X-Api-Key`, `X-Auth-Token`, `Api_Secret`.
 * Our choice of words; a plain `Key` counts only beside `api` or `access`, so that `Idempotency-Key` does not.
 */
export function looksSecret(headerName: string): boolean {
  const name = headerName.toLowerCase();
  if (/(?:api|access|private|subscription|functions|master)[-_]?key$/.test(name)) return true;
  return name.split(/[-_.]/).some((word) => words.has(word) || /(?:token|secret|password)$/.test(word));
}
