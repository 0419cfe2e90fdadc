import type { HeaderNode, RequestNode } from '../syntax/ast.ts';
import { isKnownVerb, wireMethod } from '../syntax/methods.ts';
import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { Place, Resolved } from '../variables/resolve.ts';
import { writtenAs, writtenFrom, type Written } from '../variables/written.ts';
import { problem, type PlacedHeader, type PrepareInput } from './prepareInput.ts';

/** Request line and header lines with their placeholders replaced. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly targetSpan: Span;
  readonly targetStandIn: boolean;
  readonly httpVersion: string | undefined;
  readonly headers: readonly PlacedHeader[];
  readonly problems: readonly Problem[];
}

/** Resolves what stands above the body. Macros (C12, C36) become the lines that their value has. */
export async function resolveHead(request: RequestNode, input: PrepareInput): Promise<RequestHead> {
  const problems: Problem[] = [];
  const resolve = async (written: Written, place: Place, header?: string) => {
    const resolved = await input.resolver.resolve(written, place);
    problems.push(...resolved.problems.map((each) => withHeaderName(each, header)));
    return resolved;
  };
  const isMacro = request.methodImplicit && isPlaceholder(request.target.text);
  const target = await resolve(writtenTarget(request, input.document.text), isMacro ? 'macro' : 'url');
  const [line = '', ...more] = isMacro ? target.text.split(/\r\n|\r|\n/) : [target.text];
  const requestLine = request.methodImplicit ? splitRequestLine(line) : { target: line };
  const headers = more.flatMap((text) => headerFromText(text, request.target.span, isFinal(target), problems));
  for (const header of request.headers) headers.push(...(await resolveHeader(header, input, resolve, problems)));
  return {
    method: requestLine.method ?? wireMethod(request),
    target: requestLine.target,
    targetSpan: request.target.span,
    targetStandIn: target.standIn,
    httpVersion: request.httpVersion?.text ?? requestLine.version,
    headers,
    problems,
  };
}

type Resolve = (written: Written, place: Place, header?: string) => Promise<Resolved>;

/** A line break is told with the header that it would end, because that is what the reader looks for. */
function withHeaderName(each: Problem, header: string | undefined): Problem {
  if (each.code !== 'header-injection' || header === undefined) return each;
  return { ...each, message: `Header ${header}: ${each.message}` };
}

async function resolveHeader(
  header: HeaderNode,
  input: PrepareInput,
  resolve: Resolve,
  problems: Problem[],
): Promise<readonly PlacedHeader[]> {
  const documentText = input.document.text;
  const { span } = header;
  if (header.kind === 'macro') {
    const macro = await resolve(writtenAs(header.value, documentText), 'macro');
    if (!isFinal(macro)) return [];
    return macro.text.split(/\r\n|\r|\n/).flatMap((text) => headerFromText(text, span, true, problems));
  }
  if (header.kind === 'spread') return spreadHeaders(header, input, problems);
  const name = await resolve(writtenAs(header.name, documentText), 'header');
  const value = await resolve(writtenAs(header.value, documentText), 'header', name.text);
  return [{ name: name.text, value: value.text.trimEnd(), span, isFinal: isFinal(name) && isFinal(value) }];
}

function headerFromText(text: string, span: Span, isFinal: boolean, problems: Problem[]): PlacedHeader[] {
  if (text.trim() === '') return [];
  const colon = text.indexOf(':');
  if (colon > 0) return [{ name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim(), span, isFinal }];
  problems.push(
    problem('error', 'invalid-header', span, `"${text.trim()}" is no header line. The value must read "Name: value".`),
  );
  return [];
}

/** httpYac's `...name`: every member of a JSON object becomes a header line. */
async function spreadHeaders(header: HeaderNode, input: PrepareInput, problems: Problem[]): Promise<PlacedHeader[]> {
  const name = header.value.text.replace(/^\.\.\./, '').trim();
  const value = await input.resolver.value(name);
  if (value.ok && value.standIn) return [];
  const members = value.ok ? jsonMembers(value.text) : undefined;
  if (members) return members.map(([key, text]) => ({ name: key, value: text, span: header.span, isFinal: true }));
  const message = value.ok ? `The value of "${name}" is not a JSON object, so it has no headers.` : value.message;
  problems.push(problem('error', value.ok ? 'invalid-header' : value.code, header.span, message));
  return [];
}

function jsonMembers(text: string): readonly (readonly [string, string])[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.entries(value).map(([key, member]) => [
      key,
      typeof member === 'string' ? member : JSON.stringify(member),
    ]);
  } catch {
    return undefined;
  }
}

/** C36: a line without a method may turn out to have one, and a version, when its placeholder is replaced. */
function splitRequestLine(line: string): { method?: string; target: string; version?: string } {
  const match = /^\s*(?:([A-Za-z][A-Za-z-]*)[ \t]+(?=\S))?(.*?)(?:[ \t]+HTTP\/([\d.]+))?\s*$/s.exec(line);
  const [, word, target = '', version] = match ?? [];
  const method = word?.toUpperCase();
  if (method === undefined || !isKnownVerb(method)) return { target: line };
  return { method, target, ...(version !== undefined && { version }) };
}

function isFinal({ standIn, problems }: Resolved): boolean {
  return !standIn && problems.every((each) => each.severity !== 'error');
}

function isPlaceholder(text: string): boolean {
  return /^\s*\{\{[^{}]*\}\}\s*$/.test(text);
}

function writtenTarget(request: RequestNode, documentText: string): Written {
  const joined = writtenFrom(request.targetPieces, '');
  return joined.text === request.target.text ? joined : writtenAs(request.target, documentText);
}
