import type { CurlCommand, RequestBlock } from '../syntax/ast.ts';
import { parse } from '../syntax/parse.ts';
import { requestBlocks } from '../syntax/query.ts';

/** A curl command line as method, URL, headers and body; `undefined` when it says something that these cannot say. */
export function curlAsRequest(block: RequestBlock): string | undefined {
  const { curl } = block.request;
  if (!curl || curl.url === undefined || !isExpressible(curl)) return undefined;
  const body = curl.getWithData ? undefined : bodyOf(curl);
  const head = [`${methodOf(curl, body !== undefined)} ${urlOf(curl)}`, ...headersOf(curl, body !== undefined)];
  const text = [...tagsOf(curl, body), ...head, ...(body === undefined ? [] : ['', body])].join('\n');
  // A body may hold what ends or begins a request in a file: then it stays a command.
  const [read, ...more] = requestBlocks(parse(text));
  const isWhole = more.length === 0 && read?.request.headers.length === head.length - 1;
  return isWhole && bodyText(read) === body ? text : undefined;
}

/**
 * The same for a text that somebody pastes; `undefined` when it is no curl command, or more than one, or says something that is not acted
 * on: pasted as it is, the command says so at its place.
 */
export function pastedCurl(text: string): string | undefined {
  if (!/^\s*(?:\$\s+)?curl\s/.test(text)) return undefined;
  const document = parse(text.trim().replace(/^\$\s+/, ''));
  const [block, ...more] = requestBlocks(document);
  if (!block || more.length > 0 || document.problems.length > 0) return undefined;
  return curlAsRequest(block);
}

function isExpressible(curl: CurlCommand): boolean {
  const hasFiles = curl.data.some(({ kind, file, value }) => file || (kind === 'urlencode' && /^[^=]*@/.test(value)));
  const isPlain = curl.form.length === 0 && curl.cookieFile === undefined;
  // A tag names a certificate alone, and a proxy as one address.
  const files = [curl.key, curl.cacert, curl.passphrase];
  return !hasFiles && isPlain && files.every((each) => each === undefined) && curl.proxyUser === undefined;
}

function methodOf(curl: CurlCommand, hasBody: boolean): string {
  return curl.method ?? (curl.head ? 'HEAD' : hasBody ? 'POST' : 'GET');
}

function urlOf(curl: CurlCommand): string {
  const url = curl.url ?? '';
  const query = curl.getWithData ? (bodyOf(curl) ?? '') : '';
  return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** curl(1): pieces are joined with `&`, those of --json with nothing. */
function bodyOf({ data }: CurlCommand): string | undefined {
  if (data.length === 0) return undefined;
  return data.reduce((text, { kind, value }, index) => {
    const piece = kind === 'urlencode' ? urlEncoded(value) : value;
    return index === 0 || kind === 'json' ? text + piece : `${text}&${piece}`;
  }, '');
}

function urlEncoded(argument: string): string {
  const [, name = '', content = argument] = /^([^=]*)=(.*)$/s.exec(argument) ?? [];
  return (name === '' ? '' : `${name}=`) + encodeURIComponent(content.toWellFormed());
}

function headersOf(curl: CurlCommand, hasBody: boolean): readonly string[] {
  const lines = curl.headers.map(([name, value]) => `${name}: ${value.trim()}`.trimEnd());
  const has = (name: string): boolean => curl.headers.some(([key]) => key.toLowerCase() === name);
  const isJson = curl.data.some(({ kind }) => kind === 'json');
  if (curl.cookie !== undefined) lines.push(`Cookie: ${curl.cookie}`);
  if (curl.user !== undefined && !has('authorization')) {
    lines.push(`Authorization: ${authorization(curl, curl.user)}`);
  }
  if (hasBody && !has('content-type')) {
    lines.push(`Content-Type: ${isJson ? 'application/json' : 'application/x-www-form-urlencoded'}`);
  }
  if (isJson && !has('accept')) lines.push('Accept: application/json');
  return lines;
}

/** As the send of the command has it (C34). */
function authorization({ digest, awsSigv4 }: CurlCommand, user: string): string {
  const [, name = '', password = ''] = /^([^:]*):?(.*)$/s.exec(user) ?? [];
  if (awsSigv4 === undefined) return `${digest ? 'Digest' : 'Basic'} ${name}:${password}`;
  const [, , region = '', service = ''] = awsSigv4.split(':');
  return `AWS ${name} ${password}${region && ` region:${region}`}${service && ` service:${service}`}`;
}

function tagsOf(curl: CurlCommand, body: string | undefined): readonly string[] {
  return [
    ...(curl.insecure ? ['# @insecure'] : []),
    ...(curl.proxy === undefined ? [] : [`# @proxy ${curl.proxy}`]),
    ...(curl.maxTimeSeconds === undefined ? [] : [`# @timeout ${curl.maxTimeSeconds} s`]),
    ...(curl.connectTimeoutSeconds === undefined ? [] : [`# @connection-timeout ${curl.connectTimeoutSeconds} s`]),
    ...(curl.maxRedirects === undefined ? [] : [`# @max-redirects ${curl.maxRedirects}`]),
    ...(curl.retry === undefined ? [] : [`# @retry ${curl.retry}`]),
    ...(curl.http2 ? ['# @http2'] : []),
    ...(curl.cert === undefined ? [] : [`# @cert ${curl.cert}`]),
    // Every line of the argument is sent, also one that would be a comment here.
    ...(body !== undefined && /^\s*(?:#|\/\/)/m.test(body) ? ['# @raw-body'] : []),
  ];
}

function bodyText(block: RequestBlock | undefined): string | undefined {
  return block?.request.body?.parts.map((part) => (part.kind === 'text' ? part.text : '<')).join('');
}
