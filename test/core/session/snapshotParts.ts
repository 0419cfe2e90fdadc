import type { Cookie } from '../../../src/core/cookies/cookie.ts';
import type { RecordedResponse, SessionKey, SessionVariable } from '../../../src/core/session/session.ts';

export const key: SessionKey = { folder: 'file:///w', profile: 'dev', name: 'default' };

/** A session cookie of h.test, last set at `at`. */
export function cookieAt(at: number, change: Partial<Cookie> = {}): Cookie {
  return {
    name: 'a',
    value: '1',
    domain: 'h.test',
    hostOnly: true,
    path: '/',
    secure: false,
    httpOnly: false,
    sameSite: undefined,
    partitioned: false,
    expires: undefined,
    created: 0,
    lastSet: at,
    source: undefined,
    ...change,
  };
}

export function variableAt(at: number, change: Partial<SessionVariable> = {}): SessionVariable {
  return { name: 'token', value: '1', origin: 'captured from login', secret: false, at, ...change };
}

export function recordedAt(at: number, change: Partial<RecordedResponse> = {}): RecordedResponse {
  return {
    file: 'a.http',
    id: 'login',
    at,
    request: { method: 'GET', url: 'http://h.test/', headers: [] },
    hops: [{ url: 'http://h.test/', status: 200, reason: 'OK', headers: [['Content-Type', 'text/plain']] }],
    cookies: [['a', '1']],
    ...change,
  };
}
