import { firstHeader, type HeaderLine, type HeaderList } from '../core/http/headerList.ts';
import { parse } from '../core/syntax/parse.ts';
import type { PreparedRequest } from '../core/http/transport.ts';
import { decideNext } from '../core/session/decideNext.ts';
import type { Hop } from '../core/session/exchange.ts';
import { defaultSettings } from '../core/session/settings.ts';
import { authorizationLine } from './credentialWords.ts';
import { exactText } from './exactText.ts';
import { noMask, type Mask } from './mask.ts';
import { sizeWords } from '../core/text/sizeWords.ts';

/**
 * A hop as a block for a `.http` file, without the cookies of the jar: the session brings its own. With `next` it is the request that
 * follows from the hop, whether it was sent or not.
 */
export function hopAsHttp(hop: Hop, { next = false, mask = noMask }: { next?: boolean; mask?: Mask } = {}): string {
  return httpBlock((next ? nextRequest(hop) : undefined) ?? hop.request, mask);
}

/**
 * A request as a block. A body that cannot stand in such a file byte for byte (bytes that are no text, a line that the format would
 * read as its own) becomes a reference to a file.
 */
export function httpBlock(request: PreparedRequest, mask: Mask = noMask): string {
  const head = blockHead(request, mask);
  if (request.body === undefined) return `${head}\n`;
  const text = request.body.bytes && exactText(request.body.bytes);
  const written = text === undefined ? undefined : writtenForm(request.headers, text);
  if (written !== undefined) {
    const block = `${withRawBody(head, written)}\n\n${mask.text(written)}\n`;
    if (readsBackAs(block, mask.text(written))) return block;
  }
  return `${head}\n\n${fileReference(request.body.length)}`;
}

/** A redirect that a setting or a tag stopped is decided again as if nothing had. */
function nextRequest({ decision, request, response }: Hop): PreparedRequest | undefined {
  if (decision.kind === 'follow') return decision.next;
  if (response === undefined) return undefined;
  const again = decideNext({ request, response, followed: 0, settings: defaultSettings }).decision;
  return again.kind === 'follow' ? again.next : undefined;
}

function blockHead(request: PreparedRequest, mask: Mask): string {
  const { method, url, headers, httpVersion, rawTarget } = request;
  const authorization = authorizationLine(request);
  const lines = [...headers, ...(authorization ? [authorization] : [])].filter((line) => !isMadeBySend(line, url));
  // A target that is sent as it is written cannot have its braces written in another way.
  const isRaw = rawTarget !== undefined && !rawTarget.includes('{{');
  const target = isRaw ? mask.url(new URL(url).origin + rawTarget) : literal(mask.url(url));
  return [
    `### ${method} ${new URL(url).pathname}`,
    ...(isRaw ? ['# @no-auto-encoding'] : []),
    ...(lines.some(([, value]) => value.includes('{{')) ? [placeholderNote] : []),
    `${method} ${target}${httpVersion === '2' ? ' HTTP/2' : ''}`,
    ...lines.map(([name, value]) => `${name}: ${mask.header(name, value)}`),
  ].join('\n');
}

const placeholderNote = '# "{{" in a header is read as a placeholder here; it was sent as it stands.';

/** A multipart body is written with plain ends of lines and sent with CRLF, the last one included (C14). */
function writtenForm(headers: HeaderList, text: string): string | undefined {
  if (!/^\s*multipart\//i.test(firstHeader(headers, 'content-type') ?? '')) return text;
  const lines = text.replaceAll('\r\n', '\n');
  return text.endsWith('\r\n') && lines.replaceAll('\n', '\r\n') === text ? lines.slice(0, -1) : undefined;
}

/** Lines that a send writes by itself. */
function isMadeBySend([name, value]: HeaderLine, url: string): boolean {
  const lower = name.toLowerCase();
  if (lower === 'host') return value === new URL(url).host;
  return lower === 'content-length' || lower === 'connection';
}

/** `{{` would begin a placeholder; percent-encoded it is the same URL. */
function literal(url: string): string {
  return url.replaceAll('{{', '%7B%7B').replaceAll('}}', '%7D%7D');
}

/** Lines that look like comments are left out of most bodies, unless a tag says otherwise (C1). */
function withRawBody(head: string, body: string): string {
  return /^\s*(?:#|\/\/)/m.test(body) ? head.replace('\n', '\n# @raw-body\n') : head;
}

/** The parser is asked, so that this knows no rules of its own about what a body may hold. */
function readsBackAs(block: string, body: string): boolean {
  const { blocks } = parse(block);
  const [only, second] = blocks;
  const parts = only?.request?.body?.parts ?? [];
  // Ends of lines are sent as LF (C14), so a carriage return would be lost.
  if (second !== undefined || /\r|\{\{/.test(body) || joinsLines(only?.request?.headers ?? [], body)) return false;
  return (
    parts.every(({ kind }) => kind === 'text') &&
    parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') === body
  );
}

/** Lines of a form are joined when they are sent (C27). */
function joinsLines(headers: readonly { name: { text: string }; value: { text: string } }[], body: string): boolean {
  const lines: HeaderList = headers.map(({ name, value }) => [name.text, value.text]);
  return /\n/.test(body) && /x-www-form-urlencoded/i.test(firstHeader(lines, 'content-type') ?? '');
}

function fileReference(length: number | undefined): string {
  const size = length === undefined ? 'streamed' : sizeWords(length);
  return `# The body (${size}) cannot be written out here: save it to a file and put its path below.\n< ./body\n`;
}
