import { decodeBodyText } from '../http/bodyText.ts';
import { firstHeader, headerValues } from '../http/headerList.ts';
import { lookUpJson } from './jsonPath.ts';
import { found, missing, type Value } from './value.ts';
import type { XmlQuery } from './xmlQuery.ts';

/** What is kept of the last response of a named request. */
export interface ReferencedResponse {
  readonly id: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Headers;
    readonly body?: string;
  };
  /** All hops, the last one's response is the one meant by `.response`. */
  readonly hops: readonly ReferencedHop[];
  readonly cookies: readonly (readonly [name: string, value: string])[];
  readonly bodyBase64?: string;
  /** In words, why the body was not kept. */
  readonly bodyDropped?: string;
}

interface ReferencedHop {
  readonly url: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
}

type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Value of a path into a recorded request and its response (C20): `.response.body.$.token`, `.response.headers.X[1]`,
 * `.response.body.//item/@id`, `.response.cookies.c.path`, `.request.url`, … A path without `response` or `request` goes into the response's JSON.
 */
export async function recordedValue(recorded: ReferencedResponse, path: string, lookUpXml: XmlQuery): Promise<Value> {
  const match = /^\.(response|request)(?=[.[]|$)\.?(.*)$/s.exec(path);
  if (!match) return bodyValue(recorded.id, responseBody(recorded), path.replace(/^\./, ''), lookUpXml);
  const [, side, rest = ''] = match;
  const [word, inner] = splitWord(rest);
  if (word === 'body') {
    const { id } = recorded;
    return bodyValue(id, side === 'request' ? requestBody(recorded) : responseBody(recorded), inner, lookUpXml);
  }
  return side === 'request' ? requestPart(recorded, word, inner) : responsePart(recorded, word, inner);
}

function requestPart(recorded: ReferencedResponse, word: string, inner: string): Value {
  const { request, id } = recorded;
  switch (word) {
    case 'url':
      return found(request.url);
    case 'method':
      return found(request.method);
    case 'headers':
      return headerValue(id, request.headers, inner);
    default:
      return notAPart(id, `request.${word}`, 'body, headers, method and url');
  }
}

function responsePart(recorded: ReferencedResponse, word: string, inner: string): Value {
  const last = recorded.hops.at(-1);
  switch (word) {
    case 'headers':
      return headerValue(recorded.id, last?.headers ?? [], inner);
    case 'cookies':
      return cookieValue(recorded, inner);
    case 'redirects':
      return redirectValue(recorded, inner);
    case 'status':
    case 'statusCode':
    case 'code':
      return found(String(last?.status ?? ''));
    case 'reason':
    case 'statusText':
      return found(last?.reason ?? '');
    case 'url':
      return found(last?.url ?? '');
    default:
      return notAPart(recorded.id, `response.${word}`, 'body, headers, cookies, status, redirects and url');
  }
}

/** A JSONPath goes into JSON and an XPath into XML: the body says which of the two a path is, when its first character does not. */
async function bodyValue(id: string, body: Value, path: string, lookUpXml: XmlQuery): Promise<Value> {
  if (!body.ok || path === '' || path === '*') return body;
  if (path.startsWith('/') || /^\s*</.test(body.text)) return xmlValue(id, body.text, path, lookUpXml);
  const lookup = await lookUpJson(body.text, path);
  switch (lookup.kind) {
    case 'found':
      return found(lookup.text);
    case 'nothing':
      return nothingFound(id, path, 'Look at its last response for the right path.');
    case 'not-json':
      return nothingFound(id, path, 'Its body is not JSON; take all of it with ".response.body".');
    case 'bad-path':
      return nothingFound(id, path, `The path is not a JSONPath: ${lookup.reason}.`);
  }
}

async function xmlValue(id: string, xml: string, path: string, lookUpXml: XmlQuery): Promise<Value> {
  const lookup = await lookUpXml(xml, path);
  switch (lookup.kind) {
    case 'found':
      return found(lookup.text);
    case 'nothing':
      return nothingFound(id, path, 'Look at its last response for the right path.');
    case 'not-xml':
      return nothingFound(id, path, `An XPath needs an XML body, and this one is none: ${lookup.reason}.`);
    case 'bad-path':
      return nothingFound(id, path, `The path is not an XPath: ${lookup.reason}.`);
  }
}

/** `X`, `['X']`, each with an optional index. Kulala counts lines from 1, everybody else from 0: one past the end is its last. */
function headerValue(id: string, headers: Headers, path: string): Value {
  const match = /^(?:\[(?:'([^']+)'|"([^"]+)")\]|([^[\]]+?))(?:\[(\d+)\])?$/.exec(path);
  const name = match?.[1] ?? match?.[2] ?? match?.[3];
  if (name === undefined)
    return nothingFound(id, `headers.${path}`, 'Write ".headers.Location" or ".headers[\'Location\']".');
  const values = headerValues(headers, name);
  const index = Number(match?.[4] ?? 0);
  const value = values[index] ?? (index === values.length ? values.at(-1) : undefined);
  if (value !== undefined) return found(value);
  const known = [...new Set(headers.map(([key]) => key))].join(', ');
  return nothingFound(id, `headers.${path}`, `There were: ${known}.`);
}

function cookieValue(recorded: ReferencedResponse, path: string): Value {
  const match = /^(?:\[(?:'([^']+)'|"([^"]+)")\]|([^.[\]]+))(?:\.(\w+))?$/.exec(path);
  const name = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  const cookie = recorded.cookies.findLast(([key]) => key === name);
  if (!cookie) return nothingFound(recorded.id, `cookies.${path}`, 'No response of it set a cookie of that name.');
  const attribute = match?.[4] ?? 'value';
  if (attribute === 'value') return found(cookie[1], true);
  const value = cookieAttribute(recorded, name, attribute);
  if (value !== undefined) return found(value);
  return nothingFound(recorded.id, `cookies.${path}`, `The cookie was set without "${attribute}".`);
}

/** Attributes are not kept with the cookie's value: the last Set-Cookie line of the chain still has them (RFC 6265 5.2). */
function cookieAttribute(recorded: ReferencedResponse, name: string, attribute: string): string | undefined {
  const lines = recorded.hops.flatMap((hop) => headerValues(hop.headers, 'set-cookie'));
  const line = lines.findLast((each) => each.split(/[=;]/, 1)[0]?.trim() === name);
  const wanted = attribute.toLowerCase().replace(/[-_]/g, '');
  for (const part of line?.split(';').slice(1) ?? []) {
    const [key = '', ...value] = part.split('=');
    if (key.trim().toLowerCase().replace('-', '') === wanted) return value.length > 0 ? value.join('=').trim() : 'true';
  }
  return undefined;
}

function redirectValue(recorded: ReferencedResponse, path: string): Value {
  const match = /^\[(\d+)\](?:\.(\w+)(?:\.?(.+))?)?$/.exec(path);
  const redirects = recorded.hops.slice(0, -1);
  const hop = redirects[Number(match?.[1])];
  if (!hop)
    return nothingFound(
      recorded.id,
      `redirects${path}`,
      `It was redirected ${redirects.length} times, counted from 0.`,
    );
  const part = match?.[2] ?? '';
  switch (part) {
    case 'headers':
      return headerValue(recorded.id, hop.headers, match?.[3] ?? '');
    case 'status':
      return found(String(hop.status));
    case 'url':
      return found(hop.url);
    default:
      return notAPart(recorded.id, `response.redirects[${match?.[1]}]`, 'headers, status and url');
  }
}

function requestBody({ id, request }: ReferencedResponse): Value {
  return request.body === undefined ? noBody(id, 'request') : found(request.body);
}

function responseBody(recorded: ReferencedResponse): Value {
  if (recorded.bodyBase64 !== undefined) {
    const contentType = firstHeader(recorded.hops.at(-1)?.headers ?? [], 'content-type') ?? '';
    return found(decode(recorded.bodyBase64, contentType));
  }
  if (recorded.bodyDropped === undefined) return noBody(recorded.id, 'response');
  return nothingFound(recorded.id, 'response.body', recorded.bodyDropped);
}

function decode(base64: string, contentType: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return decodeBodyText(bytes, contentType).text;
}

function splitWord(path: string): [word: string, rest: string] {
  const end = path.search(/[.[]/);
  if (end < 0) return [path, ''];
  return [path.slice(0, end), path.slice(path[end] === '.' ? end + 1 : end)];
}

function noBody(id: string, side: string): Value {
  return missing(
    'reference-not-found',
    `The last ${side} of "${id}" had no body. Refer to a header or the status instead.`,
  );
}

function notAPart(id: string, part: string, known: string): Value {
  return missing('reference-not-found', `"${id}" has no "${part}". Known are ${known}.`);
}

function nothingFound(id: string, path: string, next: string): Value {
  return missing('reference-not-found', `"${path}" found nothing in the last response of "${id}". ${next}`);
}
