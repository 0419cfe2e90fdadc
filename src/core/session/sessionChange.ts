import type { Cookie } from '../cookies/cookie.ts';
import type { Hop } from './exchange.ts';
import type { RecordedResponse, Session, SessionVariable } from './session.ts';
import type { SessionDefaults } from './settings.ts';
import { cookieItem, recordedItem, variableItem } from './snapshotItems.ts';

/** All that a session holds at one moment. Nothing in it changes later. */
export interface SessionContent {
  readonly cookies: readonly Cookie[];
  readonly variables: readonly SessionVariable[];
  readonly recorded: readonly RecordedResponse[];
  readonly defaults: SessionDefaults;
}

/** One thing as it was and as it is; absent: it was, or is, not there. */
export interface ItemChange<Item> {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** What an action did to a session, item by item, so that it can be told and taken back. */
export interface SessionChange {
  readonly cookies: readonly ItemChange<Cookie>[];
  readonly variables: readonly ItemChange<SessionVariable>[];
  readonly recorded: readonly ItemChange<RecordedResponse>[];
  /** Absent when the defaults stayed as they were. */
  readonly defaults?: { readonly before: SessionDefaults; readonly after: SessionDefaults };
}

export function contentOf(session: Session, now: number): SessionContent {
  return {
    cookies: session.jar.all(now),
    variables: session.variables(),
    recorded: session.allRecorded(),
    defaults: session.defaults,
  };
}

/** The difference of two contents. Things that were set anew to what they were before are no change. */
export function changeBetween(before: SessionContent, after: SessionContent): SessionChange {
  const sameDefaults = JSON.stringify(before.defaults) === JSON.stringify(after.defaults);
  return {
    cookies: changedItems(before.cookies, after.cookies, cookieItem, sameCookie),
    variables: changedItems(before.variables, after.variables, ({ name }) => variableItem(name), sameVariable),
    recorded: changedItems(before.recorded, after.recorded, recordedItem, (a, b) => a.at === b.at),
    ...(!sameDefaults && { defaults: { before: before.defaults, after: after.defaults } }),
  };
}

/**
 * What one send did: from its own hops, so that a send beside it in the same session does not count. `variables` are those of
 * the session before it; of them the `captured` ones may be others now.
 */
export function changeOfSend(
  hops: readonly Hop[],
  session: Session,
  captured: readonly string[],
  variables: readonly SessionVariable[],
): SessionChange {
  const cookies = new Map<string, ItemChange<Cookie>>();
  for (const verdict of hops.flatMap((hop) => hop.cookies.received)) {
    if (verdict.kind === 'rejected') continue;
    const item = cookieItem(verdict.cookie);
    const known = cookies.get(item);
    const before = known ? known.before : verdict.previous;
    cookies.set(item, { before, after: verdict.kind === 'stored' ? verdict.cookie : undefined });
  }
  const find = (all: readonly SessionVariable[], name: string) => all.find((each) => each.name === name);
  const now = session.variables();
  return {
    cookies: [...cookies.values()].filter(({ before, after }) => !sameOrNone(before, after, sameCookie)),
    variables: captured
      .map((name) => ({ before: find(variables, name), after: find(now, name) }))
      .filter(({ before, after }) => !sameOrNone(before, after, sameVariable)),
    recorded: [],
  };
}

export function isEmptyChange({ cookies, variables, recorded, defaults }: SessionChange): boolean {
  return cookies.length + variables.length + recorded.length === 0 && defaults === undefined;
}

/**
 * Takes a change back. What is not any more as the change left it belongs to somebody else and stays; their number is returned.
 * What comes back counts as set at `now`: deletions are compared with these times when stores merge.
 */
export function revertChange(session: Session, change: SessionChange, now: number): number {
  const content = contentOf(session, now);
  const cookies = itemsBy(content.cookies, cookieItem);
  const variables = itemsBy(content.variables, ({ name }) => variableItem(name));
  const recorded = itemsBy(content.recorded, recordedItem);
  let left = 0;
  const each = <Item>(
    changes: readonly ItemChange<Item>[],
    present: ReadonlyMap<string, Item>,
    item: (value: Item) => string,
    same: (a: Item, b: Item) => boolean,
    put: (before: Item) => void,
    remove: (after: Item) => void,
  ): void => {
    for (const { before, after } of changes) {
      const known = before ?? after;
      if (known === undefined) continue;
      if (!sameOrNone(after, present.get(item(known)), same)) left++;
      else if (before !== undefined) put(before);
      else remove(known);
    }
  };
  each(
    change.cookies,
    cookies,
    cookieItem,
    sameCookie,
    (cookie) => session.jar.put({ ...cookie, lastSet: now }),
    (cookie) => session.jar.delete(cookie),
  );
  each(
    change.variables,
    variables,
    ({ name }) => variableItem(name),
    sameVariable,
    (variable) => session.setVariable({ ...variable, at: now }),
    ({ name }) => session.deleteVariable(name),
  );
  each(
    change.recorded,
    recorded,
    recordedItem,
    (a, b) => a.at === b.at,
    (response) => session.record({ ...response, at: now }),
    ({ file, id }) => session.forget(file, id),
  );
  if (change.defaults) session.setDefaults(change.defaults.before);
  session.touch();
  return left;
}

/** Makes the content of a session `wanted`, whatever it was: restoring a snapshot, or resetting. Returns what that changed. */
export function replaceContent(session: Session, wanted: SessionContent, now: number): SessionChange {
  const change = changeBetween(contentOf(session, now), wanted);
  const inverse: SessionChange = {
    cookies: change.cookies.map(turned),
    variables: change.variables.map(turned),
    recorded: change.recorded.map(turned),
    ...(change.defaults && { defaults: { before: change.defaults.after, after: change.defaults.before } }),
  };
  revertChange(session, inverse, now);
  return change;
}

function turned<Item>({ before, after }: ItemChange<Item>): ItemChange<Item> {
  return { before: after, after: before };
}

function changedItems<Item>(
  before: readonly Item[],
  after: readonly Item[],
  itemOf: (value: Item) => string,
  same: (a: Item, b: Item) => boolean,
): ItemChange<Item>[] {
  const old = itemsBy(before, itemOf);
  const now = itemsBy(after, itemOf);
  const gone = before.filter((each) => !now.has(itemOf(each))).map((each) => ({ before: each, after: undefined }));
  const others = after.flatMap((each) => {
    const was = old.get(itemOf(each));
    return was !== undefined && same(was, each) ? [] : [{ before: was, after: each }];
  });
  return [...gone, ...others];
}

function itemsBy<Item>(items: readonly Item[], itemOf: (value: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((each) => [itemOf(each), each]));
}

function sameOrNone<Item>(a: Item | undefined, b: Item | undefined, same: (a: Item, b: Item) => boolean): boolean {
  return a === undefined || b === undefined ? a === b : same(a, b);
}

/** Who set it and when do not count: what is sent is the same. */
function sameCookie(a: Cookie, b: Cookie): boolean {
  return (
    a === b ||
    (cookieItem(a) === cookieItem(b) &&
      a.value === b.value &&
      a.expires === b.expires &&
      a.secure === b.secure &&
      a.httpOnly === b.httpOnly &&
      a.sameSite === b.sameSite &&
      a.partitioned === b.partitioned)
  );
}

function sameVariable(a: SessionVariable, b: SessionVariable): boolean {
  return a.name === b.name && a.value === b.value && a.secret === b.secret;
}
