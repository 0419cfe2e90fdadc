import { problems } from '../core/features/problems.ts';
import type { HttpDocument, RequestBlock } from '../core/syntax/ast.ts';
import { wireMethod } from '../core/syntax/methods.ts';
import { lineOfRequest, requestBlocks, requestName } from '../core/syntax/query.ts';
import type { Problem } from '../core/text/problem.ts';

/** One file of `crumbtrail parse --json`: a stable interface. Lines and columns count from 1; absent facts are left out, lists never. */
export interface ParseReport {
  readonly version: 1;
  readonly file: string;
  readonly requests: readonly ParsedRequest[];
  readonly variables: readonly { readonly name: string; readonly value: string; readonly line: number }[];
  readonly problems: readonly ParsedProblem[];
}

export interface ParsedRequest {
  readonly kind: string;
  readonly name?: string;
  readonly title?: string;
  /** The request line's. */
  readonly line: number;
  /** The last line of the request: of its body, or of its head. */
  readonly endLine: number;
  /** As on the wire: known verbs in capitals, `GET` when none is written, `POST` for the keyword `GRAPHQL`. */
  readonly method: string;
  readonly methodImplicit: boolean;
  /** Behind the method and without the HTTP version, continuation lines joined, as written. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly hasBody: boolean;
  readonly tags: readonly (readonly [tag: string, value: string])[];
}

export interface ParsedProblem {
  readonly code: string;
  readonly severity: Problem['severity'];
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What the parser sees in a file. `file` is the name to report it under. */
export function parseReport(file: string, document: HttpDocument): ParseReport {
  return {
    version: 1,
    file,
    requests: requestBlocks(document).map((block) => requestReport(document, block)),
    variables: document.variables.map(({ name, value, span }) => ({
      name: name.text,
      value: value.text,
      line: document.lines.lineAt(span.start) + 1,
    })),
    problems: problems(document).map((problem) => problemReport(document, problem)),
  };
}

function requestReport(document: HttpDocument, block: RequestBlock): ParsedRequest {
  const { request, title, tags } = block;
  const name = requestName(block);
  return {
    kind: request.kind,
    ...(name !== undefined && { name }),
    ...(title && { title: title.text }),
    line: lineOfRequest(document, block) + 1,
    endLine: document.lines.lineAt(request.span.end) + 1,
    method: wireMethod(request),
    methodImplicit: request.methodImplicit,
    target: request.target.text,
    headers: headersOf(block),
    hasBody: hasBody(block),
    tags: tags.map((tag) => [tag.name, tag.value?.text ?? ''] as const),
  };
}

/** A macro that stands for header lines has no name of its own: it is reported under an empty one. */
function headersOf({ request }: RequestBlock): ParsedRequest['headers'] {
  return request.curl?.headers ?? request.headers.map((header) => [header.name.text, header.value.text] as const);
}

function hasBody({ request }: RequestBlock): boolean {
  const { curl } = request;
  if (!curl) return request.body !== undefined;
  return (curl.data.length > 0 && !curl.getWithData) || curl.form.length > 0;
}

function problemReport(document: HttpDocument, { code, severity, span, message }: Problem): ParsedProblem {
  const { line, character } = document.lines.positionAt(span.start);
  return { code, severity, line: line + 1, column: character + 1, message };
}
