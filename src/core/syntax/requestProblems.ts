import type { RequestNode, ScriptNode } from './ast.ts';
import type { BlockDraft } from './blockDraft.ts';
import { declarativeCaptures } from './handler.ts';
import { headerNamed, isWellKnownHeader } from './headerLines.ts';
import { isSendable } from './methods.ts';
import type { SourceLines } from './sourceLines.ts';
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
  checkHeaders(source, request, draft);
}

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
