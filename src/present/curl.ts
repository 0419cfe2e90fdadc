import { firstHeader, hasHeader, type HeaderLine } from '../core/http/headerList.ts';
import type { PreparedRequest } from '../core/http/transport.ts';
import type { Hop } from '../core/session/exchange.ts';
import { base64Of } from '../core/text/base64.ts';
import { curlCredentials } from './credentialWords.ts';
import { exactText } from './exactText.ts';
import { noMask, type Mask } from './mask.ts';

/**
 * A hop as a curl command for bash that sends what was sent, no more and no less. Secrets stay in it, because a command without them
 * does not run; give a mask for a command that is only shown.
 */
export function hopAsCurl(hop: Hop, mask: Mask = noMask): string {
  const { tls, connection } = hop.wire;
  const way: Way = { insecure: tls?.authorized === false, proxy: connection?.via };
  return preparedAsCurl({ ...hop.request, headers: hop.sentHeaders }, mask, way);
}

/** How the server was reached. The credentials of a proxy are known to nobody but the transport. */
interface Way {
  readonly insecure?: boolean;
  readonly proxy?: string | undefined;
}

/**
 * A request as a curl command for bash. Its headers are those that go over the wire, Cookie line included. Redirects are not followed:
 * each hop is a command of its own. A body that no argument can hold (bytes that are no text, or too many) is piped into it.
 */
export function preparedAsCurl(prepared: PreparedRequest, mask: Mask = noMask, way: Way = {}): string {
  const { request, options: credentials } = curlCredentials(prepared, mask);
  const url = mask.url(request.url.split('#', 1)[0] ?? '');
  const body = bodyArguments(request, mask);
  const options = [
    ...methodArguments(request),
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...versionArguments(request),
    ...(way.insecure ? ['--insecure'] : []),
    ...(way.proxy === undefined ? [] : [`--proxy ${quoted(way.proxy)}`]),
    ...credentials.map(([option, value]) => (value === '' ? option : `${option} ${quoted(value)}`)),
    ...headerArguments(request, mask).map((line) => `-H ${line}`),
    ...(hasHeader(request.headers, 'accept-encoding') ? ['--compressed'] : []),
    ...body.options,
  ];
  return `${body.before}curl ${[quoted(url), ...options].join(' \\\n  ')}`;
}

/** curl itself says GET without a body and POST with one; for HEAD it must know that no body comes back. */
function methodArguments({ method, body }: PreparedRequest): string[] {
  if (method === (body === undefined ? 'GET' : 'POST')) return [];
  return method === 'HEAD' && body === undefined ? ['--head'] : [`-X ${quoted(method)}`];
}

/** Over TLS curl would negotiate HTTP/2 by itself. */
function versionArguments({ httpVersion, url }: PreparedRequest): string[] {
  if (httpVersion === '2') return ['--http2'];
  return url.startsWith('https:') ? ['--http1.1'] : [];
}

function headerArguments(request: PreparedRequest, mask: Mask): string[] {
  const written = request.headers.filter((line) => !isOfCurl(line, request));
  return [
    ...written.map(([name, value]) => headerArgument(name, mask.header(name, value))),
    ...suppressed(request).map((name) => quoted(`${name}:`)),
  ];
}

/** `Name;` is curl's way to send a header with an empty value; `Name:` would remove it. */
function headerArgument(name: string, value: string): string {
  return quoted(value === '' ? `${name};` : `${name}: ${value}`, 'latin-1');
}

/** Lines that curl makes itself and that come out the same. */
function isOfCurl([name, value]: HeaderLine, { url, body }: PreparedRequest): boolean {
  switch (name.toLowerCase()) {
    case 'host':
      return value === new URL(url).host;
    case 'connection':
      return value.toLowerCase() === 'keep-alive';
    case 'content-length':
      return body !== undefined;
    default:
      return false;
  }
}

/** Beyond this curl asks with Expect: 100-continue before it sends a body (EXPECT_100_THRESHOLD). */
const expectLimit = 1024 * 1024;

/** Lines that curl would add of its own accord. */
function suppressed({ headers, body }: PreparedRequest): string[] {
  const asks = body !== undefined && (body.length ?? Infinity) > expectLimit;
  const added = ['Accept', 'User-Agent', ...(body ? ['Content-Type'] : []), ...(asks ? ['Expect'] : [])];
  return added.filter((name) => firstHeader(headers, name) === undefined);
}

interface BodyArguments {
  /** A pipe that ends in curl, or nothing. */
  readonly before: string;
  readonly options: readonly string[];
}

/** Linux takes no argument of more than 128 KiB (MAX_ARG_STRLEN); printf is built into bash and has no such limit. */
const argumentLimit = 100_000;

function bodyArguments({ body }: PreparedRequest, mask: Mask): BodyArguments {
  if (body === undefined) return { before: '', options: [] };
  if (body.bytes === undefined) {
    return {
      before: '# The body was read from a file; put its path after the @.\n',
      options: [`--data-binary '@body'`],
    };
  }
  const text = exactText(body.bytes);
  if (text === undefined) {
    return { before: `printf %s ${quoted(base64Of(body.bytes))} | base64 -d | `, options: ['--data-binary @-'] };
  }
  const shown = quoted(mask.text(text));
  if (shown.length > argumentLimit) return { before: `printf %s ${shown} | `, options: ['--data-binary @-'] };
  return { before: '', options: [`--data-raw ${shown}`] };
}

/**
 * One word for bash: bare when it is harmless, in single quotes when it is printable, else in `$'…'` with escapes. Characters of a
 * header are bytes (`latin-1`), those of a body are UTF-8.
 */
function quoted(text: string, encoding: 'utf-8' | 'latin-1' = 'utf-8'): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const unsafe = encoding === 'latin-1' ? /[^\x20-\x7e]/ : /[\0-\x09\x0b-\x1f\x7f]/;
  if (!unsafe.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text.replace(/[\\'\0-\x1f\x7f-\xff]/g, (character) => escapedCharacter(character, encoding));
  return `$'${escaped}'`;
}

/** Three octal digits: unlike `\x` they cannot swallow a digit that follows. */
function escapedCharacter(character: string, encoding: 'utf-8' | 'latin-1'): string {
  if (character === '\\' || character === "'") return `\\${character}`;
  if (character === '\n') return String.raw`\n`;
  const code = character.charCodeAt(0);
  return code > 0x7f && encoding === 'utf-8' ? character : `\\${code.toString(8).padStart(3, '0')}`;
}
