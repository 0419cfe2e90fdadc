import type { Cookie } from '../core/cookies/cookie.ts';
import { looksSecret } from '../core/http/secretName.ts';
import type { Provenance } from '../core/session/provenance.ts';
import type { Session, SessionKey, SessionVariable } from '../core/session/session.ts';
import { defaultText } from './defaultText.ts';
import { masked } from './mask.ts';

export interface SessionReportOptions {
  /** Epoch milliseconds; what has expired then is not shown. */
  readonly now: number;
  /** Cookie values and variables are shown as they are when false. */
  readonly mask: boolean;
  /** Defaults in force, whoever said them. */
  readonly defaults: readonly Provenance[];
}

/** One session as JSON, for `crumbtrail session show --json`. Times are ISO 8601; what is not known is left out. */
export function sessionReport(session: Session, { now, mask, defaults }: SessionReportOptions): object {
  return {
    version: 1,
    session: sessionName(session.key),
    cookies: session.jar.all(now).map((cookie) => cookieReport(cookie, mask)),
    variables: session.variables().map(({ name, value, origin }) => ({ name, value: mask ? masked : value, origin })),
    headers: session.defaults.headers.map(([name, value]) => [name, mask && looksSecret(name) ? masked : value]),
    defaults: defaults.map((each) => defaultReport(each, mask)),
    responses: session.allRecorded().map(({ file, id, at, hops }) => ({
      file,
      name: id,
      at: new Date(at).toISOString(),
      status: hops.at(-1)?.status,
    })),
  };
}

/** A masked value is told in words; an unmasked one is as it was written. */
function defaultReport(provenance: Provenance, mask: boolean): object {
  const { setting, name, value } = provenance;
  const { value: words, origin } = defaultText(provenance);
  return { setting, ...(name !== undefined && { name }), value: mask && isObjectOrText(value) ? words : value, origin };
}

function isObjectOrText(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** Environment and name of a session; without the environment when it has none. */
export function sessionName({ profile, name }: SessionKey): object {
  return profile === '-' ? { name } : { environment: profile, name };
}

/** True when a variable's value is for nobody's eyes: so marked, or by its name. */
export function isSecretVariable({ name, secret }: SessionVariable): boolean {
  return secret || looksSecret(name);
}

function cookieReport(cookie: Cookie, mask: boolean): object {
  const { name, value, domain, path, hostOnly, secure, httpOnly, sameSite, expires, source } = cookie;
  return {
    name,
    value: mask ? masked : value,
    domain,
    path,
    hostOnly,
    secure,
    httpOnly,
    ...(sameSite && { sameSite }),
    ...(expires !== undefined && { expires: new Date(expires).toISOString() }),
    ...(source?.requestName !== undefined && { setBy: source.requestName }),
  };
}
