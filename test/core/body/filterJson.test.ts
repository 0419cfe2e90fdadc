import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BodyFilterResult } from '../../../src/core/body/bodyFilter.ts';
import { filterJson } from '../../../src/core/body/filterJson.ts';

async function check(json: string, path: string, expected: BodyFilterResult, lines = false): Promise<void> {
  assert.deepEqual(await filterJson(json, path, lines), expected, path);
}

const shop = String.raw`{"items":[{"sku":"A-1","price":12.50,"id":12345678901234567890},{"sku":"B\/7","price":3.00}],"first name":"Ada"}`;

test('what is found keeps its digits and escapes, and says where it stands', async () => {
  await check(shop, '$.items[?@.price > 10].id', {
    kind: 'found',
    text: '[12345678901234567890]',
    places: ['$.items[0].id'],
  });
  await check(shop, '$..sku', {
    kind: 'found',
    text: String.raw`["A-1",${'\n'}"B\/7"]`,
    places: ['$.items[0].sku', '$.items[1].sku'],
  });
  await check(shop, "$['first name']", { kind: 'found', text: '["Ada"]', places: ["$['first name']"] });
  await check(shop, 'items[1].price', { kind: 'found', text: '[3.00]', places: ['$.items[1].price'] });
  await check(shop, '$', { kind: 'found', text: `[${shop}]`, places: ['$'] });
  await check(shop, '$.none', { kind: 'nothing' });
});

test('of members with one name the last counts', () =>
  check('{"a":1,"a":2.0}', '$.a', { kind: 'found', text: '[2.0]', places: ['$.a'] }));

test('each line is an item of the root', () =>
  check('{"a":1}\n{"a":2.50}\n', '$[*].a', { kind: 'found', text: '[1,\n2.50]', places: ['$[0].a', '$[1].a'] }, true));

test('trouble is said in words, with an example', async () => {
  const message = async (json: string, path: string): Promise<string> => {
    const result = await filterJson(json, path, false);
    return result.kind === 'trouble' ? result.message : result.kind;
  };
  assert.match(await message('{"a":1}', '$.a['), /^This is no JSONPath: .*Write for example /);
  assert.match(await message('{"a":', '$.a'), /^This body is not whole JSON/);
  assert.match(await message(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, '$..x'), /nested too deeply/);
  assert.match(
    await message(`"${'x'.repeat(5_000_000)}"`, '$'),
    /^What it finds at \$ has 5 MB, more than can be shown\. Make the filter narrower/,
  );
});

test('of more than can be shown the first ones are, and their number is told', async () => {
  const result = await filterJson(`[${'1,'.repeat(30_000)}1]`, '$[*]', false);
  assert.ok(result.kind === 'found');
  assert.deepEqual([result.places.length, result.count], [20_000, 30_001]);
  assert.equal(result.remark, 'The first 20,000 are shown: make the filter narrower to see others.');
});

test('every item below every level', () =>
  check('[[1],[[2]]]', '$..[0]', {
    kind: 'found',
    text: '[[1],\n1,\n[2],\n2]',
    places: ['$[0]', '$[0][0]', '$[1][0]', '$[1][0][0]'],
  }));
