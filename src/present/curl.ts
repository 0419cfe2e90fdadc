import { firstHeader, hasHeader, type HeaderLine } from '../core/http/headerList.ts';
import type { PreparedRequest } from '../core/http/transport.ts';
import type { Hop } from '../core/session/exchange.ts';
import { curlCredentials } from './credentialWords.ts';
import { bashCommand } from './curlBash.ts';
import { cmdCommand } from './curlCmd.ts';
import type { CurlBody, CurlCommand, CurlOption } from './curlCommand.ts';
import { powerShellCommand } from './curlPowerShell.ts';
import { exactText } from './exactText.ts';
import { noMask, type Mask } from './mask.ts';

export type CurlShell = 'bash' | 'powershell' | 'cmd';

const shells: Readonly<Record<CurlShell, (command: CurlCommand) => string>> = {
  bash: bashCommand,
  powershell: powerShellCommand,
  cmd: cmdCommand,
};

/**
 * A hop as a curl command that sends what was sent, no more and no less. Secrets stay in it, because a command without them
 * does not run; give a mask for a command that is only shown.
 */
export function hopAsCurl(hop: Hop, mask: Mask = noMask, shell: CurlShell = 'bash'): string {
  const { tls, connection } = hop.wire;
  const way: Way = { insecure: tls?.authorized === false, proxy: connection?.via };
  return preparedAsCurl({ ...hop.request, headers: hop.sentHeaders }, mask, { ...way, shell });
}

/** How the server was reached. The credentials of a proxy are known to nobody but the transport. */
interface Way {
  readonly insecure?: boolean;
  readonly proxy?: string | undefined;
}

/**
 * A request as a curl command. Its headers are those that go over the wire, Cookie line included. Redirects are not followed:
 * each hop is a command of its own.
 */
export function preparedAsCurl(
  prepared: PreparedRequest,
  mask: Mask = noMask,
  { shell = 'bash', ...way }: Way & { readonly shell?: CurlShell } = {},
): string {
  const { request, options: credentials } = curlCredentials(prepared, mask);
  const { rawTarget } = request;
  const whole = request.url.split('#', 1)[0] ?? '';
  const url = rawTarget === undefined ? mask.url(whole) : `${new URL(whole).origin}/`;
  const options: CurlOption[] = [
    ...(rawTarget === undefined ? [] : [{ name: 'request-target', value: mask.url(rawTarget) }]),
    ...methodOptions(request),
    ...(/[[\]{}]/.test(url) ? [{ name: 'globoff' }] : []),
    ...versionOptions(request),
    ...(way.insecure ? [{ name: 'insecure' }] : []),
    ...(way.proxy === undefined ? [] : [{ name: 'proxy', value: way.proxy }]),
    ...credentials.map(([option, value]) => ({ name: option.replace(/^--/, ''), ...(value !== '' && { value }) })),
    ...headerLines(request, mask).map((value) => ({ name: 'header', value })),
    ...(hasHeader(request.headers, 'accept-encoding') ? [{ name: 'compressed' }] : []),
  ];
  return shells[shell]({ url, options, body: bodyOf(request, mask) });
}

/** curl itself says GET without a body and POST with one; for HEAD it must know that no body comes back. */
function methodOptions({ method, body }: PreparedRequest): CurlOption[] {
  if (method === (body === undefined ? 'GET' : 'POST')) return [];
  return method === 'HEAD' && body === undefined ? [{ name: 'head' }] : [{ name: 'request', value: method }];
}

/** Over TLS curl would negotiate HTTP/2 by itself. */
function versionOptions({ httpVersion, url }: PreparedRequest): CurlOption[] {
  if (httpVersion === '2') return [{ name: 'http2' }];
  return url.startsWith('https:') ? [{ name: 'http1.1' }] : [];
}

function headerLines(request: PreparedRequest, mask: Mask): string[] {
  const written = request.headers.filter((line) => !isOfCurl(line, request));
  return [
    ...written.map(([name, value]) => headerLine(name, mask.header(name, value))),
    ...suppressed(request).map((name) => `${name}:`),
  ];
}

/** `Name;` is curl's way to send a header with an empty value; `Name:` would remove it. */
function headerLine(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
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

function bodyOf({ body }: PreparedRequest, mask: Mask): CurlBody {
  if (body === undefined) return { kind: 'none' };
  if (body.bytes === undefined) return { kind: 'file' };
  const text = exactText(body.bytes);
  return text === undefined ? { kind: 'bytes', bytes: body.bytes } : { kind: 'text', text: mask.text(text) };
}
