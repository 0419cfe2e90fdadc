import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCases } from './caseFile.ts';
import { needsConformance } from './conformanceFolder.ts';
import { holdCases } from './holdCases.ts';
import { notClaimed } from './notClaimed.ts';

// Kinds that measure time are left to `npm run conformance`.
holdCases('conformance: what is merged, prepared, kept apart and masked', [
  'merge-setting',
  'prepare',
  'mount',
  'hooks',
  'response',
  'isolation',
  'redaction',
]);

test('every case that is not claimed is named once and exists', needsConformance, () => {
  const known = new Set(readCases().map(({ id }) => id));
  const listed = notClaimed.flatMap(({ ids }) => ids);
  assert.deepEqual(
    listed.filter((id) => !known.has(id)),
    [],
  );
  assert.equal(new Set(listed).size, listed.length);
});
