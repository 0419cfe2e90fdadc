import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergeSnapshots } from '../../../src/core/session/mergeSnapshots.ts';
import { emptySnapshot, type SessionSnapshot } from '../../../src/core/session/snapshot.ts';
import { cookieItem, variableItem } from '../../../src/core/session/snapshotItems.ts';
import { stampChanges } from '../../../src/core/session/stampChanges.ts';
import { cookieAt, key, recordedAt, variableAt } from './snapshotParts.ts';

type Part = Partial<SessionSnapshot>;

const now = 1000;
const item = cookieItem(cookieAt(0));

function snapshotOf(part: Part): SessionSnapshot {
  return { ...emptySnapshot(key), ...part };
}

/** `disk` and `mine` merged, compared in the parts that `expected` names. */
function check(disk: Part, mine: Part, expected: Part) {
  const merged = mergeSnapshots(snapshotOf(disk), snapshotOf(mine), now);
  for (const [name, part] of Object.entries(expected))
    assert.deepEqual(merged[name as keyof SessionSnapshot], part, name);
}

describe('two snapshots of a session merge item by item', () => {
  const older = cookieAt(10, { value: 'older' });
  const newer = cookieAt(20, { value: 'newer' });
  const table: readonly (readonly [string, Part, Part, Part])[] = [
    [
      'items of both stay',
      { cookies: [older] },
      { cookies: [cookieAt(5, { name: 'b' })] },
      { cookies: [older, cookieAt(5, { name: 'b' })] },
    ],
    ['the later writer wins, mine', { cookies: [older] }, { cookies: [newer] }, { cookies: [newer] }],
    ['the later writer wins, theirs', { cookies: [newer] }, { cookies: [older] }, { cookies: [newer] }],
    ['mine wins a tie', { cookies: [cookieAt(10, { value: 'x' })] }, { cookies: [older] }, { cookies: [older] }],
    [
      'my deletion takes theirs away',
      { cookies: [older] },
      { deleted: [{ item, at: 15 }] },
      { cookies: [], deleted: [{ item, at: 15 }] },
    ],
    [
      'my deletion loses to a later write',
      { cookies: [newer] },
      { deleted: [{ item, at: 15 }] },
      { cookies: [newer], deleted: [] },
    ],
    [
      'their deletion takes mine away',
      { deleted: [{ item, at: 15 }] },
      { cookies: [older] },
      { cookies: [], deleted: [{ item, at: 15 }] },
    ],
    [
      'their deletion loses to my later write',
      { deleted: [{ item, at: 15 }] },
      { cookies: [newer] },
      { cookies: [newer], deleted: [] },
    ],
    [
      'host-only and domain cookies are two items',
      { cookies: [older] },
      { cookies: [cookieAt(5, { hostOnly: false })] },
      { cookies: [older, cookieAt(5, { hostOnly: false })] },
    ],
    ['what has expired goes', { cookies: [cookieAt(10, { expires: now })] }, {}, { cookies: [] }],
    [
      'variables',
      { variables: [variableAt(1), variableAt(9, { name: 'b' })] },
      { variables: [variableAt(2, { value: '2' })] },
      { variables: [variableAt(2, { value: '2' }), variableAt(9, { name: 'b' })] },
    ],
    ['recorded responses', { recorded: [recordedAt(1)] }, { recorded: [recordedAt(2)] }, { recorded: [recordedAt(2)] }],
    [
      'settings as one item, theirs later',
      { defaults: { headers: [], params: [['a', '1']] }, defaultsAt: 5 },
      { defaultsAt: 4 },
      { defaults: { headers: [], params: [['a', '1']] }, defaultsAt: 5 },
    ],
    [
      'settings as one item, mine later',
      { defaults: { headers: [], params: [['a', '1']] }, defaultsAt: 5 },
      { defaultsAt: 6 },
      { defaults: { headers: [], params: [] }, defaultsAt: 6 },
    ],
  ];
  for (const [name, disk, mine, expected] of table) test(name, () => check(disk, mine, expected));
});

test('merging twice changes nothing more', () => {
  const disk = snapshotOf({ cookies: [cookieAt(10)], deleted: [{ item: variableItem('x'), at: 3 }] });
  const mine = snapshotOf({ variables: [variableAt(4)], deleted: [{ item, at: 12 }] });
  const once = mergeSnapshots(disk, mine, now);
  assert.deepEqual(mergeSnapshots(once, mine, now), once);
});

test('deletions are bounded: thirty days, and the newest five thousand', () => {
  const day = 86_400_000;
  const deleted = Array.from({ length: 5500 }, (_, index) => ({ item: `variable\tv${index}`, at: 40 * day - index }));
  const old = { item: 'variable\told', at: 9 * day };
  const merged = mergeSnapshots(snapshotOf({ deleted: [...deleted, old] }), emptySnapshot(key), 40 * day);
  assert.deepEqual(merged.deleted, deleted.slice(0, 5000));
  assert.deepEqual(mergeSnapshots(snapshotOf({ deleted: [old] }), emptySnapshot(key), 40 * day).deleted, []);
});

test('bodies are bounded: the newest 64 MiB stay, an older response says why its body is gone', () => {
  const bodyBase64 = 'A'.repeat(1024 * 1024);
  const recorded = Array.from({ length: 100 }, (_, index) => recordedAt(index, { id: `r${index}`, bodyBase64 }));
  const merged = mergeSnapshots(emptySnapshot(key), snapshotOf({ recorded }), now).recorded;
  assert.equal(merged.length, 100);
  assert.equal(merged.filter((each) => each.bodyBase64 !== undefined).length, 85);
  assert.deepEqual(
    [merged[0]?.id, merged[84]?.bodyDropped, typeof merged[85]?.bodyDropped],
    ['r99', undefined, 'string'],
  );
});

describe('what differs from the file is stamped, so that it is the later write', () => {
  const base = snapshotOf({ cookies: [cookieAt(50)], deleted: [{ item: variableItem('token'), at: 60 }] });
  test('what an undo brings back after its deletion was written', () => {
    const mine = stampChanges(base, snapshotOf({ variables: [variableAt(10)] }), now);
    assert.deepEqual(mine.variables, [variableAt(now)]);
  });
  test('an older value put back over a newer one', () => {
    const mine = stampChanges(base, snapshotOf({ cookies: [cookieAt(40, { value: 'before' })] }), now);
    assert.deepEqual(mine.cookies, [cookieAt(now, { value: 'before' })]);
  });
  test('what is as it was keeps its time, whatever object it is', () => {
    const cookies = [cookieAt(50, { source: { kind: 'user', at: 1 } })];
    assert.deepEqual(
      stampChanges(snapshotOf({ cookies }), structuredClone(snapshotOf({ cookies })), now).cookies,
      cookies,
    );
  });
  test('changed settings', () => {
    const defaults = { headers: [['X-A', '1']], params: [] } as const;
    assert.equal(stampChanges(base, snapshotOf({ defaults }), now).defaultsAt, now);
    assert.equal(stampChanges({ ...base, defaults, defaultsAt: 7 }, snapshotOf({ defaults }), now).defaultsAt, 7);
  });
});
