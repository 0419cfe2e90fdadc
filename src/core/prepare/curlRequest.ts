import { firstHeader, hasHeader, withHeader, type HeaderLine } from '../http/headerList.ts';
import type { CurlCommand, CurlData } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { writtenElsewhere } from '../variables/written.ts';
import { basicAuthorization } from '../http/auth/basic.ts';
import { bodyFile, bodyFileText } from './bodyFile.ts';
import { curlForm, type FormSource } from './curlForm.ts';
import { problem, type PlacedHeader, type PrepareInput } from './prepareInput.ts';
import type { RequestHead } from './requestHead.ts';
import { requestBody, type BodyPiece } from './requestBody.ts';
import type { PreparedBody } from './prepareBody.ts';

/** The request that a `curl` command line describes: what curl would send, with this product's defaults. */
export async function prepareCurl(
  command: CurlCommand,
  input: PrepareInput,
): Promise<{ readonly head: RequestHead; readonly content: PreparedBody }> {
  const draft = new CurlDraft(input);
  const url = await draft.resolve(command.url ?? '', 'url');
  const written = await curlHeaders(command, draft);
  const isForm = command.form.length > 0;
  const ownType = firstHeader(written, 'content-type');
  const { pieces, contentType } = isForm ? await formParts(command, draft, ownType) : await dataParts(command, draft);
  const hasBody = pieces.length > 0 && !command.getWithData;
  const isTyped = hasBody && (isForm || ownType === undefined);
  const headers = isTyped ? [...withHeader(written, 'Content-Type', contentType)] : written;
  if (command.data.some((data) => data.kind === 'json') && !hasHeader(headers, 'accept')) {
    headers.push(['Accept', 'application/json']);
  }
  const inUrl = command.getWithData ? await queryOf(pieces, input) : '';
  return {
    head: {
      method: command.method ?? (command.head ? 'HEAD' : hasBody ? 'POST' : 'GET'),
      target: inUrl === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${inUrl}`,
      targetSpan: draft.span,
      targetStandIn: draft.standIn,
      httpVersion: command.http2 ? 'HTTP/2' : undefined,
      headers: headers.map(([name, value]) => placed(name, value, draft)),
      problems: draft.problems,
    },
    content: { body: hasBody ? requestBody(pieces, input.files) : undefined, problems: [] },
  };
}

class CurlDraft {
  readonly input: PrepareInput;
  readonly problems: Problem[] = [];
  standIn = false;

  constructor(input: PrepareInput) {
    this.input = input;
  }

  get span() {
    return this.input.block.request.target.span;
  }

  async resolve(text: string, place: 'url' | 'header' | 'body'): Promise<string> {
    const resolved = await this.input.resolver.resolve(writtenElsewhere(text, this.input.block.request.span), place);
    this.problems.push(...resolved.problems);
    this.standIn ||= resolved.standIn;
    return resolved.text;
  }

  async file(path: string, use?: string): Promise<BodyPiece | undefined> {
    const { span } = this.input.block.request;
    const part = { kind: 'file', path: { text: path, span }, substitute: false, encoding: undefined, span } as const;
    const loaded = await bodyFile(part, this.input, use === undefined ? {} : { use });
    this.problems.push(...loaded.problems);
    this.standIn ||= loaded.standIn;
    return loaded.piece;
  }
}

async function curlHeaders(command: CurlCommand, draft: CurlDraft): Promise<HeaderLine[]> {
  const headers: HeaderLine[] = [];
  for (const [name, value] of command.headers) {
    headers.push([await draft.resolve(name, 'header'), (await draft.resolve(value, 'header')).trim()]);
  }
  if (command.cookie !== undefined) headers.push(['Cookie', await draft.resolve(command.cookie, 'header')]);
  if (command.user !== undefined && !hasHeader(headers, 'authorization')) {
    const [, username = '', password = ''] = /^([^:]*):?(.*)$/s.exec(await draft.resolve(command.user, 'header')) ?? [];
    headers.push(['Authorization', authorization(command, username, password)]);
  }
  return headers;
}

/** As the line of a file has it (C34): Digest and AWS are made into one when it is known what is sent. */
function authorization({ digest, awsSigv4 }: CurlCommand, username: string, password: string): string {
  if (awsSigv4 !== undefined) {
    const [, , region = '', service = ''] = awsSigv4.split(':');
    const place = `${region && ` region:${region}`}${service && ` service:${service}`}`;
    return `AWS ${username} ${password}${place}`;
  }
  return digest ? `Digest ${username}:${password}` : basicAuthorization(username, password, 'utf-8');
}

interface Parts {
  readonly pieces: readonly BodyPiece[];
  readonly contentType: string;
}

/** Data arguments joined with `&`, as curl does; `--json` pieces are joined with nothing. */
async function dataParts(command: CurlCommand, draft: CurlDraft): Promise<Parts> {
  const pieces: BodyPiece[] = [];
  for (const data of command.data) {
    if (pieces.length > 0 && data.kind !== 'json') pieces.push(utf8('&'));
    const piece = await dataPiece(data, draft, command.getWithData);
    if (piece) pieces.push(piece);
  }
  const isJson = command.data.some((data) => data.kind === 'json');
  return { pieces, contentType: isJson ? 'application/json' : 'application/x-www-form-urlencoded' };
}

async function dataPiece(data: CurlData, draft: CurlDraft, isQuery: boolean): Promise<BodyPiece | undefined> {
  if (data.kind === 'urlencode') return utf8(await urlEncoded(data.value, draft));
  if (!data.file) return utf8(await draft.resolve(data.value, 'body'));
  // curl(1): -d strips line ends from a file, --data-binary and --json do not.
  const use = isQuery ? 'becomes part of a query' : data.kind === 'data' ? lineEndUse : undefined;
  const piece = await draft.file(data.value, use);
  if (data.kind !== 'data' || !piece) return piece;
  return utf8((await bodyFileText(piece, draft.input)).replace(/[\r\n]/g, ''));
}

const lineEndUse = 'loses its line ends (-d; --data-binary sends a file of any size as it is)';

/** curl(1) --data-urlencode: `content`, `=content`, `name=content`, `@file`, `name@file`. */
async function urlEncoded(argument: string, draft: CurlDraft): Promise<string> {
  const match = /^([^=@]*)([=@])(.*)$/s.exec(argument);
  if (!match) return encodeURIComponent(await draft.resolve(argument, 'body'));
  const [, name = '', marker, rest = ''] = match;
  const piece = marker === '@' ? await draft.file(rest, 'is percent-encoded') : undefined;
  const content =
    marker === '=' ? await draft.resolve(rest, 'body') : piece ? await bodyFileText(piece, draft.input) : '';
  return (name === '' ? '' : `${name}=`) + encodeURIComponent(content.toWellFormed());
}

function formParts({ form }: CurlCommand, draft: CurlDraft, contentType: string | undefined): Promise<Parts> {
  const source: FormSource = {
    text: (written) => draft.resolve(written, 'body'),
    file: (path) => draft.file(path),
    randomBoundary: () => draft.input.randomBoundary(),
  };
  return curlForm(form, source, contentType);
}

async function queryOf(pieces: readonly BodyPiece[], input: PrepareInput): Promise<string> {
  const texts = await Promise.all(pieces.map((piece) => bodyFileText(piece, input)));
  return texts.join('');
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function placed(name: string, value: string, draft: CurlDraft): PlacedHeader {
  return { name, value, span: draft.span, isFinal: !draft.standIn && draft.problems.length === 0 };
}

// curl refuses it as well, and requests raises ValueError for a text body with files (SESSION P12).
const conflictingBody =
  'A request has one body: use either -d (also --data-…, --json) or -F (--form). Take one of the two out.';

/** What a command line says that cannot be sent, or that this product does not act on. */
export function curlOptionProblems(command: CurlCommand, { block }: PrepareInput): readonly Problem[] {
  const { line } = block.request;
  const hasTwoBodies = command.data.length > 0 && command.form.length > 0;
  const ignored = '--cookie FILE is not acted on. Leave it out.';
  return [
    ...(hasTwoBodies ? [problem('error', 'conflicting-body', line, conflictingBody)] : []),
    ...(command.cookieFile === undefined ? [] : [problem('warning', 'curl-option-ignored', line, ignored)]),
  ];
}
