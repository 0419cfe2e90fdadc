import type { RequestNode, ScriptNode } from './ast.ts';
import type { BlockDraft } from './blockDraft.ts';
import { declarativeCaptures } from './handler.ts';
import { headerNamed, isWellKnownHeader } from './headerLines.ts';
import { isSendable } from './methods.ts';
import { isBlankCode, type SourceLines } from './sourceLines.ts';
import { syntaxProblem } from './syntaxProblem.ts';

/** Problems that show when a block has been read whole. */
export function checkRequest(
  source: SourceLines,
  request: RequestNode | undefined,
  scripts: readonly ScriptNode[],
  draft: BlockDraft,
): void {
  for (const script of scripts) checkScript(script, draft);
  if (!request) return;
  if (!isSendable(request.kind)) {
    draft.problems.push(syntaxProblem('unsupported-request-kind', request.method.span, kindNames[request.kind]));
  }
  if (request.target.text === '') draft.problems.push(syntaxProblem('missing-target', request.line));
  checkVersion(source, request, draft);
  checkHeaders(source, request, draft);
}

/** ` HTTP/1.1` and ` HTTP/2` are what can be sent; ` HTTP/1.l` has become a part of the URL, which nobody means. */
function checkVersion({ text }: SourceLines, request: RequestNode, draft: BlockDraft): void {
  const { httpVersion, target, kind } = request;
  if (kind !== 'http' && kind !== 'graphql') return;
  if (httpVersion) {
    if (spokenVersion.test(httpVersion.text)) return;
    draft.problems.push(syntaxProblem('unsupported-http-version', httpVersion.span, httpVersion.text));
    return;
  }
  const { start, end } = target.span;
  const from = Math.max(start, end - longestVersion);
  // Nearly every target is one word, and needs no second look.
  let at = end;
  while (at > from && !isBlankCode(text.charCodeAt(at - 1))) at--;
  const written = at > from ? versionLike.exec(text.slice(from, end))?.[1] : undefined;
  if (written === undefined) return;
  draft.problems.push(syntaxProblem('invalid-http-version', { start: end - written.length, end }, written));
}

const spokenVersion = /^HTTP\/(?:1|1\.1|2|2\.0)(?!\S)/i;
const versionLike = /[ \t](HTTPS?(?:[/ -][ \t]*v?[\w.,]*|[\d.]+))$/i;
const longestVersion = 24;

const kindNames: Readonly<Record<RequestNode['kind'], string>> = {
  http: 'HTTP',
  graphql: 'GraphQL',
  curl: 'curl',
  grpc: 'gRPC',
  websocket: 'WebSocket',
  sse: 'Server-sent event',
  mqtt: 'MQTT',
  amqp: 'AMQP',
  rsocket: 'RSocket',
};

function checkScript(script: ScriptNode, draft: BlockDraft): void {
  switch (script.kind) {
    case 'pre-script':
      draft.problems.push(syntaxProblem('pre-script-not-run', firstLine(script)));
      break;
    case 'handler':
      if (script.isFile || !declarativeCaptures(script.source.text)) {
        draft.problems.push(syntaxProblem('script-not-run', firstLine(script)));
      }
      break;
    case 'js-block':
      draft.problems.push(syntaxProblem('js-block-not-run', firstLine(script)));
      break;
    case 'assertion':
      draft.problems.push(syntaxProblem('assertion-not-run', script.span));
      break;
  }
}

/** A problem marks the opening of a script and not all of it. */
function firstLine(script: ScriptNode): { start: number; end: number } {
  const { span, isFile, source } = script;
  return isFile ? span : { start: span.start, end: Math.max(source.span.start, span.start + 1) };
}

function checkHeaders(source: SourceLines, request: RequestNode, draft: BlockDraft): void {
  const host = headerNamed(request.headers, 'host');
  const withScheme = host && /^https?:\/\/([^/\s]*)/i.exec(host.value.text);
  if (host && withScheme)
    draft.problems.push(syntaxProblem('host-with-scheme', host.value.span, `Host: ${withScheme[1] ?? ''}`));
  if (!request.body || request.headers.length > 0) return;
  const line = source.map.lineAt(request.body.span.start);
  if (isWellKnownHeader(source, line)) {
    draft.problems.push(syntaxProblem('blank-line-before-headers', source.trimmed(line).span));
  }
}
