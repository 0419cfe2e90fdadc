import { emptySnapshot, type SessionSnapshot } from './snapshot.ts';
import { cookieItem, recordedItem, variableItem } from './snapshotItems.ts';

/**
 * What a session that was removed elsewhere has become for somebody who still holds `seen`, its last saved state: everything in it is
 * deleted. What was changed since then is later (`stampChanges`), and so it stays.
 */
export function removedSnapshot(seen: SessionSnapshot): SessionSnapshot {
  const written = [
    ...seen.cookies.map((cookie) => ({ item: cookieItem(cookie), at: cookie.lastSet })),
    ...seen.variables.map(({ name, at }) => ({ item: variableItem(name), at })),
    ...seen.recorded.map((response) => ({ item: recordedItem(response), at: response.at })),
  ];
  return {
    ...emptySnapshot(seen.key),
    defaultsAt: after(seen.defaultsAt ?? 0),
    deleted: written.map(({ item, at }) => ({ item, at: after(at) })),
  };
}

// Between the last write of an item and the next possible one: at the same time the item would win.
function after(at: number): number {
  return at + 0.5;
}
