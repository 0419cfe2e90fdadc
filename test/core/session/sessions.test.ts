import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieJar } from '../../../src/core/cookies/createCookieJar.ts';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createSession } from '../../../src/core/session/createSession.ts';
import { mergeSnapshots } from '../../../src/core/session/mergeSnapshots.ts';
import type { Session, SessionKey } from '../../../src/core/session/session.ts';
import { createSessions, type Sessions, type SessionsParts } from '../../../src/core/session/sessions.ts';
import { emptySnapshot, type SessionSnapshot } from '../../../src/core/session/snapshot.ts';
import type { SessionStore } from '../../../src/core/session/store.ts';
import { cookieAt, key, recordedAt, variableAt } from './snapshotParts.ts';
import { nodeCrypto } from '../../../src/node/hash.ts';
import { sleep } from '../../../src/node/sleep.ts';

/** Files in memory that several windows share, each with a copy of what it reads, as from a disk. */
class SharedFiles implements SessionStore {
  readonly files = new Map<string, { readonly snapshot: SessionSnapshot; readonly stamp: string }>();
  readonly calls: string[] = [];
  trouble: string | undefined;
  readonly #clock: { now: number };

  constructor(clock: { now: number }) {
    this.#clock = clock;
  }

  load(at: SessionKey) {
    this.calls.push(`load ${at.name}`);
    const file = this.files.get(at.name);
    return Promise.resolve({ snapshot: structuredClone(file?.snapshot), warnings: [], stamp: file?.stamp });
  }

  save(mine: SessionSnapshot) {
    this.calls.push(`save ${mine.key.name}`);
    if (this.trouble !== undefined) return Promise.reject(new Error(this.trouble));
    const disk = this.files.get(mine.key.name)?.snapshot ?? emptySnapshot(mine.key);
    const snapshot = structuredClone(mergeSnapshots(disk, mine, this.#clock.now));
    const stamp = String(this.calls.length);
    this.files.set(mine.key.name, { snapshot, stamp });
    return Promise.resolve({ snapshot: structuredClone(snapshot), stamp });
  }

  stamp(at: SessionKey) {
    return Promise.resolve(this.files.get(at.name)?.stamp);
  }

  list() {
    return Promise.resolve([...this.files.values()].map(({ snapshot }) => snapshot.key));
  }

  remove(at: SessionKey) {
    this.files.delete(at.name);
    return Promise.resolve();
  }
}

const noTransport: Transport = {
  roundTrip: () => Promise.reject(new Error('nothing is sent here')),
  connections: () => [],
  close: () => Promise.resolve(),
};

/** Two or more windows on one store, with a clock and timers that the test moves. */
class Desk {
  readonly clock = { now: 1000 };
  readonly store = new SharedFiles(this.clock);
  readonly reports: string[] = [];
  readonly timers = new Map<() => void, number>();

  window(options: Partial<SessionsParts> = {}): Sessions {
    return createSessions({
      store: () => this.store,
      newSession: (at, snapshot) => this.#session(at, snapshot),
      now: () => this.clock.now,
      later: (callback, delayMs) => {
        this.timers.set(callback, delayMs);
        return () => this.timers.delete(callback);
      },
      onReport: ({ kind, message }) => this.reports.push(`${kind}: ${message}`),
      ...options,
    });
  }

  /** Lets every timer ring. */
  ring(): void {
    const due = [...this.timers.keys()];
    this.timers.clear();
    for (const callback of due) callback();
  }

  #session(at: SessionKey, snapshot: SessionSnapshot | undefined): Session {
    return createSession({
      key: at,
      snapshot,
      jar: createCookieJar(),
      transport: noTransport,
      now: () => this.clock.now,
      newId: () => 'id',
      yieldToIo: () => Promise.resolve(),
      sleep,
      crypto: nodeCrypto,
    });
  }
}

function receive(session: Session, line: string, now: number): void {
  session.jar.accept([line], 'https://h.test/', now);
  session.touch();
}

function header(session: Session, now: number): string {
  return session.jar.cookiesFor('https://h.test/', now).map(({ name, value }) => `${name}=${value}`).join('; '); // prettier-ignore
}

test('cookies without an expiry are kept, or dropped when the session is loaded', async () => {
  const desk = new Desk();
  const first = desk.window();
  const session = await first.open(key);
  receive(session, 'brief=1', 1000);
  receive(session, 'lasting=1; Max-Age=3600', 1000);
  await first.close();
  desk.clock.now = 2000;
  assert.equal(header(await desk.window().open(key), 2000), 'brief=1; lasting=1');
  const dropping = desk.window({ keepsSessionCookies: (folder) => folder !== key.folder });
  const loaded = await dropping.open(key);
  assert.equal(header(loaded, 2000), 'lasting=1');
  receive(loaded, 'new=1', 2000);
  await dropping.flush();
  assert.equal(header(await dropping.open(key), 2000), 'lasting=1; new=1', 'what is set while it is open stays');
  const names = desk.store.files.get(key.name)?.snapshot.cookies.map(({ name }) => name);
  assert.deepEqual(names, ['lasting', 'new'], 'nothing of the dropped one is left in the file');
});

test('a session is loaded once, also when two ask at the same time', async () => {
  const desk = new Desk();
  const sessions = desk.window();
  const [one, two] = await Promise.all([sessions.open(key), sessions.open(key)]);
  assert.equal(one, two);
  assert.equal(await sessions.open(key), one);
  assert.deepEqual(desk.store.calls, ['load default']);
  assert.deepEqual(sessions.opened(), [one]);
});

test('changes are written together 50 ms after the first, and nothing is written without one', async () => {
  const desk = new Desk();
  const sessions = desk.window();
  const session = await sessions.open(key);
  assert.equal(desk.timers.size, 0);
  receive(session, 'a=1', desk.clock.now);
  session.setVariable(variableAt(1));
  assert.deepEqual([...desk.timers.values()], [50]);
  desk.ring();
  assert.deepEqual(await sessions.flush(), []);
  assert.deepEqual(await sessions.flush(), []);
  assert.deepEqual(desk.store.calls, ['load default', 'save default']);
  assert.deepEqual(desk.timers.size, 0);
  assert.equal(desk.store.files.get('default')?.snapshot.variables.length, 1);
});

test('flush writes at once, and a batch without timers writes there alone', async () => {
  const desk = new Desk();
  const sessions = desk.window({ commitDelayMs: undefined });
  const session = await sessions.open(key);
  for (let index = 0; index < 1000; index++) session.record(recordedAt(index, { id: `r${index}` }));
  assert.equal(desk.timers.size, 0);
  await sessions.flush();
  assert.deepEqual(desk.store.calls, ['load default', 'save default']);
  assert.equal(desk.store.files.get('default')?.snapshot.recorded.length, 1000);
});

test('what changes while a save is under way is written by the next one', async () => {
  const desk = new Desk();
  const sessions = desk.window();
  const session = await sessions.open(key);
  session.setVariable(variableAt(1));
  const first = sessions.flush();
  await Promise.resolve();
  session.setVariable(variableAt(2, { name: 'late' }));
  await first;
  assert.equal(desk.timers.size, 1);
  await sessions.flush();
  assert.deepEqual(desk.store.files.get('default')?.snapshot.variables.map(({ name }) => name), ['token', 'late']); // prettier-ignore
});

test('two windows see each other: cookies, deletions and an undo', async () => {
  const desk = new Desk();
  const [left, right] = [desk.window(), desk.window()];
  const [mine, theirs] = [await left.open(key), await right.open(key)];
  const later = () => (desk.clock.now += 10);
  receive(mine, 'a=1', desk.clock.now);
  receive(theirs, 'b=2', later());
  await left.flush();
  await right.flush();
  assert.equal(header(theirs, desk.clock.now), 'a=1; b=2', 'a save brings what the other wrote');
  assert.equal(header(await left.open(key), desk.clock.now), 'a=1; b=2', 'so does opening again');

  later();
  const [gone] = mine.jar.clear({ name: 'a' });
  mine.touch();
  await left.flush();
  assert.equal(header(await right.open(key), desk.clock.now), 'b=2', 'a deletion goes along');

  later();
  mine.jar.put(gone!);
  mine.touch();
  await left.flush();
  assert.equal(header(mine, desk.clock.now), 'a=1; b=2', 'an undo outlives its own deletion');
  assert.equal(header(await right.open(key), desk.clock.now), 'a=1; b=2');

  const calls = desk.store.calls.length;
  await Promise.all([left.flush(), right.flush(), left.open(key), right.open(key)]);
  assert.equal(desk.store.calls.length, calls, 'in the end there is nothing to write or read');
});

test('settings are one item: a window that did not change them does not put old ones back', async () => {
  const desk = new Desk();
  const [left, right] = [desk.window(), desk.window()];
  const [mine, theirs] = [await left.open(key), await right.open(key)];
  mine.setDefaults({ headers: [['X-A', '1']], params: [] });
  await left.flush();
  desk.clock.now += 10;
  theirs.setVariable(variableAt(desk.clock.now));
  await right.flush();
  assert.deepEqual(theirs.defaults.headers, [['X-A', '1']]);
  assert.deepEqual(desk.store.files.get('default')?.snapshot.defaults.headers, [['X-A', '1']]);
});

test('a failed write is told once, kept in memory, and tried again with the next change', async () => {
  const desk = new Desk();
  const sessions = desk.window();
  const session = await sessions.open(key);
  desk.store.trouble = 'The disk is full.';
  session.setVariable(variableAt(1));
  assert.deepEqual(await sessions.flush(), [{ key, message: 'The disk is full.' }]);
  assert.deepEqual(await sessions.flush(), [{ key, message: 'The disk is full.' }]);
  assert.deepEqual(desk.reports, ['not-saved: The disk is full.']);
  assert.equal(desk.timers.size, 0);
  desk.store.trouble = undefined;
  session.setVariable(variableAt(2, { name: 'next' }));
  assert.equal(desk.timers.size, 1);
  assert.deepEqual(await sessions.flush(), []);
  assert.equal(desk.store.files.get('default')?.snapshot.variables.length, 2);
  desk.store.trouble = 'Again.';
  session.setVariable(variableAt(3));
  await sessions.flush();
  assert.deepEqual(desk.reports, ['not-saved: The disk is full.', 'not-saved: Again.']);
});

test('a store that cannot be read still gives a session, and says so', async () => {
  const desk = new Desk();
  const sessions = desk.window({
    store: () => Object.assign(desk.store, { load: () => Promise.reject(new Error('No permission.')) }),
  });
  assert.deepEqual((await sessions.open(key)).variables(), []);
  assert.deepEqual(desk.reports, ['not-loaded: No permission.']);
});

test('rename, duplicate, remove and list', async () => {
  const desk = new Desk();
  const sessions = desk.window();
  const session = await sessions.open(key);
  session.jar.put(cookieAt(1));
  session.setVariable(variableAt(1));
  const names = async () => (await sessions.list(key.folder)).map(({ name }) => name);
  assert.deepEqual(await names(), ['default'], 'open, not stored yet');
  const copy = await sessions.duplicate(key, 'copy');
  assert.equal(header(await sessions.open(copy), desk.clock.now), 'a=1');
  await assert.rejects(sessions.rename(key, 'copy'), /There is a session copy already/);
  const renamed = await sessions.rename(key, 'new');
  assert.deepEqual(await names(), ['copy', 'new']);
  assert.equal((await sessions.open(renamed)).variables().length, 1);
  await sessions.remove(copy);
  assert.deepEqual(await names(), ['new']);
  session.setVariable(variableAt(2));
  assert.equal(desk.timers.size, 0, 'the old session writes nothing more');
  await sessions.flush();
  assert.deepEqual([...desk.store.files.keys()], ['new']);
});

test('snapshots rest beside their session, are no sessions, and go with it', async () => {
  const desk = new Desk();
  const sessions = desk.window();
  const session = await sessions.open(key);
  receive(session, 'a=1', desk.clock.now);
  await sessions.takeSnapshot(key, 'logged in');
  receive(session, 'a=2', desk.clock.now);
  receive(session, 'b=2', desk.clock.now);
  await sessions.takeSnapshot(key, 'later');
  const values = async (name: string, of = key) =>
    (await sessions.loadSnapshot(of, name))?.cookies.map(({ name: cookie, value }) => `${cookie}=${value}`);
  assert.deepEqual(await sessions.snapshots(key), ['later', 'logged in']);
  assert.deepEqual([await values('logged in'), await values('later')], [['a=1'], ['a=2', 'b=2']]);
  session.jar.clear({ name: 'b' });
  await sessions.takeSnapshot(key, 'later');
  assert.deepEqual(await values('later'), ['a=2'], 'an older one of that name does not show through');
  assert.equal(await values('never'), undefined);
  const names = async () => (await sessions.list(key.folder)).map(({ name }) => name);
  assert.deepEqual(await names(), ['default']);
  const renamed = await sessions.rename(key, 'alice');
  assert.deepEqual(await sessions.snapshots(renamed), ['later', 'logged in']);
  assert.deepEqual(await values('logged in', renamed), ['a=1']);
  assert.deepEqual(await sessions.snapshots(key), []);
  await sessions.removeSnapshot(renamed, 'later');
  assert.deepEqual(await sessions.snapshots(renamed), ['logged in']);
  await sessions.remove(renamed);
  assert.deepEqual([...desk.store.files.keys()], []);
});

test('refresh takes over what another window wrote, without a send', async () => {
  const desk = new Desk();
  const [one, two] = [desk.window(), desk.window()];
  const [mine, theirs] = [await one.open(key), await two.open(key)];
  receive(theirs, 'a=1', desk.clock.now);
  await two.flush();
  assert.equal(header(mine, desk.clock.now), '');
  await one.refresh();
  assert.equal(header(mine, desk.clock.now), 'a=1');
});

test('close writes what is left; the session can be opened again', async () => {
  const desk = new Desk();
  const sessions = desk.window();
  receive(await sessions.open(key), 'a=1', desk.clock.now);
  assert.deepEqual(await sessions.close(), []);
  assert.deepEqual(sessions.opened(), []);
  assert.equal(header(await sessions.open(key), desk.clock.now), 'a=1');
});
