import type { RedirectPolicy } from './settings.ts';

export interface RedirectMethod {
  readonly method: string;
  readonly dropBody: boolean;
}

/**
 * Method and body of the request after a redirect, by the table of SESSION 2.1. `status` is one of 300 to 303, 307
 * and 308; a method compares without case, because a file may say `post`.
 */
export function redirectMethod(status: number, method: string, policy: RedirectPolicy): RedirectMethod {
  // RFC 9110 15.4.8 and 15.4.9: these two must not change the method.
  if (status === 307 || status === 308 || status === 300) return { method, dropBody: false };
  const name = method.toUpperCase();
  // RFC 9110 15.4.4: 303 is a GET (a HEAD stays one) of another resource, and such a request has no body.
  if (status === 303) return { method: name === 'HEAD' ? method : keepGet(method), dropBody: true };
  switch (policy) {
    case 'standard':
      // RFC 9110 15.4.2 note, WHATWG fetch HTTP-redirect fetch step 12: only POST may change.
      return name === 'POST' ? { method: 'GET', dropBody: true } : { method, dropBody: false };
    case 'preserve':
      return { method, dropBody: false };
    case 'requests':
      return { method: requestsMethod(status, method), dropBody: true };
  }
}

/** requests' rebuild_method: 302 turns everything but HEAD into GET, 301 only POST. */
function requestsMethod(status: number, method: string): string {
  const name = method.toUpperCase();
  if (status === 302) return name === 'HEAD' ? method : keepGet(method);
  return name === 'POST' ? 'GET' : method;
}

function keepGet(method: string): string {
  return method.toUpperCase() === 'GET' ? method : 'GET';
}
