import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Session } from '../../src/core/session/session.ts';
import type { Sessions } from '../../src/core/session/sessions.ts';
import { nodeSessions } from '../../src/node/nodeSessions.ts';
import { openStore } from '../../src/node/sessionStore.ts';
import { key } from '../core/session/snapshotParts.ts';
import { isSoak, openWorkshop, type Report, type Sender } from './sendingProcesses.ts';

/** So many sends of each process in every test run, 2,000 in a soak. A session holds 3,000 cookies in all. */
const sends = isSoak ? 2000 : 200;
const cookies = Math.min(sends, 1400);

test(`two processes send ${sends} times each in one session: no cookie and no variable is lost`, async (t) => {
  const { directory, port, start } = await openWorkshop(t);
  const store = join(directory, 'store');
  const counts = { sends, cookies, variables: sends, flushEvery: isSoak ? 10 : 1 };
  const senders = ['a', 'b'].map((name) => start({ directory: store, port, name, ...counts }));
  for (const reports of await Promise.all(senders.map(reportsOf))) {
    assert.deepEqual(reports.filter((report) => 'trouble' in report), []); // prettier-ignore
    assert.deepEqual(reports.at(-1), { durable: sends - 1 });
  }
  const { snapshot, warnings } = await openStore({ directory: store }).load(key);
  assert.deepEqual(warnings, []);
  assert.deepEqual(valuesOf(snapshot?.cookies ?? []), expected(cookies));
  assert.deepEqual(valuesOf(snapshot?.variables ?? []), expected(sends));
});

test('a session removed while another has it open stays removed, and what the other does then is new', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'crumbtrail-removed-'));
  t.after(() => rm(directory, { recursive: true }));
  const [here, there] = [programOn(directory), programOn(directory)];
  const other = await there.open(key);
  for (const name of ['kept', 'changed']) setVariable(other, name, '1');
  other.jar.accept(['sid=SECRET'], 'http://h.test/', Date.now());
  other.touch();
  other.setDefaults({ headers: [['X-Key', 'SECRET']], params: [] });
  await there.flush();
  await here.open(key);
  await here.remove(key);
  // It does not know yet: what it wrote before is gone, what it changes now is not.
  setVariable(other, 'changed', '2');
  assert.deepEqual(await there.flush(), []);
  const names = (session: Session) => [...session.jar.all(Date.now()), ...session.variables()].map(({ name }) => name);
  assert.deepEqual([names(other), other.defaults.headers], [['changed'], []]);
  assert.deepEqual(names(await here.open(key)), ['changed']);
  // Removed while the other has nothing to write: it sees that before its next send.
  await here.remove(key);
  assert.deepEqual(names(await there.open(key)), []);
  setVariable(other, 'new', '1');
  await there.flush();
  assert.deepEqual(names(await here.open(key)), ['new']);
  await Promise.all([here.close(), there.close()]);
});

function programOn(directory: string): Sessions {
  return nodeSessions({
    openStore: () => openStore({ directory }),
    onReport: ({ message }) => assert.fail(message),
    commitDelayMs: undefined,
  });
}

function setVariable(session: Session, name: string, value: string): void {
  session.setVariable({ name, value, origin: 'set by hand', secret: false, at: Date.now() });
}

async function reportsOf({ reports, gone }: Sender): Promise<Report[]> {
  const all: Report[] = [];
  for await (const report of reports) all.push(report);
  assert.equal(await gone, 0);
  return all;
}

function valuesOf(all: readonly { readonly name: string; readonly value: string }[]): Record<string, string> {
  return Object.fromEntries(all.map(({ name, value }) => [name, value]));
}

/** The last number that each of both processes set in each of so many slots. */
function expected(slots: number): Record<string, string> {
  const last = (slot: number) => slot + slots * Math.floor((sends - 1 - slot) / slots);
  const all = ['a', 'b'].flatMap((name) =>
    Array.from({ length: slots }, (_, slot) => [`${name}${slot}`, `${last(slot)}`]),
  );
  return Object.fromEntries(all) as Record<string, string>;
}
