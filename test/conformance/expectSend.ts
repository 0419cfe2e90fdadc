import assert from 'node:assert/strict';
import { once } from 'node:events';
import { decodeBodyText } from '../../src/core/http/bodyText.ts';
import { firstHeader } from '../../src/core/http/headerList.ts';
import { responseLinks } from '../../src/core/http/responseLinks.ts';
import { isOk, statusError } from '../../src/core/http/responseStatus.ts';
import type { RequestBody, WireResponse } from '../../src/core/http/transport.ts';
import type { Hop } from '../../src/core/session/exchange.ts';
import { type CaseObject, only } from './caseFile.ts';
import type { ConnectionLabels } from './connectionLabels.ts';
import { checkAbsentPhases, checkPhases, elapsedMs, expectArrived, type Range, within } from './expectArrived.ts';
import { checkHeaders, checkRawHeaders, decoded, type Pairs } from './headerChecks.ts';
import { lastResponse, type SendResult, warningsOf } from './sendResult.ts';
import { shownTexts } from './shownTexts.ts';

type Check = (expected: never, result: SendResult, labels: ConnectionLabels) => void | Promise<void>;

/** Holds a send against every `expect…` of its step. An error that is not expected fails, and so does an unknown key. */
export async function expectSend(step: CaseObject, result: SendResult, labels: ConnectionLabels): Promise<void> {
  if (!('expectError' in step) && result.failure !== undefined) {
    throw new Error(`failed unexpectedly with ${result.failure.code}: ${result.failure.message}`);
  }
  for (const [key, value] of Object.entries(step).filter(([key]) => key.startsWith('expect'))) {
    const check = checks[key];
    if (check === undefined) throw new Error(`${key}: unknown, or not supported yet`);
    await check(value as never, result, labels);
  }
}

const checks: Readonly<Record<string, Check>> = {
  expectError: (code: string, { failure }) => assert.equal(failure?.code, code, failure?.message ?? 'no failure'),
  expectStatus: same(lastResponse, (response) => response.status),
  expectStatusText: same(lastResponse, (response) => response.reason),
  expectRawHeaders: (expected: Pairs, result) =>
    checkRawHeaders(decoded(lastResponse(result)?.headers ?? []), expected, 'last response'),
  expectTrailers: same(lastResponse, (response) => response.trailers),
  expectInformational: same(lastResponse, (response) => response.informational),
  expectText: same(lastResponse, (response) => textOf(response).text),
  expectEncoding: same(lastResponse, (response) => textOf(response).encoding),
  expectBodyHex: same(lastResponse, (response) => Buffer.from(response.body.bytes).toString('hex')),
  expectPartialText: same(lastResponse, (response) => textOf(response).text),
  expectPartialBody: (_: boolean, result) => assert.ok((lastResponse(result)?.body.bytes.length ?? 0) > 0, 'no body'),
  expectDecodedBytes: checkSizes,
  expectMaxDecodedBytes: (max: number, result) => {
    const response = lastResponse(result);
    assert.ok(response && response.body.decodedBytes <= max, `${response?.body.decodedBytes} bytes were decoded`);
  },
  expectUrl: (expected: string, { hops }) => assert.equal(hops.at(-1)?.request.url, expected),
  expectNextUrl: (expected: string, { hops }) => {
    const decision = hops.at(-1)?.decision;
    assert.equal(decision?.kind === 'stop' ? decision.nextUrl : undefined, expected);
  },
  expectRequests: checkRequests,
  expectRequestCount: (count: number, { arrived }) => assert.equal(arrived.length, count, 'requests that arrived'),
  expectHistory: async (expected: readonly CaseObject[], { hops }) => {
    const history = historyOf(hops);
    assert.equal(history.length, expected.length, 'history');
    for (const [index, entry] of expected.entries()) await checkHistory(entry, history[index] as Hop, index);
  },
  expectHistoryCount: (count: number, { hops }) => assert.equal(historyOf(hops).length, count, 'history'),
  expectJar: (expected: readonly string[], { session, scene }) => {
    const names = session.jar.all(scene.now()).map(({ name, domain }) => `${name}@${domain}`);
    assert.deepEqual(names.toSorted(), expected);
  },
  expectJarMax: (max: number, { session, scene }) => assert.ok(session.jar.all(scene.now()).length <= max, 'jar'),
  expectWarnings: (codes: readonly string[], result) =>
    checkWarnings(
      codes,
      warningsOf(result).map(({ code }) => code),
    ),
  expectShown: (texts: readonly string[], result) => {
    const shown = [result.failure, ...warningsOf(result)].map((item) => item?.message ?? '').join('\n');
    for (const text of texts) assert.ok(shown.includes(text), `"${text}" is not in: ${shown}`);
  },
  expectNotShown: (secrets: readonly string[], result) => {
    for (const shown of shownTexts(result)) {
      for (const secret of secrets) assert.ok(!shown.includes(secret), `"${secret}" is shown in: ${shown}`);
    }
  },
  expectDurationMs: (range: Range, { durationMs }) => within(range, durationMs, 'duration'),
  expectElapsedMs: (range: Range, { hops }) => {
    const hop = hops.findLast(({ response }) => response !== undefined);
    within(range, hop ? elapsedMs(hop.wire.timing) : Number.NaN, 'elapsed');
  },
  expectTotalMs: (range: Range, { exchange }) => within(range, exchange?.durationMs ?? Number.NaN, 'total'),
  expectTimeouts: (expected: CaseObject, { settings }) => {
    const { connectMs = null, readMs = null, totalMs = null } = settings.timeouts;
    assert.deepEqual({ connectMs, readMs, totalMs }, expected);
  },
  expectOk: same(lastResponse, (response) => isOk(response.status)),
  expectRaise: (expected: string | null, { hops }) => {
    const hop = hops.findLast(({ response }) => response !== undefined);
    assert.ok(hop?.response, 'there is no response');
    const { status, reason } = hop.response;
    assert.equal(statusError(status, reason, hop.request.url) ?? null, expected);
  },
  expectLinks: (expected: Pairs, { hops }) => {
    const hop = hops.findLast(({ response }) => response !== undefined);
    assert.deepEqual(responseLinks(hop?.response?.headers ?? [], hop?.request.url ?? ''), expected);
  },
  expectAttempts: (count: number, result) => assert.equal(attemptsOf(result).length, count, 'attempts'),
  expectAttemptList: (expected: readonly CaseObject[], result) =>
    assert.deepEqual(
      attemptsOf(result).map(({ response, failure }) =>
        response === undefined ? { error: failure?.code } : { status: response.status },
      ),
      expected,
    ),
  expectWaits: (expected: readonly number[], { waits }) => assert.deepEqual(waits, expected, 'waits'),
  expectHookCalls: (expected: readonly (readonly [string, number])[], { scene }) =>
    assert.deepEqual(scene.hooks.calls, expected),
  expectCertificate: (_: boolean, { hops }) => assert.ok(hops.at(-1)?.wire.tls?.certificate, 'no certificate'),
  expectSocketClosed: async (_: boolean, { arrived }) => {
    const socket = arrived.at(-1)?.socket;
    // A reset is a close as well.
    if (socket?.destroyed === false) await once(socket, 'close').catch(() => undefined);
  },
  expectFailedHop: (expected: { phases?: string[]; absentPhases?: string[] }, { hops }) => {
    only(expected, ['phases', 'absentPhases'], 'expectFailedHop');
    const hop = hops.at(-1);
    assert.ok(hop?.failure, 'no hop failed');
    checkPhases(hop.wire.timing, expected.phases ?? [], 'failed hop');
    checkAbsentPhases(hop.wire.timing, expected.absentPhases ?? [], 'failed hop');
  },
};

function same<T>(of: (result: SendResult) => T | undefined, actual: (item: T) => unknown): Check {
  return (expected: unknown, result: SendResult) => {
    const item = of(result);
    assert.ok(item !== undefined, 'there is no response');
    assert.deepEqual(actual(item), expected);
  };
}

function checkRequests(expected: readonly CaseObject[], result: SendResult, labels: ConnectionLabels): void {
  const { arrived, hops, credentials } = result;
  const urls = arrived.map(({ method, url }) => `${method} ${url}`);
  assert.equal(arrived.length, expected.length, `requests that arrived: ${urls.join(', ')}`);
  const written = hops.filter(({ wire }) => wire.rawRequestHead !== undefined);
  expected.forEach((entry, index) => {
    const request = arrived[index];
    assert.ok(request);
    expectArrived(entry, { arrived: request, hop: written[index], labels, credentials, where: `request ${index + 1}` });
  });
}

/** The reported encoded size must be that of the body bytes which the server sent. */
function checkSizes(decodedBytes: number, result: SendResult): void {
  const body = lastResponse(result)?.body;
  assert.equal(body?.decodedBytes, decodedBytes, 'decoded size');
  assert.equal(body?.wireBytes, result.arrived.at(-1)?.sentBodyBytes, 'encoded size');
}

function checkWarnings(expected: readonly string[], actual: readonly string[]): void {
  if (expected.length === 0) return assert.deepEqual(actual, []);
  for (const code of expected)
    assert.ok(actual.includes(code), `no warning ${code}, but: ${actual.join(', ') || 'none'}`);
}

/** The hops of the last URL; each says which attempt it is, so both must come to the same. */
function attemptsOf({ hops }: SendResult): readonly Hop[] {
  const start = hops.findLastIndex(({ cause }) => cause === 'first' || cause === 'redirect');
  const attempts = hops.slice(start).filter(({ decision }) => decision.kind === 'stop' || decision.cause === 'retry');
  assert.deepEqual(
    attempts.map(({ attempt }) => attempt),
    attempts.map((_, index) => index + 1),
    'numbers of the attempts',
  );
  return attempts;
}

function historyOf(hops: readonly Hop[]): readonly Hop[] {
  return hops.slice(0, -1).filter(({ response }) => response !== undefined);
}

async function checkHistory(expected: CaseObject, hop: Hop, index: number): Promise<void> {
  for (const [key, value] of Object.entries(expected)) {
    const check = historyChecks[key];
    if (check === undefined) throw new Error(`expectHistory: ${key}: unknown, or not supported yet`);
    await check(value as never, hop, index);
  }
}

const historyChecks: Readonly<Record<string, (expected: never, hop: Hop, index: number) => void | Promise<void>>> = {
  url: (expected: string, { request }) => assert.equal(request.url, expected),
  status: (expected: number, { response }) => assert.equal(response?.status, expected),
  method: (expected: string, { request }) => assert.equal(request.method, expected),
  requestHeaders: (expected: Pairs, { sentHeaders }, index) =>
    checkHeaders(decoded(sentHeaders), expected, `hop ${index + 1}`),
  requestBody: async (expected: string | null, { request }) => assert.equal(await bodyText(request.body), expected),
  body: (expected: string, { response }) => assert.equal(response && textOf(response).text, expected),
  bodyHex: (expected: string, { response }) =>
    assert.equal(Buffer.from(response?.body.bytes ?? []).toString('hex'), expected),
  bodyMax: (max: number, { response }) => assert.ok((response?.body.bytes.length ?? 0) <= max, 'hop body'),
  warnings: (expected: string[], { warnings }) =>
    checkWarnings(
      expected,
      warnings.map(({ code }) => code),
    ),
  historyCount: (expected: number, _hop, index) => assert.equal(index, expected),
};

/** A body can be opened again unless it is a stream that was read. */
async function bodyText(body: RequestBody | undefined): Promise<string | null> {
  if (body === undefined) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function textOf({ headers, body }: WireResponse): { text: string; encoding: string } {
  return decodeBodyText(body.bytes, firstHeader(headers, 'content-type'), body.textDefault);
}
