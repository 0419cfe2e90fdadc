import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { advisories } from './advisories.ts';

test('no advisory is listed twice', () => {
  const ids = Object.values(advisories).flat();
  assert.deepEqual(ids, [...new Set(ids)]);
});

for (const file of Object.keys(advisories)) {
  test(`${file}.test.ts proves the advisories listed for it`, () => {
    const path = join(import.meta.dirname, `${file}.test.ts`);
    assert.ok(existsSync(path), `${path} is not there`);
    assert.match(readFileSync(path, 'utf8'), new RegExp(`^provesAdvisories\\('${file}', `, 'm'));
  });
}
