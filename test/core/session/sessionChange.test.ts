import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createCookieJar } from '../../../src/core/cookies/createCookieJar.ts';
import type { Hop } from '../../../src/core/session/exchange.ts';
import type { Transport } from '../../../src/core/http/transport.ts';
import { createSession } from '../../../src/core/session/createSession.ts';
import {
  changeBetween,
  changeOfSend,
  contentOf,
  isEmptyChange,
  replaceContent,
  revertChange,
  type SessionChange,
} from '../../../src/core/session/sessionChange.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { nodeCrypto } from '../../../src/node/hash.ts';
import { sleep } from '../../../src/node/sleep.ts';
import { cookieAt, key, recordedAt, variableAt } from './snapshotParts.ts';

const noTransport: Transport = {
  roundTrip: () => Promise.reject(new Error('nothing is sent here')),
  connections: () => [],
  close: () => Promise.resolve(),
};

let session: Session;
beforeEach(() => {
  session = createSession({
    key,
    jar: createCookieJar(),
    transport: noTransport,
    now: () => 100,
    newId: () => 'id',
    environment: () => undefined,
    yieldToIo: () => Promise.resolve(),
    sleep,
    crypto: nodeCrypto,
    netrc: () => Promise.resolve(undefined),
  });
  session.jar.put(cookieAt(1, { name: 'stays' }));
  session.jar.put(cookieAt(1, { name: 'changes', value: 'old' }));
  session.jar.put(cookieAt(1, { name: 'goes' }));
  session.setVariable(variableAt(1, { name: 'token', value: 'old' }));
  session.record(recordedAt(1));
});

/** What an action did, in words: `-goes`, `+new`, `changes`. */
function changeBy(action: () => void): { change: SessionChange; words: string[] } {
  const before = contentOf(session, 100);
  action();
  const change = changeBetween(before, contentOf(session, 100));
  const word = (name: string, each: { before: unknown; after: unknown }) =>
    `${each.before === undefined ? '+' : each.after === undefined ? '-' : ''}${name}`;
  return {
    change,
    words: [
      ...change.cookies.map((each) => word((each.after ?? each.before)?.name ?? '', each)),
      ...change.variables.map((each) => word(`{{${(each.after ?? each.before)?.name}}}`, each)),
      ...change.recorded.map((each) => word(`response ${(each.after ?? each.before)?.id}`, each)),
      ...(change.defaults ? ['defaults'] : []),
    ],
  };
}

function values(): string[] {
  const cookies = session.jar.all(100).map(({ name, value }) => `${name}=${value}`);
  return [...cookies, ...session.variables().map(({ name, value }) => `{{${name}}}=${value}`)];
}

/** A hop of which nothing but its Set-Cookie lines counts. */
function hopWith(...lines: string[]): Hop {
  const { verdicts } = session.jar.accept(lines, 'http://h.test/', 50);
  return { cookies: { sent: [], received: verdicts } } as unknown as Hop;
}

test('what a send did is what its own hops and captures did, over the whole chain', () => {
  const before = session.variables();
  const hops = [
    hopWith('goes=; Max-Age=0; Path=/', 'changes=half; Path=/', 'short=1; Path=/', 'stays=1; Path=/'),
    hopWith('changes=new; Path=/', 'short=; Max-Age=0; Path=/'),
  ];
  // Another send beside it.
  session.jar.put(cookieAt(2, { name: 'theirs' }));
  session.setVariable(variableAt(2, { name: 'token', value: 'new' }));
  session.setVariable(variableAt(2, { name: 'unrelated', value: 'x' }));
  const change = changeOfSend(hops, session, ['token'], before);
  assert.deepEqual(
    change.cookies.map((each) => [each.before?.name, each.before?.value, each.after?.value]),
    [
      ['goes', '1', undefined],
      ['changes', 'old', 'new'],
    ],
  );
  assert.deepEqual(
    change.variables.map((each) => [each.before?.value, each.after?.value]),
    [['old', 'new']],
  );
  assert.equal(revertChange(session, change, 60), 0);
  assert.ok(values().includes('theirs=1') && values().includes('changes=old') && values().includes('{{unrelated}}=x'));
});

describe('a change', () => {
  test('lists what was added, changed and removed, of every kind', () => {
    const { words } = changeBy(() => {
      session.jar.put(cookieAt(2, { name: 'new' }));
      session.jar.put(cookieAt(2, { name: 'changes', value: 'new' }));
      session.jar.put(cookieAt(2, { name: 'stays' }));
      session.jar.clear({ name: 'goes' });
      session.setVariable(variableAt(2, { name: 'token', value: 'new' }));
      session.forget(recordedAt(1).file, recordedAt(1).id);
      session.setDefaults({ headers: [['X', '1']], params: [] });
    });
    assert.deepEqual(words, ['-goes', 'changes', '+new', '{{token}}', `-response ${recordedAt(1).id}`, 'defaults']);
  });

  test('that did nothing is empty', () => {
    assert.ok(isEmptyChange(changeBy(() => session.touch()).change));
  });

  test('is taken back whole', () => {
    const before = values();
    const { change } = changeBy(() => {
      replaceContent(session, { cookies: [], variables: [], recorded: [], defaults: { headers: [], params: [] } }, 50);
    });
    assert.deepEqual(values(), []);
    assert.equal(revertChange(session, change, 60), 0);
    assert.deepEqual(values(), before);
    assert.equal(session.allRecorded().length, 1);
    assert.equal(session.jar.all(100)[0]?.lastSet, 60);
  });

  test('leaves alone what somebody changed since, and says how much', () => {
    const { change } = changeBy(() => {
      session.jar.put(cookieAt(2, { name: 'changes', value: 'mine' }));
      session.jar.put(cookieAt(2, { name: 'new' }));
    });
    session.jar.put(cookieAt(3, { name: 'changes', value: 'theirs' }));
    assert.equal(revertChange(session, change, 60), 1);
    assert.ok(values().includes('changes=theirs'));
    assert.ok(!values().some((each) => each.startsWith('new=')));
  });
});
