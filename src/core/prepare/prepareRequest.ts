import type { BasicCharset } from '../http/auth/basic.ts';
import { firstHeader, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import type { PreparedRequest, RequestBody } from '../http/transport.ts';
import { withoutUserinfo } from '../http/shownUrl.ts';
import type { DefaultsLayer } from '../session/defaultsLayer.ts';
import { changedPart } from '../session/effectiveRequest.ts';
import { appendParams, mergeHeaders, mergeParams, type MergePair } from '../session/merge.ts';
import type { HopSettings } from '../session/session.ts';
import type { SendSettings } from '../session/settings.ts';
import { settingsPart } from '../session/settingsPart.ts';
import type { Problem } from '../text/problem.ts';
import { withAbsolutePaths } from './absolutePaths.ts';
import { authTag, type AuthTag } from './authTag.ts';
import { curlOptionProblems, prepareCurl } from './curlRequest.ts';
import { blockSettings } from './blockSettings.ts';
import { withDefaultCookies } from './defaultCookies.ts';
import { headerProblems, requestHeaders, withoutDefault } from './headers.ts';
import { preparedDefaults, type PreparedDefaults } from './preparedDefaults.ts';
import { prepareBody, type PreparedBody } from './prepareBody.ts';
import { problem, type PrepareInput } from './prepareInput.ts';
import { requestAuth } from './requestAuth.ts';
import { resolveHead, type RequestHead } from './requestHead.ts';
import { rawTargetOf, targetUrl, type UrlVerdict } from './targetUrl.ts';

export interface Preparation {
  /** Absent when there is an error among the problems, or a stand-in in the URL. */
  readonly request: PreparedRequest | undefined;
  readonly settings: SendSettings;
  /** The settings for a later hop, which another mount may hold for. */
  settingsAt(url: string): Promise<HopSettings>;
  /** What the defaults came from, weakest first, and last what the request itself says: for `provenanceOf`. */
  readonly layers: () => readonly DefaultsLayer[];
  readonly problems: readonly Problem[];
}

/** From what was written to what will be sent (ARCHITECTURE 2, station 6). Sends nothing; reads body files that are changed on the way. */
export async function prepareRequest(input: PrepareInput): Promise<Preparation> {
  const { curl } = input.block.request;
  const written = curl ? await prepareCurl(curl, input) : undefined;
  const head = written?.head ?? (await httpHead(input));
  const target = await targetOf(head, input);
  const defaults = await preparedDefaults(input, target?.ok ? target.url.href : undefined, head.headers);
  const tagged = await blockSettings(input, defaults.settings);
  const { settings } = tagged;
  const content = written?.content ?? (await httpBody(head, defaults, input));
  const charset: BasicCharset = settings.policy === 'requests' ? 'latin1' : 'utf-8';
  const auth = await authTag(input, charset);
  const finished = finish({ head, target, body: content.body, charset, auth, defaults, settings }, input);
  const problems = [
    ...tagged.problems,
    ...(curl ? curlOptionProblems(curl, input) : []),
    ...head.problems,
    ...defaults.problems,
    ...content.problems,
    ...auth.problems,
    ...finished.problems,
  ];
  const isBlocked = problems.some((each) => each.severity === 'error');
  return {
    request: isBlocked ? undefined : finished.request,
    settings: withAbsolutePaths(settings, input),
    settingsAt: (url) => settingsAt(url, input, head),
    layers: () => [...defaults.layers(), requestLayer(input, head, defaults.settings, settings)],
    problems,
  };
}

/** What another mount says for a later hop; trouble with it ends the send there. */
async function settingsAt(url: string, input: PrepareInput, head: RequestHead): Promise<HopSettings> {
  const { settings, problems } = await preparedDefaults(input, url, head.headers);
  const first = problems.find(({ severity }) => severity === 'error');
  if (first === undefined) {
    return { settings: withAbsolutePaths((await blockSettings(input, settings)).settings, input) };
  }
  return {
    failure: { code: 'invalid-setting', message: first.message, hint: 'Correct the default, then send again.' },
  };
}

/** The block's own words as one more layer, so that everything in force can be told alike. */
function requestLayer(
  input: PrepareInput,
  head: RequestHead,
  before: SendSettings,
  after: SendSettings,
): DefaultsLayer {
  const removed = [...withoutDefault(input.block.tags)].map((name): MergePair => [name, null]);
  const headers = [...removed, ...pairs(head)];
  const changed = changedPart(settingsPart(before), settingsPart(after));
  return { origin: { kind: 'request' }, defaults: { ...(headers.length > 0 && { headers }), ...changed } };
}

function isGraphql(head: RequestHead, { block }: PrepareInput): boolean {
  return block.request.kind === 'graphql' || headerOf(head, 'x-request-type')?.toLowerCase() === 'graphql';
}

async function httpHead(input: PrepareInput): Promise<RequestHead> {
  const head = await resolveHead(input.block.request, input);
  return isGraphql(head, input) ? withJsonType(head) : head;
}

async function httpBody(head: RequestHead, defaults: PreparedDefaults, input: PrepareInput): Promise<PreparedBody> {
  const { body } = input.block.request;
  if (!body) return { body: undefined, problems: [] };
  const contentType = headerOf(head, 'content-type') ?? firstHeader(mergeHeaders(defaults.headers, []), 'content-type');
  return prepareBody(body, { contentType, graphql: isGraphql(head, input) }, input);
}

/** The URL of the request line; `undefined` when it is not known what it will be. */
async function targetOf(head: RequestHead, input: PrepareInput): Promise<UrlVerdict | undefined> {
  if (head.targetStandIn || head.problems.some((each) => each.severity === 'error')) return undefined;
  return targetUrl(head.target, headerOf(head, 'host') ?? (await hostVariable(head, input)));
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
  readonly target: UrlVerdict | undefined;
  readonly body: RequestBody | undefined;
  readonly charset: BasicCharset;
  readonly auth: AuthTag;
  readonly defaults: PreparedDefaults;
  readonly settings: SendSettings;
}

/** URL, merged headers and authorization: all that needs no placeholder any more. */
function finish(draft: Draft, input: PrepareInput): Finished {
  const { head, target, body, defaults, settings } = draft;
  const problems: Problem[] = [...headerProblems(head.headers), ...methodProblems(head), ...hostProblems(head, input)];
  if (target === undefined) return { request: undefined, problems };
  if (!target.ok) {
    problems.push(problem('error', target.code, head.targetSpan, target.message));
    return { request: undefined, problems };
  }
  const lines = head.headers.filter((line) => !isHostWithScheme(line));
  const merged = withDefaultCookies(requestHeaders(lines, defaults.headers, input.block.tags), defaults.cookies);
  const {
    headers,
    auth,
    problems: ofAuth,
  } = requestAuth({
    headers: merged,
    hasOwnLine: headerOf(head, 'authorization') !== undefined,
    url: target.url,
    tag: draft.auth,
    session: settings.auth,
    charset: draft.charset,
    span: head.targetSpan,
  });
  const version = versionFor(target.url, head, input);
  problems.push(...ofAuth, ...lengthProblems(head, body), ...version.problems);
  const params = mergeParams(defaults.params, []);
  const url = appendParams(withoutUserinfo(target.url).href, params);
  const rawTarget = settings.rawTarget
    ? appendParams(rawTargetOf(head.target, headerOf(head, 'host')), params)
    : undefined;
  const request: PreparedRequest = {
    method: head.method,
    url,
    ...(rawTarget !== undefined && { rawTarget }),
    headers,
    body,
    httpVersion: version.httpVersion,
    ...(auth && { auth }),
  };
  return { request, problems };
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

/**
 * The version of the request line, or of `# @http2`. Without TLS nothing negotiates HTTP/2, and every tool that knows the version on
 * the request line then sends HTTP/1.1; the tag was written for this program, and with it the transport says why not.
 */
function versionFor(
  url: URL,
  head: RequestHead,
  { block }: PrepareInput,
): Pick<PreparedRequest, 'httpVersion'> & { readonly problems: readonly Problem[] } {
  const isWritten = head.httpVersion !== undefined && /(?:^|\/)2(?:\.0)?$/.test(head.httpVersion);
  if (block.tags.some((tag) => tag.name === 'http2')) return { httpVersion: '2', problems: [] };
  if (!isWritten) return { httpVersion: '1.1', problems: [] };
  if (url.protocol === 'https:') return { httpVersion: '2', problems: [] };
  const message =
    'HTTP/2 is agreed on during the TLS handshake, so this request is sent as HTTP/1.1. Write https:// to send it over HTTP/2.';
  const span = block.request.httpVersion?.span ?? head.targetSpan;
  return { httpVersion: '1.1', problems: [problem('information', 'http2-needs-https', span, message)] };
}
