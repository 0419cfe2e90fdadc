import { headerValues, withHeader, type HeaderList } from '../headerList.ts';
import type { AwsCredentials } from './credentials.ts';
import type { CryptoPort } from './cryptoPort.ts';

export interface AwsRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  /** SHA-256 of the body in hexadecimal digits, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * The header lines with a signature (AWS Signature Version 4, "Create a signed AWS API request"). Signed are the host and
 * the lines that AWS wants signed; others may be changed on the way by proxies, and would then spoil it.
 */
export function signForAws(request: AwsRequest, credentials: AwsCredentials, crypto: CryptoPort): HeaderList {
  const time = new Date(request.now).toISOString().replace(/[-:]|\.\d+/g, '');
  const { service, region } = { ...placeOfHost(new URL(request.url).hostname), ...definedPlace(credentials) };
  const headers = withAmzHeaders(request, credentials, service, time);
  const signed = signedHeaders(request.url, headers);
  const names = signed.map(([name]) => name).join(';');
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const canonical = [
    request.method,
    canonicalPath(request.url, service),
    canonicalQuery(request.url),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    request.payloadHash,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical, crypto)].join('\n');
  const key = signingKey(credentials.secretKey, scope, crypto);
  const signature = hex(crypto.hmacSha256(key, utf8(toSign)));
  const { accessKeyId } = credentials;
  const value = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return withHeader(headers, 'Authorization', value);
}

function definedPlace({ region, service }: AwsCredentials): { region?: string; service?: string } {
  return { ...(region === undefined ? {} : { region }), ...(service === undefined ? {} : { service }) };
}

/** Service and region as the names of AWS endpoints hold them; `us-east-1` is that of endpoints without a region. */
export function placeOfHost(host: string): { readonly service: string; readonly region: string } {
  const labels = /^(.*)\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1]?.split('.') ?? [host.split('.')[0] ?? ''];
  const last = labels.at(-1) ?? '';
  const before = labels.at(-2);
  // Old S3 endpoints join both: s3-eu-west-1.amazonaws.com.
  if (last.startsWith('s3-')) return { service: 's3', region: last.slice(3) };
  if (last === 's3') return { service: 's3', region: 'us-east-1' };
  if (before === undefined) return { service: last, region: 'us-east-1' };
  // Search domains have them the other way round: name.us-east-1.es.amazonaws.com.
  return last === 'es' || last === 'aoss' ? { service: last, region: before } : { service: before, region: last };
}

function withAmzHeaders(
  { headers, payloadHash }: AwsRequest,
  { sessionToken }: AwsCredentials,
  service: string,
  time: string,
): HeaderList {
  const dated = withHeader(headers, 'X-Amz-Date', time);
  const hashed = service === 's3' ? withHeader(dated, 'X-Amz-Content-Sha256', payloadHash) : dated;
  return sessionToken === undefined ? hashed : withHeader(hashed, 'X-Amz-Security-Token', sessionToken);
}

/** Lower-case names in order of their characters, each with its values trimmed and joined. */
function signedHeaders(url: string, headers: HeaderList): readonly (readonly [name: string, value: string])[] {
  const withHost: HeaderList =
    headerValues(headers, 'host').length > 0 ? headers : [['host', new URL(url).host], ...headers];
  const names = new Set(withHost.map(([name]) => name.toLowerCase()).filter(isSigned));
  return [...names].toSorted(byCharacters).map((name) => {
    const values = headerValues(withHost, name).map((value) => value.trim().replace(/ +/g, ' '));
    return [name, values.join(',')] as const;
  });
}

function isSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name === 'content-md5' || name.startsWith('x-amz-');
}

/** S3 signs the path as it is sent, every other service encodes it once more. */
function canonicalPath(url: string, service: string): string {
  const { pathname } = new URL(url);
  const path = service === 's3' ? pathname : pathname.replace(/\/{2,}/g, '/');
  return path
    .split('/')
    .map((piece) => strictlyEncoded(service === 's3' ? percentDecoded(piece) : piece))
    .join('/');
}

function canonicalQuery(url: string): string {
  const pairs = [...new URL(url).searchParams].map(([name, value]) => [strictlyEncoded(name), strictlyEncoded(value)]);
  const byNameAndValue = pairs.toSorted(
    ([a = '', x = ''], [b = '', y = '']) => byCharacters(a, b) || byCharacters(x, y),
  );
  return byNameAndValue.map((pair) => pair.join('=')).join('&');
}

/** RFC 3986 2.3: everything but unreserved characters is encoded. */
function strictlyEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function byCharacters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function signingKey(secretKey: string, scope: string, crypto: CryptoPort): Uint8Array {
  return scope.split('/').reduce((key, part) => crypto.hmacSha256(key, utf8(part)), utf8(`AWS4${secretKey}`));
}

function sha256(text: string, crypto: CryptoPort): string {
  const hash = crypto.startHash('sha256');
  hash.update(utf8(text));
  return hash.hex();
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
