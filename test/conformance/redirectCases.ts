import assert from 'node:assert/strict';
import { decideNext } from '../../src/core/session/decideNext.ts';
import type { HeaderList } from '../../src/core/http/headerList.ts';
import type { PreparedRequest } from '../../src/core/http/transport.ts';
import { bytesBody } from '../../src/core/prepare/requestBody.ts';
import { CaseScene } from './caseScene.ts';
import { type CaseObject, objectOr, only, type SessionCase } from './caseFile.ts';
import { sendSettings } from './sendSettings.ts';
import { ConnectionLabels } from './connectionLabels.ts';
import { sendStep } from './exchangeCase.ts';
import { expectSend } from './expectSend.ts';
import { checkAbsent, checkHeaders, decoded, type Pairs } from './headerChecks.ts';
import type { SendResult } from './sendResult.ts';
import type { Answer } from './wire/answer.ts';
import type { ServedUrl } from './wire/loopbackNet.ts';

const stepKeys = [
  'kind',
  'status',
  'method',
  'fromUrl',
  'location',
  'requestHeaders',
  'requestBody',
  'responseHeaders',
];
const stepExpectations = ['expectFollow', 'expectMethod', 'expectBody', 'expectUrl', 'expectHeaders'];
const allStepKeys = [...stepKeys, ...stepExpectations, 'expectAbsentHeaders', 'expectWarnings', 'settings', 'byPolicy'];

/** One redirect on the wire, once with each policy that the case names. */
export async function redirectStepCase(data: CaseObject, { given }: SessionCase): Promise<void> {
  only(data, allStepKeys, 'case');
  // The statement decides where the data leave it open whether the request asked to follow (policy `requests` and HEAD).
  const asked = /\bredirects on\b/.test(given) ? { followRedirects: true } : {};
  await eachPolicy(data, async (expected, settings) => {
    const served: ServedUrl[] = [{ url: data['fromUrl'] as string, answers: [redirectAnswer(data), { status: 200 }] }];
    const result = await sendOnce(stepRequest(data), { ...asked, ...settings }, served);
    assert.equal(result.failure, undefined, result.failure?.message);
    assert.equal(result.arrived.length, expected['expectFollow'] === true ? 2 : 1, 'requests that arrived');
    const next = result.arrived[1];
    if (next !== undefined) {
      checkNext(expected, { ...next, headers: decoded(next.headers), body: next.body.toString() || null });
    }
    if ('expectWarnings' in expected)
      await expectSend({ expectWarnings: expected['expectWarnings'] }, result, new ConnectionLabels());
  });
}

/** The decision function alone, for requests that undici refuses to send. */
export async function redirectDecisionCase(data: CaseObject): Promise<void> {
  only(data, allStepKeys, 'case');
  await eachPolicy(data, (expected, settings) => {
    const { status = 200, headers = [] } = redirectAnswer(data);
    const { decision, warnings } = decideNext({
      request: decisionRequest(data),
      response: { status, headers },
      followed: 0,
      settings: sendSettings(settings).send,
    });
    assert.equal(decision.kind === 'follow', expected['expectFollow']);
    if (decision.kind === 'follow') {
      const { method, url, headers: lines, body } = decision.next;
      const text = body?.bytes === undefined ? null : Buffer.from(body.bytes).toString();
      checkNext(expected, { method, url, headers: lines, body: text });
    }
    for (const code of (expected['expectWarnings'] as string[] | undefined) ?? []) {
      assert.ok(
        warnings.some((warning) => warning.code === code),
        `no warning ${code}`,
      );
    }
    return Promise.resolve();
  });
}

function decisionRequest({ method, fromUrl, requestHeaders, requestBody }: CaseObject): PreparedRequest {
  return {
    method: method as string,
    url: fromUrl as string,
    headers: requestHeaders as HeaderList,
    body: typeof requestBody === 'string' ? bytesBody(Buffer.from(requestBody)) : undefined,
    httpVersion: '1.1',
  };
}

/** A GET that is answered by a 302 with one Location or several. */
export async function redirectLocationCase(data: CaseObject): Promise<void> {
  only(
    data,
    ['kind', 'fromUrl', 'location', 'locationHex', 'locations', 'expectUrl', 'expectError', 'expectWarnings'],
    'case',
  );
  const { fromUrl, expectUrl, expectError, expectWarnings } = data;
  const lines = locationLines(data).map((value): [string, string] => ['Location', value]);
  const answer: Answer = { status: 302, latin1Headers: lines, body: 'MOVED' };
  const served: ServedUrl[] = [{ url: fromUrl as string, answers: [answer, { status: 200 }] }];
  const result = await sendOnce({ url: fromUrl }, {}, served);
  const count = expectError === undefined ? 2 : 1;
  await expectSend(
    {
      expectRequestCount: count,
      ...(expectError === undefined ? { expectUrl } : { expectError, expectStatus: 302, expectText: 'MOVED' }),
      ...(expectWarnings === undefined ? {} : { expectWarnings }),
    },
    result,
    new ConnectionLabels(),
  );
}

/** A chain of 302 answers, and the Authorization of every request that arrives; credentials of a request and of a session alike. */
export async function authStripCase(data: CaseObject): Promise<void> {
  const keys = ['kind', 'chain', 'requestHeaders', 'auth', 'netrc', 'settings', 'expectAuthorization', 'expectUrl'];
  only(data, [...keys, 'expectError', 'expectNotShown'], 'case');
  const { requestHeaders: headers, auth } = data;
  const settings = objectOr(data['settings']);
  const isBound = objectOr(auth)['origin'] !== undefined;
  if (auth !== undefined) await checkChain(data, { headers }, { ...settings, auth });
  if (!isBound) await checkChain(data, auth === undefined ? { headers } : { headers, auth }, settings);
}

async function checkChain(data: CaseObject, request: CaseObject, settings: CaseObject): Promise<void> {
  const chain = data['chain'] as readonly string[];
  const { netrc, expectAuthorization, expectUrl, expectError, expectNotShown } = data;
  const result = await sendOnce({ ...request, url: chain[0] }, settings, chainServers(chain), netrc);
  await expectSend(
    {
      expectRequests: (expectAuthorization as (string | null)[]).map((authorization) => ({ authorization })),
      ...(expectUrl === undefined ? {} : { expectUrl }),
      ...(expectError === undefined ? {} : { expectError }),
      ...(expectNotShown === undefined ? {} : { expectNotShown }),
    },
    result,
    new ConnectionLabels(),
  );
}

/** Each URL answers with the next Location as written; the last one that can be asked answers 200. */
function chainServers(chain: readonly string[]): ServedUrl[] {
  const answers = new Map<string, Answer[]>();
  let current = new URL(chain[0] ?? '');
  for (const location of chain.slice(1)) {
    const served = `${current.origin}${current.pathname}${current.search}`;
    answers.set(served, [...(answers.get(served) ?? []), { status: 302, headers: [['Location', location]] }]);
    current = new URL(location, current);
  }
  return [...answers].map(([url, list]) => ({ url, answers: [...list, { status: 200 }] }));
}

async function eachPolicy(
  data: CaseObject,
  run: (expected: CaseObject, settings: CaseObject) => Promise<void>,
): Promise<void> {
  const settings = (data['settings'] as CaseObject | undefined) ?? {};
  const byPolicy = data['byPolicy'] as Readonly<Record<string, CaseObject>> | undefined;
  if (byPolicy === undefined) return run(data, settings);
  // What stands beside `byPolicy` holds for `standard`; an entry is complete in itself.
  const runs = { ...byPolicy, standard: { ...data, ...byPolicy['standard'] } };
  for (const [policy, expected] of Object.entries(runs)) {
    await run(expected, { ...settings, policy }).catch((error: Error) => {
      throw new Error(`policy ${policy}: ${error.message}`, { cause: error });
    });
  }
}

async function sendOnce(
  request: CaseObject,
  settings: CaseObject,
  server: readonly ServedUrl[],
  netrc?: unknown,
): Promise<SendResult> {
  const split = sendSettings(settings);
  const scene = new CaseScene({ settings: split, server, ...(typeof netrc === 'string' && { netrc }) });
  try {
    return await sendStep({ op: 'send', request }, { scene, settings: split });
  } finally {
    await scene.close();
  }
}

function stepRequest({ fromUrl, method, requestHeaders, requestBody }: CaseObject): CaseObject {
  return { url: fromUrl, method, headers: requestHeaders, ...(requestBody === null ? {} : { body: requestBody }) };
}

function redirectAnswer({ status, location, responseHeaders }: CaseObject): Answer {
  const others = (responseHeaders as [string, string][] | undefined) ?? [];
  const lines: [string, string][] = typeof location === 'string' ? [['Location', location]] : [];
  return { status: status as number, headers: [...lines, ...others] };
}

function locationLines({ location, locationHex, locations }: CaseObject): string[] {
  if (typeof locationHex === 'string') return [Buffer.from(locationHex, 'hex').toString('latin1')];
  const texts = (locations as string[] | undefined) ?? [location as string];
  return texts.map((text) => Buffer.from(text, 'utf8').toString('latin1'));
}

interface NextRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Pairs;
  readonly body: string | null;
}

function checkNext(expected: CaseObject, next: NextRequest): void {
  if ('expectMethod' in expected) assert.equal(next.method, expected['expectMethod']);
  if ('expectUrl' in expected) assert.equal(next.url, expected['expectUrl']);
  if ('expectBody' in expected) assert.equal(next.body, expected['expectBody'], 'body');
  checkHeaders(next.headers, (expected['expectHeaders'] as Pairs | undefined) ?? [], 'next request');
  checkAbsent(next.headers, (expected['expectAbsentHeaders'] as string[] | undefined) ?? [], 'next request');
}
