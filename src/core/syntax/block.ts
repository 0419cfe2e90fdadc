import type { Span } from '../text/span.ts';
import type { Block, BodyNode, RequestKind, RequestNode } from './ast.ts';
import type { BlockDraft } from './blockDraft.ts';
import { bodyMedia, mediaOf } from './bodyMedia.ts';
import { readBody } from './bodyParts.ts';
import { scanBody } from './bodyScan.ts';
import { readCurl } from './curlRequest.ts';
import { headerNamed } from './headerLines.ts';
import { checkRequest } from './requestProblems.ts';
import { type PrologueEnd, readPrologue } from './prologue.ts';
import { readHead, type RequestHead } from './requestHead.ts';
import type { RequestLine } from './requestLine.ts';
import { separatorTitle } from './separators.ts';
import type { SourceLines } from './sourceLines.ts';
import { syntaxProblem } from './syntaxProblem.ts';
import { joinedTarget } from './targetLines.ts';
import { readTrailingZone } from './trailingZone.ts';

/** A block as it was read, with what only the document's problems ask for. Its spans are those of the text that it was read from. */
export interface ReadPart {
  readonly block: Block;
  /** The first line of stray text. */
  readonly prose: Span | undefined;
  /** How far the present text has moved it. */
  readonly shift: number;
}

/**
 * Reads the block that begins at line `first`. It ends before `limit` when another request begins inside it (C17): `draft.next` is the
 * line behind it.
 */
export function readBlock(
  source: SourceLines,
  first: number,
  limit: number,
  separated: boolean,
  draft: BlockDraft,
): ReadPart {
  draft.prose = undefined;
  draft.next = limit;
  const { line, found } = readPrologue(source, separated ? first + 1 : first, limit, draft);
  const request = readContent(source, line, found, limit, draft);
  const scripts = draft.scripts.taken();
  checkRequest(source, request, scripts, draft);
  const block: Block = {
    kind: request ? 'request' : found === 'response' ? 'response-sample' : 'empty',
    span: {
      start: source.start(first),
      end: draft.next >= source.count ? source.text.length : source.start(draft.next),
    },
    separator: separated ? source.span(first, first) : undefined,
    title: separated ? separatorTitle(source, first) : undefined,
    tags: draft.tags.taken(),
    variables: draft.variables.taken(),
    imports: draft.imports.taken(),
    scripts,
    outputs: draft.outputs.taken(),
    request,
    problems: draft.problems.taken(),
  };
  return { block, prose: draft.prose, shift: 0 };
}

function readContent(
  source: SourceLines,
  line: number,
  found: PrologueEnd['found'],
  limit: number,
  draft: BlockDraft,
): RequestNode | undefined {
  switch (found) {
    case 'nothing':
      return undefined;
    case 'response':
      draft.problems.push(syntaxProblem('response-sample-ignored', source.trimmed(line).span));
      draft.next = responseEnd(source, line, limit);
      return undefined;
    case 'curl':
      return readCurlRequest(source, line, limit, draft);
    default:
      return readHttpRequest(source, line, found, limit, draft);
  }
}

function readHttpRequest(
  source: SourceLines,
  line: number,
  requestLine: RequestLine,
  limit: number,
  draft: BlockDraft,
): RequestNode {
  const head = readHead(source, requestLine, line, limit, draft);
  const body = readBehindHead(source, head, requestLine.kind, limit, draft);
  return {
    kind: requestKind(requestLine.kind, head.headers),
    span: { start: source.indent(line), end: body?.span.end ?? source.inkEnd(head.last) },
    line: source.span(line, line),
    method: requestLine.method,
    methodImplicit: requestLine.methodImplicit,
    target: joinedTarget(head.target, requestLine),
    targetPieces: head.target.pieces,
    httpVersion: head.target.httpVersion,
    headers: head.headers,
    body,
    curl: undefined,
  };
}

/** The body, and into the draft what follows it. Most requests have no body: blank lines need no second look. */
function readBehindHead(
  source: SourceLines,
  head: RequestHead,
  kind: RequestKind,
  limit: number,
  draft: BlockDraft,
): BodyNode | undefined {
  if (firstInk(source, head.next, limit) === undefined) return undefined;
  const media = bodyMedia(head.headers, kind);
  const scan = scanBody(source, head.next, limit, media);
  const zone = readTrailingZone(source, head.next, scan, media, draft);
  draft.next = scan.end;
  return readBody(source, head.next, zone, scan, media);
}

/** What follows a curl command is read as behind a request without a body. */
function readCurlRequest(source: SourceLines, line: number, limit: number, draft: BlockDraft): RequestNode {
  const { request, next } = readCurl(source, line, limit, draft);
  const media = mediaOf('');
  const scan = scanBody(source, next, limit, media);
  const zone = readTrailingZone(source, next, scan, media, draft);
  const stray = firstInk(source, next, zone);
  if (stray !== undefined) draft.problems.push(syntaxProblem('text-after-curl', source.trimmed(stray).span));
  draft.next = scan.end;
  return request;
}

/** C30: the value of `X-Request-Type` is compared without regard to case. */
function requestKind(kind: RequestKind, headers: RequestNode['headers']): RequestKind {
  if (kind !== 'http') return kind;
  const type = headerNamed(headers, 'x-request-type')?.value.text;
  return type?.toLowerCase() === 'graphql' ? 'graphql' : kind;
}

/** A pasted response reaches to the separator, or to a request line that its media type allows to begin there (C17). */
function responseEnd(source: SourceLines, statusLine: number, limit: number): number {
  let line = statusLine + 1;
  let contentType = '';
  while (line < limit && !source.isBlank(line)) {
    const field = /^content-type\s*:(.*)$/i.exec(source.trimmed(line).text);
    if (field) contentType = (field[1] ?? '').trim();
    line++;
  }
  return scanBody(source, line, limit, mediaOf(contentType)).end;
}

function firstInk(source: SourceLines, first: number, end: number): number | undefined {
  for (let line = first; line < end; line++) if (!source.isBlank(line)) return line;
  return undefined;
}
