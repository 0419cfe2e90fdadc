import { basicAuthorization } from '../core/http/auth/basic.ts';
import type { AwsCredentials, Credentials } from '../core/http/auth/credentials.ts';
import { firstHeader, hasHeader, withoutHeaders, type HeaderLine } from '../core/http/headerList.ts';
import type { PreparedRequest } from '../core/http/transport.ts';
import { isForOrigin } from '../core/session/sessionCredentials.ts';
import type { Mask } from './mask.ts';

/**
 * The Authorization line that a block needs to be sent as this request was: what its URL or its own credentials say. Those of
 * a session are not in it, because a block is sent by a session.
 */
export function authorizationLine({ auth, headers }: PreparedRequest): HeaderLine | undefined {
  if (auth?.own !== undefined) return ['Authorization', writtenForm(auth.own)];
  if (auth?.userinfo === undefined || hasHeader(headers, 'authorization')) return undefined;
  return ['Authorization', writtenForm(auth.userinfo)];
}

/** As a file has it (C34). */
function writtenForm(credentials: Credentials): string {
  switch (credentials.type) {
    case 'basic':
      return basicAuthorization(credentials.username, credentials.password, 'utf-8');
    case 'bearer':
      return `Bearer ${credentials.token}`;
    case 'digest':
      return `Digest ${credentials.username}:${credentials.password}`;
    case 'aws': {
      const { accessKeyId, secretKey, sessionToken: token, region, service } = credentials;
      const named = Object.entries({ token, region, service }).filter(([, value]) => value !== undefined);
      return ['AWS', accessKeyId, secretKey, ...named.map(([name, value]) => `${name}:${value ?? ''}`)].join(' ');
    }
  }
}

export interface CurlCredentials {
  /** The request without the lines that curl makes itself. */
  readonly request: PreparedRequest;
  /** Option and its value, not quoted yet. */
  readonly options: readonly (readonly [option: string, value: string])[];
}

/** Digest and AWS as options of curl: the lines that were sent hold for one nonce and for some minutes. */
export function curlCredentials(request: PreparedRequest, mask: Mask): CurlCredentials {
  const used = madeFrom(request);
  if (used?.type === 'digest') {
    const user = `${used.username}:${mask.cookie(used.password)}`;
    return {
      request: without(request, /^authorization$/),
      options: [
        ['--digest', ''],
        ['--user', user],
      ],
    };
  }
  if (used?.type !== 'aws') return { request, options: [] };
  return {
    request: without(request, /^(?:authorization|x-amz-date|x-amz-content-sha256)$/),
    options: [
      ['--aws-sigv4', providerOf(used)],
      ['--user', `${used.accessKeyId}:${mask.cookie(used.secretKey)}`],
    ],
  };
}

/** Credentials that a line was made from, or will be. A line of the request itself comes before the session's. */
function madeFrom({ auth, url, headers }: PreparedRequest): Credentials | undefined {
  const line = firstHeader(headers, 'authorization');
  const isMade = line === undefined || /^(?:Digest|AWS4-HMAC-SHA256) /.test(line);
  const { own, session } = auth ?? {};
  return own ?? (isMade && session && isForOrigin(session.origin, url) ? session.credentials : undefined);
}

function without(request: PreparedRequest, names: RegExp): PreparedRequest {
  return { ...request, headers: withoutHeaders(request.headers, (name) => names.test(name)) };
}

/** curl(1) --aws-sigv4: what is left out is read from the host. */
function providerOf({ region, service }: AwsCredentials): string {
  if (region === undefined) return 'aws:amz';
  return service === undefined ? `aws:amz:${region}` : `aws:amz:${region}:${service}`;
}
