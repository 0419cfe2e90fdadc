import type { Failure } from '../../src/core/http/failure.ts';
import type { PreparedRequest, RequestBody } from '../../src/core/http/transport.ts';
import { withoutUserinfo } from '../../src/core/http/shownUrl.ts';
import { httpUrl } from '../../src/core/prepare/targetUrl.ts';
import { appendParams, mergeHeaders, type MergePair, mergeParams } from '../../src/core/session/merge.ts';
import { type CaseObject, only } from './caseFile.ts';
import type { CaseSendSettings } from './sendSettings.ts';

export type BuiltRequest =
  | { readonly ok: true; readonly request: PreparedRequest }
  | { readonly ok: false; readonly failure: Pick<Failure, 'code' | 'message'> };

const supported = [
  'url',
  'method',
  'headers',
  'params',
  'cookies',
  'body',
  'bodySource',
  'bodyOffset',
  'bodySize',
  'httpVersion',
];

/** A request of the case format, merged with the session's settings as the product merges them. */
export function caseRequest(request: CaseObject, settings: CaseSendSettings): BuiltRequest {
  only(request, supported, 'request');
  const params = mergeParams(settings.params, (request['params'] as MergePair[] | undefined) ?? []);
  const verdict = httpUrl(appendParams(request['url'] as string, params));
  if (!verdict.ok) return { ok: false, failure: verdict };
  if (verdict.url.username !== '' || verdict.url.password !== '') throw new Error('userinfo: not supported yet');
  return {
    ok: true,
    request: {
      method: (request['method'] as string | undefined) ?? 'GET',
      url: withoutUserinfo(verdict.url).href,
      headers: mergeHeaders(settings.headers, [...headersOf(request), ...cookieLine(request)]).map(([name, value]) => [
        name,
        latin1(value),
      ]),
      body: bodyOf(request),
      httpVersion: request['httpVersion'] === 'HTTP/2' ? '2' : '1.1',
    },
  };
}

function headersOf(request: CaseObject): readonly MergePair[] {
  return (request['headers'] as MergePair[] | undefined) ?? [];
}

/** requests' `cookies=` is a Cookie line in this product (SESSION 0a.3). */
function cookieLine(request: CaseObject): MergePair[] {
  const pairs = (request['cookies'] as readonly (readonly [string, string])[] | undefined) ?? [];
  return pairs.length === 0 ? [] : [['Cookie', pairs.map(([name, value]) => `${name}=${value}`).join('; ')]];
}

function bodyOf(request: CaseObject): RequestBody | undefined {
  const { body, bodySize, bodySource, bodyOffset } = request;
  if (typeof bodySize === 'number') return bytesBody(Buffer.alloc(bodySize, 'x'));
  if (typeof body !== 'string') return undefined;
  const bytes = Buffer.from(body).subarray((bodyOffset as number | undefined) ?? 0);
  return bodySource === undefined ? bytesBody(bytes) : openedBody(bytes, bodySource === 'file');
}

export function bytesBody(bytes: Uint8Array): RequestBody {
  return { bytes, ...openedBody(bytes, true) };
}

/** A file can be opened again and knows its length; a stream can do neither. */
function openedBody(bytes: Uint8Array, isFile: boolean): RequestBody {
  return {
    length: isFile ? bytes.length : undefined,
    replayable: isFile,
    open: async function* () {
      await Promise.resolve();
      yield bytes;
    },
  };
}

/** Header text is UTF-8 on the wire; a header list holds one character a byte. */
function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
