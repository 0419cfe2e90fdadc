import { isExpired } from '../cookies/sendVerdict.ts';
import type { RecordedResponse } from './session.ts';
import type { SessionSnapshot } from './snapshot.ts';
import { cookieItem, recordedItem, variableItem } from './snapshotItems.ts';

const tombstoneLifeMs = 30 * 86_400_000;
/** More than a jar holds, so that emptying it reaches every other process. */
const maxTombstones = 5000;
/** Characters of Base64 kept in all: 64 MiB of bodies. */
const maxRecordedBodies = Math.ceil((64 * 1024 * 1024 * 4) / 3);

/**
 * One snapshot of two: for each cookie, variable and recorded response the later writer wins, and a deletion is a write.
 * `mine` wins a tie. What has expired at `now` is left out, and old tombstones go.
 */
export function mergeSnapshots(disk: SessionSnapshot, mine: SessionSnapshot, now: number): SessionSnapshot {
  const graves = { disk: gravesOf(disk), mine: gravesOf(mine) };
  const cookies = mergeItems(disk.cookies, mine.cookies, graves, cookieItem, (cookie) => cookie.lastSet);
  const variables = mergeItems(disk.variables, mine.variables, graves, ({ name }) => variableItem(name), atOf);
  const recorded = mergeItems(disk.recorded, mine.recorded, graves, recordedItem, atOf);
  const living = new Set([...cookies.keys(), ...variables.keys(), ...recorded.keys()]);
  return {
    ...defaultsOf(disk, mine),
    version: mine.version,
    key: mine.key,
    cookies: [...cookies.values()].filter((cookie) => !isExpired(cookie, now)),
    variables: [...variables.values()],
    recorded: boundBodies([...recorded.values()]),
    deleted: boundGraves([...graves.disk, ...graves.mine], living, now),
  };
}

type Graves = ReadonlyMap<string, number>;

function gravesOf(snapshot: SessionSnapshot): Graves {
  return new Map(snapshot.deleted.map(({ item, at }) => [item, at]));
}

const atOf = (item: { readonly at: number }): number => item.at;

function mergeItems<Item>(
  disk: readonly Item[],
  mine: readonly Item[],
  graves: { readonly disk: Graves; readonly mine: Graves },
  keyOf: (item: Item) => string,
  stampOf: (item: Item) => number,
): Map<string, Item> {
  const merged = new Map<string, Item>();
  for (const item of disk) {
    if (stampOf(item) > (graves.mine.get(keyOf(item)) ?? -Infinity)) merged.set(keyOf(item), item);
  }
  for (const item of mine) {
    const key = keyOf(item);
    const other = merged.get(key);
    const rival = Math.max(graves.disk.get(key) ?? -Infinity, other === undefined ? -Infinity : stampOf(other));
    if (stampOf(item) >= rival) merged.set(key, item);
  }
  return merged;
}

function defaultsOf(
  disk: SessionSnapshot,
  mine: SessionSnapshot,
): Pick<SessionSnapshot, 'defaults'> & { defaultsAt?: number } {
  const { defaults, defaultsAt } = (mine.defaultsAt ?? 0) >= (disk.defaultsAt ?? 0) ? mine : disk;
  return defaultsAt === undefined ? { defaults } : { defaults, defaultsAt };
}

function boundGraves(
  graves: readonly (readonly [item: string, at: number])[],
  living: ReadonlySet<string>,
  now: number,
): SessionSnapshot['deleted'] {
  const latest = new Map<string, number>();
  for (const [item, at] of graves) latest.set(item, Math.max(at, latest.get(item) ?? 0));
  return [...latest]
    .filter(([item, at]) => !living.has(item) && at > now - tombstoneLifeMs)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, maxTombstones)
    .map(([item, at]) => ({ item, at }));
}

// The newest responses keep their bodies; an older one stays with its headers and says why its body is gone.
function boundBodies(recorded: readonly RecordedResponse[]): RecordedResponse[] {
  let room = maxRecordedBodies;
  return recorded
    .toSorted((a, b) => b.at - a.at)
    .map((response) => {
      const { bodyBase64, ...rest } = response;
      if (bodyBase64 === undefined || bodyBase64.length <= room) {
        room -= bodyBase64?.length ?? 0;
        return response;
      }
      return { ...rest, bodyDropped: 'newer responses of this session fill the 64 MiB that are kept' };
    });
}
