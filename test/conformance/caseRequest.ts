import { randomUUID } from 'node:crypto';
import type { Failure, FailureCode } from '../../src/core/http/failure.ts';
import type { HeaderLine } from '../../src/core/http/headerList.ts';
import type { PreparedRequest, RequestBody } from '../../src/core/http/transport.ts';
import { prepareRequest, type Preparation } from '../../src/core/prepare/prepareRequest.ts';
import { httpUrl } from '../../src/core/prepare/targetUrl.ts';
import { createResolver, prepareInput } from '../../src/core/run/runContext.ts';
import type { MergePair } from '../../src/core/session/merge.ts';
import type { Session } from '../../src/core/session/session.ts';
import type { DefaultsPart, SendSettings } from '../../src/core/session/settings.ts';
import type { Problem } from '../../src/core/text/problem.ts';
import { runInput } from '../support/runInput.ts';
import type { CaseObject } from './caseFile.ts';
import type { CaseSendSettings } from './sendSettings.ts';
import { headersOf, isBodyInCode, isToken, isWritable, type WrittenRequest, writtenRequest } from './writtenRequest.ts';

export interface BuiltRequest {
  readonly request: PreparedRequest | undefined;
  /** What blocked it, in the terms of a failure. */
  readonly failure: (Pick<Failure, 'code' | 'message'> & Partial<Failure>) | undefined;
  readonly problems: readonly Problem[];
  /** In force for the first hop. */
  readonly settings: SendSettings;
  readonly settingsAt?: Preparation['settingsAt'];
}

/** Prepares a request of the case format as the product prepares a block of a file with the same meaning. */
export async function caseRequest(
  request: CaseObject,
  session: Session,
  settings: CaseSendSettings,
  ofStep: DefaultsPart = {},
): Promise<BuiltRequest> {
  const verdict = httpUrl((request['url'] as string).trim());
  // A line of a file may leave out the scheme (GRAMMAR 3); the URL of a case is a whole one unless it has a base.
  if (!verdict.ok && request['base'] === undefined)
    return { request: undefined, failure: verdict, problems: [], settings: settings.send };
  const written = writtenRequest(request);
  const input = inputFor(written, session, settings);
  const own = prepareInput(input, createResolver(input, [], 'no'), 'no');
  // What the caller says for this one request is what flags are on a command line.
  const params = (request['params'] as MergePair[] | undefined) ?? [];
  const preparation = await prepareRequest({
    ...own,
    layers: [...own.layers, { origin: { kind: 'flags' }, defaults: { params, ...ofStep } }],
    randomBoundary: () => randomUUID().replaceAll('-', ''),
  });
  const { request: prepared, problems, settings: inForce } = preparation;
  const blocking = [...input.block.problems, ...problems].find(({ severity }) => severity === 'error');
  const failure = blocking && { code: blocking.code as FailureCode, message: blocking.message };
  return {
    request: prepared && withCode(prepared, request),
    failure,
    problems,
    settings: inForce,
    settingsAt: (url) => preparation.settingsAt(url),
  };
}

/** Prepares without a session's own settings, for decisions that are made without sending. */
function inputFor({ text, variables, files }: WrittenRequest, session: Session, { send }: CaseSendSettings) {
  const input = runInput(text, undefined, { session, overrides: variables, files });
  // A path of a case is relative to the workspace folder.
  const file = { path: '/work/file.http', root: '/work', id: 'file.http' };
  return { ...input, file, settings: send };
}

/** What no file can say: streams, offsets, huge bodies, odd methods, header names that are no token. */
function withCode(prepared: PreparedRequest, request: CaseObject): PreparedRequest {
  const { method } = request;
  const odd = typeof method === 'string' && !isWritable(method) ? { method } : {};
  const lines = headersOf(request).filter(([name]) => !isToken(name));
  const headers = [...prepared.headers, ...lines.map(([name, value]): HeaderLine => [name, value ?? ''])];
  const inCode = isBodyInCode(request) || request['bodyOffset'] !== undefined;
  return { ...prepared, ...odd, headers, ...(inCode ? { body: bodyInCode(request) } : {}) };
}

function bodyInCode({ body, bodySize, bodySource, bodyOffset }: CaseObject): RequestBody {
  const whole = typeof bodySize === 'number' ? Buffer.alloc(bodySize, 'x') : Buffer.from(body as string);
  const bytes = whole.subarray((bodyOffset as number | undefined) ?? 0);
  const replayable = bodySource !== 'stream';
  return {
    length: replayable ? bytes.length : undefined,
    replayable,
    open: async function* () {
      await Promise.resolve();
      yield bytes;
    },
  };
}
