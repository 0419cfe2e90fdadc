import assert from 'node:assert/strict';
import { retryWaitMs } from '../../src/core/session/retry.ts';
import type { RetrySetting } from '../../src/core/session/settings.ts';
import { type CaseObject, objectOr, only } from './caseFile.ts';

/** The wait after so many failed attempts, without jitter. */
export function retryScheduleCase(data: CaseObject): Promise<void> {
  only(data, ['kind', 'settings', 'now', 'checks'], 'case');
  const { retry: setting, ...others } = objectOr(data['settings']) as { retry?: RetrySetting };
  only(others, [], 'settings');
  const now = typeof data['now'] === 'string' ? Date.parse(data['now']) : Date.now();
  for (const check of data['checks'] as readonly CaseObject[]) {
    only(check, ['failedAttempts', 'status', 'retryAfter', 'expectWaitMs', 'expectMaxWaitMs'], 'check');
    const failedAttempts = check['failedAttempts'] as number;
    const retryAfter = check['retryAfter'] as string | undefined;
    const waitMs = retryWaitMs({ setting, failedAttempts, retryAfter, now, random: 0 });
    if ('expectWaitMs' in check) assert.equal(waitMs, check['expectWaitMs'], JSON.stringify(check));
    if ('expectMaxWaitMs' in check) assert.ok(waitMs <= (check['expectMaxWaitMs'] as number), `${waitMs} ms`);
  }
  return Promise.resolve();
}
