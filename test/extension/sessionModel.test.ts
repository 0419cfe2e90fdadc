import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import type { Transport } from '../../src/core/http/transport.ts';
import { createSession } from '../../src/core/session/createSession.ts';
import { changeBetween, contentOf } from '../../src/core/session/sessionChange.ts';
import type { Session } from '../../src/core/session/session.ts';
import { SessionModel } from '../../src/extension/sessions/sessionModel.ts';
import { nodeId, type SessionNode } from '../../src/extension/sessions/sessionNodes.ts';
import type { DoneChange } from '../../src/extension/workspace/sessionChanges.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { sleep } from '../../src/node/sleep.ts';
import { cookieAt, key, recordedAt, variableAt } from '../core/session/snapshotParts.ts';

const noTransport: Transport = {
  roundTrip: () => Promise.reject(new Error('nothing is sent here')),
  connections: () => [],
  close: () => Promise.resolve(),
};

const hour = 3_600_000;
let clock = 0;
let session: Session;
let model: SessionModel;
let lastChange: DoneChange | undefined;

beforeEach(() => {
  clock = 1000;
  lastChange = undefined;
  session = createSession({
    key,
    jar: createCookieJar(),
    transport: noTransport,
    now: () => clock,
    newId: () => 'id',
    yieldToIo: () => Promise.resolve(),
    sleep,
    crypto: nodeCrypto,
  });
  session.jar.put(cookieAt(1, { name: 'sid', value: 'SECRET', expires: 1000 + hour }));
  session.jar.put(cookieAt(1, { name: 'other', domain: 'b.test' }));
  session.setVariable(variableAt(1, { name: 'token', value: 'SECRET', secret: true }));
  session.setVariable(variableAt(1, { name: 'page', value: '2' }));
  session.record(recordedAt(1));
  model = new SessionModel({
    now: () => clock,
    folders: () => Promise.resolve([{ folder: key.folder, label: 'w' }]),
    sessions: () => Promise.resolve([{ key, active: true }]),
    open: () => Promise.resolve(session),
    opened: () => session,
    defaults: () => Promise.resolve([]),
    snapshots: () => Promise.resolve([]),
    lastChange: () => lastChange,
  });
});

/** Every row, indented, as `label: description`. */
async function drawn(node?: SessionNode, depth = 0): Promise<string[]> {
  const children = await model.children(node);
  const below = await Promise.all(
    children.map(async (child) => {
      const { label, description } = model.row(child);
      return [`${'  '.repeat(depth)}${label}: ${description}`, ...(await drawn(child, depth + 1))];
    }),
  );
  return below.flat();
}

const ids = (nodes: readonly SessionNode[] | undefined) =>
  nodes?.map((node) => nodeId(node).replace(/^.*default\//, ''));

describe('the session view', () => {
  test('lists what a session holds; values of cookies and secrets are dots', async () => {
    assert.deepEqual(await drawn(), [
      'default: dev · active',
      '  Cookies: 2',
      '    b.test: 1',
      '      other: •••••• · / · host only · ends with the session',
      '    h.test: 1',
      '      sid: •••••• · / · host only · in 60 minutes',
      '  Variables: 2',
      '    token: •••••• · captured from login',
      '    page: 2 · captured from login',
      '  Last responses: 1',
      '    login: 200 · 0 bytes · just now · a.http',
      '  Connections: 0',
      '  Defaults in force: 0',
    ]);
  });

  test('shows a value to who asks for it, and only that one', async () => {
    await drawn();
    const cookie = model.cookieElement(session, cookieAt(1, { name: 'sid', value: 'SECRET', expires: 1000 + hour }));
    model.setShown(cookie, true);
    assert.equal((await drawn()).filter((row) => row.includes('SECRET')).length, 1);
  });

  test('a filter leaves names, domains and paths that hold it, and never looks into values', async () => {
    model.setFilter('  B.Test ');
    assert.deepEqual(await drawn(), [
      'default: dev · active',
      '  Cookies: 1',
      '    b.test: 1',
      '      other: •••••• · / · host only · ends with the session',
    ]);
    assert.deepEqual(model.counts([session]), { matching: 1, all: 5 });
    model.setFilter('secret');
    assert.deepEqual(await drawn(), ['default: dev · active']);
  });

  for (const [name, change, expected] of [
    ['a value', () => session.jar.put(cookieAt(2, { name: 'sid', value: 'NEW' })), ['cookie/h.test\nhost\n/\nsid']],
    ['nothing', () => session.jar.put({ ...cookieAt(1), name: 'x;' }), []],
    ['a cookie more', () => session.jar.put(cookieAt(2, { name: 'new' })), ['cookies']],
    ['a cookie less', () => session.jar.clear({ name: 'sid' }), ['cookies']],
    ['a variable', () => session.setVariable(variableAt(2, { name: 'page', value: '3' })), ['variables']],
    ['a response', () => session.record(recordedAt(2)), ['responses']],
  ] as const) {
    test(`draws the least anew: ${name}`, async () => {
      await drawn();
      change();
      assert.deepEqual(ids(model.changedBy(session)), expected);
      assert.deepEqual(ids(model.changedBy(session)), []);
    });
  }

  test('draws the session anew when a group is no longer empty or there is a last change', async () => {
    await drawn();
    const before = contentOf(session, clock);
    session.jar.clear({});
    assert.equal(model.changedBy(session)?.[0]?.kind, 'session');
    const change = changeBetween(before, contentOf(session, clock));
    lastChange = { session, label: '2 cookies cleared', change, at: clock };
    assert.equal(model.changedBy(session)?.[0]?.kind, 'session');
    assert.equal((await drawn())[1], '  2 cookies cleared: −2 cookies · just now');
  });

  test('an element stays the same object while its row lives, with what it stands for now', async () => {
    await drawn();
    const [group] = await model.children((await model.children())[0]);
    const [, domain] = await model.children(group);
    const [before] = await model.children(domain);
    session.jar.put(cookieAt(2, { name: 'sid', value: 'NEW' }));
    const [changed] = model.changedBy(session) ?? [];
    assert.equal(changed, before);
    assert.ok(changed?.kind === 'cookie' && changed.cookie.value === 'NEW');
  });

  test('words that count from now are looked at again, and what has expired is gone', async () => {
    await drawn();
    clock += hour / 2;
    assert.deepEqual(ids(model.outdated())?.toSorted(), ['cookie/h.test\nhost\n/\nsid', 'response/a.http#login']);
    await drawn();
    assert.deepEqual(model.outdated(), []);
    clock += hour;
    assert.deepEqual(ids(model.changedBy(session)), ['cookies']);
  });
});
