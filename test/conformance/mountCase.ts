import assert from 'node:assert/strict';
import { mountIndex } from '../../src/core/session/mount.ts';
import { type CaseObject, only } from './caseFile.ts';
import { prepareCase } from './prepareCase.ts';

/** Which of several prefixes is in force; where none is, what a send of that URL says. */
export async function mountCase(data: CaseObject): Promise<void> {
  only(data, ['kind', 'prefixes', 'checks'], 'case');
  const prefixes = data['prefixes'] as readonly string[];
  for (const check of data['checks'] as readonly CaseObject[]) {
    only(check, ['url', 'expectIndex', 'expectError'], 'check');
    const { url, expectIndex, expectError } = check;
    assert.equal(mountIndex(prefixes, url as string) ?? null, expectIndex, url as string);
    if (expectError !== undefined) await prepareCase({ kind: 'prepare', request: { url }, expectError });
  }
}
