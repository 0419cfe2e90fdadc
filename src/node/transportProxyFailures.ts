import type { Failure } from '../core/http/failure.ts';
import { headerValues, type HeaderList } from '../core/http/headerList.ts';
import type { ProxyRoute } from '../core/http/proxy/proxyRoute.ts';
import { ProxyRefusal } from './transportTunnel.ts';

export interface ProxyCircumstances {
  readonly route: ProxyRoute;
  /** It took the connection, whatever came then. */
  readonly isReached: boolean;
  /** It let us through. */
  readonly isPassed: boolean;
}

/** The server that was meant, and the addresses that were tried, in words. */
interface Words {
  readonly place: string;
  readonly tried: string;
}

/** The failure when the way to the proxy, or the proxy, is at fault; `undefined` when the tunnel stood or the name could not be looked up. */
export function proxyFailure(
  error: unknown,
  why: string,
  { route, isReached, isPassed }: ProxyCircumstances,
  words: Words,
): Failure | undefined {
  if (error instanceof ProxyRefusal) return error.wantsAuth ? wantsAuth(error, route) : refused(error, route, words);
  if (isReached && !isPassed && why === 'ECONNRESET') {
    return refused(new ProxyRefusal('it reset the connection instead of answering'), route, words);
  }
  if (isReached) return undefined;
  return {
    code: 'proxy-unreachable',
    message: `No connection to the proxy ${route.shown}: ${reasons[why] ?? why}${words.tried}.`,
    hint: 'Start the proxy, or correct or remove its setting (session, "crumbtrail.proxies", "http.proxy", or the environment).',
  };
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'no name server could say its address',
  ETIMEDOUT: 'it did not take the connection in time',
  ECONNRESET: 'it closed the connection',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not from a trusted issuer (DEPTH_ZERO_SELF_SIGNED_CERT)',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; write http:// in its URL (ERR_SSL_WRONG_VERSION_NUMBER)',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other names (ERR_TLS_CERT_ALTNAME_INVALID)',
};

/** The failure of a request that the proxy answered with 407 instead of forwarding it. */
export function answeredAuth(route: ProxyRoute, { headers, reason }: { headers: HeaderList; reason: string }): Failure {
  return authFailure(route, `407 ${reason}`.trim(), headers);
}

function wantsAuth(error: ProxyRefusal, route: ProxyRoute): Failure {
  return authFailure(route, error.message, error.response?.headers ?? []);
}

function authFailure(route: ProxyRoute, answer: string, headers: HeaderList): Failure {
  const challenge = headerValues(headers, 'proxy-authenticate').join(', ');
  const said = challenge === '' ? answer : `${answer}; ${challenge}`;
  const hasCredentials = route.authorization !== undefined || route.user !== undefined;
  return {
    code: 'proxy-auth',
    message: hasCredentials
      ? `The proxy ${route.shown} does not accept the user and password it was given (${said}).`
      : `The proxy ${route.shown} wants a user and a password (${said}).`,
    hint: authHint(challenge, hasCredentials),
  };
}

function authHint(challenge: string, hasCredentials: boolean): string {
  if (/^(?:ntlm|negotiate)\b/i.test(challenge) && !/\b(?:basic|digest)\b/i.test(challenge)) {
    return 'It takes NTLM or Negotiate alone, which this client does not speak: go through a local proxy that does, such as cntlm or px.';
  }
  return hasCredentials
    ? 'Correct them where the proxy is set; special characters in its URL must be percent-encoded.'
    : 'Write them into the URL of the proxy: http://user:password@host:port, with special characters percent-encoded.';
}

function refused(error: ProxyRefusal, route: ProxyRoute, { place }: Words): Failure {
  return {
    code: 'proxy-refused',
    message: `The proxy ${route.shown} did not open a connection to ${place}: ${error.message}.`,
    hint: 'Check that the proxy may reach this host and port, or list the host under "no_proxy" to go there directly.',
  };
}

/** The head as it was written, without what the proxy was given as proof: that is shown nowhere. */
export function maskCredentials(head: string): string {
  return head.replace(/^(proxy-authorization:\s*[\w-]+)\s+[^\r\n]*/im, '$1 ***');
}
