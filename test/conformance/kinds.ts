import assert from 'node:assert/strict';
import { mergeSetting } from '../../src/core/session/merge.ts';
import { type CaseObject, only, type SessionCase } from './caseFile.ts';
import { type CookieCase, runCookieCase } from './cookieSteps.ts';
import { digestCase } from './digestCase.ts';
import { exchangeCase } from './exchangeCase.ts';
import { mountCase } from './mountCase.ts';
import { prepareCase } from './prepareCase.ts';
import { noProxyCase, proxySelectCase } from './proxyCases.ts';
import { retryScheduleCase } from './retryCase.ts';
import { authStripCase, redirectDecisionCase, redirectLocationCase, redirectStepCase } from './redirectCases.ts';

export type CaseResult =
  | { readonly outcome: 'passed' | 'skipped' }
  | { readonly outcome: 'failed'; readonly reason: string; readonly unknownKind?: boolean };

type Executor = (data: CaseObject, item: SessionCase) => Promise<void>;

/** Kinds that run. A kind of the format that is not here fails: what the product cannot do yet is not passed over. */
const executors: ReadonlyMap<string, Executor> = new Map<string, Executor>([
  ['exchange', exchangeCase],
  ['response', exchangeCase],
  ['isolation', exchangeCase],
  ['timeout', exchangeCase],
  ['tls', exchangeCase],
  ['proxy-exchange', exchangeCase],
  ['noproxy', noProxyCase],
  ['proxy-select', proxySelectCase],
  ['digest', digestCase],
  ['digest-exchange', exchangeCase],
  ['retry-exchange', exchangeCase],
  ['retry-schedule', retryScheduleCase],
  ['mount', mountCase],
  ['hooks', exchangeCase],
  ['wire', exchangeCase],
  ['redaction', exchangeCase],
  ['redirect-step', redirectStepCase],
  ['redirect-decision', redirectDecisionCase],
  ['redirect-location', redirectLocationCase],
  ['auth-strip', authStripCase],
  ['prepare', prepareCase],
  ['merge-setting', mergeSettingCase],
  ['cookie-steps', (data) => runCookieCase(data as unknown as CookieCase)],
  ['session-ops', (data) => runCookieCase(data as unknown as CookieCase)],
]);

/** Longer than any time a case measures; what takes longer hangs. */
const caseLimitMs = 20_000;

export async function runCase(item: SessionCase): Promise<CaseResult> {
  const { data } = item;
  if (data.kind === 'review') return { outcome: 'skipped' };
  const executor = executors.get(data.kind);
  if (executor === undefined)
    return { outcome: 'failed', reason: `kind "${data.kind}" is not supported yet`, unknownKind: true };
  try {
    await withLimit(executor(data, item));
    return { outcome: 'passed' };
  } catch (error) {
    return { outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function withLimit(running: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not done after ${caseLimitMs} ms`)), caseLimitMs);
  await Promise.race([running, promise]).finally(() => clearTimeout(timer));
}

function mergeSettingCase(data: CaseObject): Promise<void> {
  only(data, ['kind', 'session', 'request', 'expectMerged'], 'case');
  assert.deepEqual(mergeSetting(data['session'], data['request']), data['expectMerged']);
  return Promise.resolve();
}
