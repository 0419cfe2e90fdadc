import { isObject, isText, isTime } from '../text/jsonShape.ts';
import type { Cookie, CookieSource } from './cookie.ts';

/** A cookie from JSON, copied field by field, or `undefined` when a field has the wrong type. `checkCookie` judges what it says. */
export function readCookie(json: unknown): Cookie | undefined {
  if (!isObject(json)) return undefined;
  const { name, value, domain, path, expires, sameSite, created, lastSet } = json;
  if (!isText(name) || !isText(value) || !isText(domain) || !isText(path)) return undefined;
  if (expires !== undefined && expires !== null && !isTime(expires)) return undefined;
  return {
    name,
    value,
    domain,
    // Without the flag the narrower reading is the safe one.
    hostOnly: json['hostOnly'] !== false,
    path,
    secure: json['secure'] === true,
    httpOnly: json['httpOnly'] === true,
    sameSite: sameSite === 'strict' || sameSite === 'lax' || sameSite === 'none' ? sameSite : undefined,
    partitioned: json['partitioned'] === true,
    expires: isTime(expires) ? expires : undefined,
    created: isTime(created) ? created : 0,
    lastSet: isTime(lastSet) ? lastSet : 0,
    source: readSource(json['source']),
  };
}

function readSource(json: unknown): CookieSource | undefined {
  if (!isObject(json) || !isTime(json['at'])) return undefined;
  const { kind, url, requestName, hop, at } = json;
  if (kind !== 'response' && kind !== 'user' && kind !== 'import') return undefined;
  return {
    kind,
    ...(isText(url) ? { url } : {}),
    ...(isText(requestName) ? { requestName } : {}),
    ...(isTime(hop) ? { hop } : {}),
    at,
  };
}
