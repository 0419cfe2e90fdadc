import type { SessionSnapshot } from './snapshot.ts';
import { cookieItem, variableItem } from './snapshotItems.ts';

/**
 * `mine` with a time of change on everything that differs from `base`, the state last read or written. An undo brings back a cookie or
 * variable with its old time; without a new one, the deletion in the file would win over it.
 */
export function stampChanges(base: SessionSnapshot, mine: SessionSnapshot, now: number): SessionSnapshot {
  const graves = new Map(base.deleted.map(({ item, at }) => [item, at]));
  const cookies = new Map(base.cookies.map((cookie) => [cookieItem(cookie), cookie]));
  const variables = new Map(base.variables.map((variable) => [variable.name, variable]));
  return {
    ...mine,
    ...stampedDefaults(base, mine, now),
    cookies: mine.cookies.map((cookie) => {
      const item = cookieItem(cookie);
      const before = cookies.get(item);
      const last = Math.max(before?.lastSet ?? 0, graves.get(item) ?? 0);
      if (cookie.lastSet > last || (before && sameFields(before, cookie))) return cookie;
      return { ...cookie, lastSet: Math.max(now, last + 1) };
    }),
    variables: mine.variables.map((variable) => {
      const before = variables.get(variable.name);
      const last = Math.max(before?.at ?? 0, graves.get(variableItem(variable.name)) ?? 0);
      if (variable.at > last || (before && sameFields(before, variable))) return variable;
      return { ...variable, at: Math.max(now, last + 1) };
    }),
  };
}

function stampedDefaults(base: SessionSnapshot, mine: SessionSnapshot, now: number): { defaultsAt?: number } {
  if (JSON.stringify(base.defaults) !== JSON.stringify(mine.defaults)) return { defaultsAt: now };
  return base.defaultsAt === undefined ? {} : { defaultsAt: base.defaultsAt };
}

// Provenance is an object that a reload copies; the rest are plain values.
function sameFields(a: object, b: object): boolean {
  const before = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b).every(([name, value]) => name === 'source' || before.get(name) === value);
}
