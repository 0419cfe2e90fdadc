import { Piece } from '../text/span.ts';
import type { CurlCommand, RequestNode } from './ast.ts';
import type { BlockDraft } from './blockDraft.ts';
import { curlOptions } from './curlOptions.ts';
import { curlTokens } from './curlTokens.ts';
import type { SourceLines } from './sourceLines.ts';
import { syntaxProblem } from './syntaxProblem.ts';

/** Reads the command that begins on `line`, over as many lines as it has. */
export function readCurl(
  source: SourceLines,
  line: number,
  limit: number,
  draft: BlockDraft,
): { readonly request: RequestNode; readonly next: number } {
  const start = source.indent(line);
  const tokens = curlTokens(source.text, start, source.end(limit - 1));
  const last = source.map.lineAt(Math.max(start, tokens.end - 1));
  const reading = curlOptions(tokens.words.slice(1));
  if (tokens.unclosed !== undefined) {
    draft.problems.push(syntaxProblem('curl-unclosed-quote', { start: tokens.unclosed, end: tokens.unclosed + 1 }));
  }
  for (const word of reading.unknown) {
    draft.problems.push(syntaxProblem('curl-option-not-supported', word.span, word.text));
  }
  const url = reading.url ?? new Piece('', tokens.end, tokens.end);
  const request: RequestNode = {
    kind: 'curl',
    span: { start, end: source.trimmed(last).span.end },
    line: source.span(line, line),
    method: reading.method ?? new Piece(methodOf(reading.command), start, start),
    methodImplicit: reading.method === undefined,
    target: url,
    targetPieces: [url],
    httpVersion: undefined,
    headers: [],
    body: undefined,
    curl: reading.command,
  };
  return { request, next: last + 1 };
}

/** curl's own choice: `-I` asks for the head, data are posted unless `-G` puts them into the URL. */
function methodOf(command: CurlCommand): string {
  if (command.head) return 'HEAD';
  return (command.data.length > 0 && !command.getWithData) || command.form.length > 0 ? 'POST' : 'GET';
}
