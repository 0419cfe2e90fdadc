import { firstHeader, withHeader, withoutHeaders, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import type { PreparedRequest, RequestBody } from '../http/transport.ts';
import { withoutUserinfo } from '../http/shownUrl.ts';
import { appendParams, mergeHeaders, mergeParams } from '../session/merge.ts';
import type { SendSettings } from '../session/settings.ts';
import type { Problem } from '../text/problem.ts';
import { authTag, type AuthTag } from './authTag.ts';
import { authorizationValue, basicAuthorization, type BasicCharset } from './authorization.ts';
import { curlOptionProblems, prepareCurl } from './curlRequest.ts';
import { headerProblems, requestHeaders } from './headers.ts';
import { prepareBody, type PreparedBody } from './prepareBody.ts';
import { problem, type PrepareInput } from './prepareInput.ts';
import { resolveHead, type RequestHead } from './requestHead.ts';
import { settingsFromTags } from './settingsFromTags.ts';
import { targetUrl } from './targetUrl.ts';

export interface Preparation {
  /** Absent when there is an error among the problems, or a stand-in in the URL. */
  readonly request: PreparedRequest | undefined;
  readonly settings: SendSettings;
  readonly problems: readonly Problem[];
}

/** From what was written to what will be sent (ARCHITECTURE 2, station 6). Sends nothing; reads body files that are changed on the way. */
export async function prepareRequest(input: PrepareInput): Promise<Preparation> {
  const { request: node, tags } = input.block;
  const { settings, problems: tagProblems } = settingsFromTags(tags, curlSettings(input));
  const { head, content } = node.curl ? await prepareCurl(node.curl, input) : await prepareHttp(input);
  const host = headerOf(head, 'host') ?? (await hostVariable(head, input));
  const charset: BasicCharset = settings.policy === 'requests' ? 'latin1' : 'utf-8';
  const auth = await authTag(input, charset);
  const finished = finish({ head, host, body: content.body, charset, auth }, input);
  const problems = [
    ...tagProblems,
    ...(node.curl ? curlOptionProblems(node.curl, input) : []),
    ...head.problems,
    ...content.problems,
    ...auth.problems,
    ...finished.problems,
  ];
  const isBlocked = problems.some((each) => each.severity === 'error');
  return { request: isBlocked ? undefined : finished.request, settings, problems };
}

async function prepareHttp(input: PrepareInput): Promise<{ head: RequestHead; content: PreparedBody }> {
  const { request } = input.block;
  const resolved = await resolveHead(request, input);
  const isGraphql = request.kind === 'graphql' || headerOf(resolved, 'x-request-type')?.toLowerCase() === 'graphql';
  const head = isGraphql ? withJsonType(resolved) : resolved;
  const contentType = headerOf(head, 'content-type') ?? sessionContentType(input);
  const content = request.body
    ? await prepareBody(request.body, { contentType, graphql: isGraphql }, input)
    : { body: undefined, problems: [] };
  return { head, content };
}

/** A GraphQL body is made into JSON here, so its type is known when none is written. */
function withJsonType(head: RequestHead): RequestHead {
  if (headerOf(head, 'content-type') !== undefined) return head;
  const line = { name: 'Content-Type', value: 'application/json', span: head.targetSpan, isFinal: true };
  return { ...head, headers: [...head.headers, line] };
}

function headerOf(head: RequestHead, name: string): string | undefined {
  return firstHeader(pairs(head), name);
}

function pairs(head: RequestHead): HeaderList {
  return head.headers.map(({ name, value }): HeaderLine => [name, value]);
}

function sessionContentType(input: PrepareInput): string | undefined {
  return firstHeader(mergeHeaders(input.defaults.headers, []), 'content-type');
}

function curlSettings({ block, settings }: PrepareInput): SendSettings {
  const curl = block.request.curl;
  if (!curl) return settings;
  const totalMs = curl.maxTimeSeconds === undefined ? settings.timeouts.totalMs : curl.maxTimeSeconds * 1000;
  return { ...settings, verify: curl.insecure ? false : settings.verify, timeouts: { ...settings.timeouts, totalMs } };
}

/** httpYac: a target without a host is one of the variable `host`, which may hold a scheme and a path. */
async function hostVariable(head: RequestHead, input: PrepareInput): Promise<string | undefined> {
  if (!/^\/(?!\/)/.test(head.target)) return undefined;
  const value = await input.resolver.value('host');
  return value.ok ? value.text : undefined;
}

interface Finished {
  readonly request: PreparedRequest | undefined;
  readonly problems: readonly Problem[];
}

interface Draft {
  readonly head: RequestHead;
  readonly host: string | undefined;
  readonly body: RequestBody | undefined;
  readonly charset: BasicCharset;
  readonly auth: AuthTag;
}

/** URL, merged headers and authorization: all that needs no placeholder any more. */
function finish(draft: Draft, input: PrepareInput): Finished {
  const { head, body } = draft;
  const problems: Problem[] = [...headerProblems(head.headers), ...methodProblems(head), ...hostProblems(head, input)];
  if (head.targetStandIn || head.problems.some((each) => each.severity === 'error')) {
    return { request: undefined, problems };
  }
  const verdict = targetUrl(head.target, draft.host);
  if (!verdict.ok) {
    problems.push(problem('error', verdict.code, head.targetSpan, verdict.message));
    return { request: undefined, problems };
  }
  const lines = head.headers.filter((line) => !isHostWithScheme(line));
  const merged = requestHeaders(lines, input.defaults, input.block.tags);
  problems.push(...replacedProblems(merged, draft.auth), ...lengthProblems(head, body));
  const headers = withAuthorization(merged, verdict.url, draft);
  if (typeof headers === 'string') {
    problems.push(problem('error', 'invalid-auth', head.targetSpan, headers));
    return { request: undefined, problems };
  }
  const url = appendParams(withoutUserinfo(verdict.url).href, mergeParams(input.defaults.params, []));
  const httpVersion = isHttp2(head, input) ? '2' : '1.1';
  return { request: { method: head.method, url, headers, body, httpVersion }, problems };
}

/** SESSION 0a.7: the tag says what is sent, whatever stands in the lines. */
function replacedProblems(headers: HeaderList, { value, tag }: AuthTag): readonly Problem[] {
  if (value === undefined || !tag || firstHeader(headers, 'authorization') === undefined) return [];
  const message = '"# @auth" replaces the Authorization line. Take one of the two out.';
  return [problem('warning', 'authorization-replaced', tag.span, message)];
}

/** SESSION 0a.7: tag, header line, userinfo of the URL. Returns a sentence when the userinfo cannot be expressed. */
function withAuthorization(headers: HeaderList, url: URL, { auth, charset }: Draft): HeaderList | string {
  if (auth.value === null) return withoutHeaders(headers, (name) => name === 'authorization');
  if (auth.value !== undefined) return withHeader(headers, 'Authorization', auth.value);
  const written = firstHeader(headers, 'authorization');
  if (written !== undefined) return withHeaderValue(headers, written, authorizationValue(written, charset));
  if (url.username === '' && url.password === '') return headers;
  const username = percentDecoded(url.username);
  // RFC 7617 section 2: the first colon ends the user name.
  if (username.includes(':')) {
    return 'The user name in the URL has a colon, which Basic authentication cannot express. Correct it.';
  }
  return [...headers, ['Authorization', basicAuthorization(username, percentDecoded(url.password), charset)]];
}

function withHeaderValue(headers: HeaderList, written: string, value: string): HeaderList {
  if (written === value) return headers;
  const name = headers.find(([key]) => key.toLowerCase() === 'authorization')?.[0] ?? 'Authorization';
  return withHeader(headers, name, value);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // No valid UTF-8 behind the percent signs: what is written is what is meant.
    return text;
  }
}

/** RFC 9110 section 9.1: a method is a token. */
function methodProblems(head: RequestHead): readonly Problem[] {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(head.method)) return [];
  return [
    problem(
      'error',
      'invalid-method',
      head.targetSpan,
      `"${head.method}" is not a method. Write for example GET or POST.`,
    ),
  ];
}

/** A Host line with a scheme is used for the URL and not sent: no server understands it. */
function hostProblems(head: RequestHead, { block }: PrepareInput): readonly Problem[] {
  // The parser has said it already when it is written so, and not the value of a placeholder.
  if (block.problems.some((each) => each.code === 'host-with-scheme')) return [];
  return head.headers
    .filter(isHostWithScheme)
    .map((line) =>
      problem(
        'warning',
        'host-with-scheme',
        line.span,
        'A Host line has no scheme. Write only the host, for example "Host: example.com".',
      ),
    );
}

function isHostWithScheme({ name, value }: { name: string; value: string }): boolean {
  return name.toLowerCase() === 'host' && /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
}

/** RFC 9112 section 6.3: a wrong length would let the rest of the body be read as another request. */
function lengthProblems(head: RequestHead, body: RequestBody | undefined): readonly Problem[] {
  const lines = head.headers.filter((line) => line.name.toLowerCase() === 'content-length');
  const length = body ? body.length : 0;
  return lines.flatMap((line, index) => {
    if (index === 0 && (length === undefined || !line.isFinal || Number(line.value) === length)) return [];
    const message = `Content-Length says ${line.value}, but the body has ${length ?? 'no known number of'} bytes. Take the line out: it is written for you.`;
    return [problem('error', 'content-length-mismatch', line.span, message)];
  });
}

function isHttp2(head: RequestHead, input: PrepareInput): boolean {
  const written = head.httpVersion !== undefined && /(?:^|\/)2(?:\.0)?$/.test(head.httpVersion);
  return written || input.block.tags.some((tag) => tag.name === 'http2');
}
