import { isList, isObject, isPair, isText, isTime } from '../text/jsonShape.ts';
import type { RecordedHop, RecordedResponse } from './session.ts';

/** A recorded response from JSON, or `undefined` when a field is missing or has the wrong type. */
export function readRecorded(json: unknown): RecordedResponse | undefined {
  if (!isObject(json)) return undefined;
  const { file, id, at, hops, cookies, bodyBase64, bodyDropped } = json;
  const request = readRequest(json['request']);
  if (!isText(file) || !isText(id) || !isTime(at) || request === undefined) return undefined;
  if (!isList(hops) || !hops.every(isHop)) return undefined;
  return {
    file,
    id,
    at,
    request,
    hops: hops.map(({ url, status, reason, headers }) => ({ url, status, reason, headers })),
    cookies: isList(cookies) ? cookies.filter(isPair) : [],
    ...(isText(bodyBase64) ? { bodyBase64 } : {}),
    ...(isText(bodyDropped) ? { bodyDropped } : {}),
  };
}

function readRequest(json: unknown): RecordedResponse['request'] | undefined {
  if (!isObject(json)) return undefined;
  const { method, url, headers, body } = json;
  if (!isText(method) || !isText(url) || !isList(headers) || !headers.every(isPair)) return undefined;
  return { method, url, headers, ...(isText(body) ? { body } : {}) };
}

function isHop(json: unknown): json is RecordedHop {
  if (!isObject(json)) return false;
  const { url, status, reason, headers } = json;
  return isText(url) && typeof status === 'number' && isText(reason) && isList(headers) && headers.every(isPair);
}
