import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Session } from '../../../src/core/session/session.ts';
import { get, openSession, serve } from './loopback.ts';

const url = 'http://a.test/';

/** Two sessions of the same key on one clock, as two windows have them. */
function twoWindows(t: TestContext): { mine: Session; other: Session; readonly at: (time: number) => void } {
  let clock = 1;
  const now = (): number => clock;
  return { mine: openSession(t, now), other: openSession(t, now), at: (time) => (clock = time) };
}

function variable(name: string, value: string, at: number) {
  return { name, value, origin: 'set by hand', secret: false, at };
}

function contents(session: Session): string {
  const cookies = session.jar.all(3000).map(({ name, value }) => `${name}=${value}`);
  const variables = session.variables().map(({ name, value }) => `${name}:${value}`);
  return [...cookies, ...variables].join(' ');
}

test('every change counts up and is told of, and a listener can go', (t) => {
  const session = openSession(t);
  let told = 0;
  const forget = session.onChange(() => (told += 1));
  session.setVariable(variable('v', '1', 1));
  session.setDefaults({ headers: [['A', '1']], params: [] });
  session.touch();
  assert.deepEqual([session.revision, told], [3, 3]);
  assert.equal(session.deleteVariable('missing'), undefined);
  assert.deepEqual(
    session.clearVariables().map(({ name }) => name),
    ['v'],
  );
  forget();
  session.touch();
  assert.deepEqual([session.revision, told], [5, 4]);
});

test('a send counts as a change only when the jar holds something else', async (t) => {
  const origin = await serve(t, { '/set': (response) => response.setHeader('set-cookie', 'a=1; Path=/').end() });
  const session = openSession(t);
  await get(session, `${origin}/`);
  assert.equal(session.revision, 0);
  await get(session, `${origin}/set`);
  assert.equal(session.revision, 1);
});

test('what is saved comes back', (t) => {
  const { mine, other } = twoWindows(t);
  mine.jar.accept(['a=1'], url, 1);
  mine.setVariable(variable('v', '1', 1));
  mine.setDefaults({ headers: [['A', null]], params: [['k', '1']] });
  mine.record({
    file: 'f.http',
    id: 'login',
    at: 1,
    request: { method: 'GET', url, headers: [] },
    hops: [],
    cookies: [],
  });
  other.apply(mine.snapshot());
  assert.equal(contents(other), 'a=1 v:1');
  assert.deepEqual(other.defaults, mine.defaults);
  assert.equal(other.recorded('f.http', 'login')?.at, 1);
  assert.equal(other.recorded('f.http', 'logout'), undefined);
  assert.equal(other.revision, 1);
});

test('of two writers the later one wins, item by item', (t) => {
  const { mine, other, at } = twoWindows(t);
  mine.setVariable(variable('v', 'mine', 10));
  mine.setVariable(variable('w', 'mine', 30));
  mine.jar.accept(['a=mine'], url, 10);
  at(20);
  other.setVariable(variable('v', 'other', 20));
  other.setVariable(variable('w', 'other', 20));
  other.jar.accept(['a=other'], url, 20);
  mine.apply(other.snapshot());
  assert.equal(contents(mine), 'a=other v:other w:mine');
});

test('a deletion travels, however it was made', (t) => {
  const { mine, other, at } = twoWindows(t);
  mine.jar.accept(['a=1', 'b=2'], url, 1);
  mine.setVariable(variable('v', '1', 1));
  other.apply(mine.snapshot());
  at(50);
  mine.jar.clear({ name: 'a' });
  mine.deleteVariable('v');
  other.apply(mine.snapshot());
  assert.equal(contents(other), 'b=2');
});

test('a deletion that was not saved yet is not undone by what is on disk', (t) => {
  const { mine, at } = twoWindows(t);
  mine.jar.accept(['a=1'], url, 1);
  const disk = mine.snapshot();
  at(50);
  mine.jar.clear({});
  mine.apply(disk);
  assert.equal(contents(mine), '');
});

test('a write after a deletion elsewhere stays', (t) => {
  const { mine, other, at } = twoWindows(t);
  mine.jar.accept(['a=1'], url, 1);
  other.apply(mine.snapshot());
  at(50);
  other.jar.clear({});
  other.touch();
  at(60);
  mine.jar.accept(['a=2'], url, 60);
  mine.apply(other.snapshot());
  assert.equal(contents(mine), 'a=2');
});

test('what expired here is not deleted elsewhere, where it may have been renewed', (t) => {
  const { mine, other, at } = twoWindows(t);
  mine.jar.accept(['a=1; Max-Age=1'], url, 1);
  other.apply(mine.snapshot());
  at(900);
  other.jar.accept(['a=1; Max-Age=100'], url, 900);
  at(2000);
  const { deleted } = mine.snapshot();
  assert.deepEqual(deleted, []);
  other.apply(mine.snapshot());
  assert.equal(contents(other), 'a=1');
});

test('applying what is known changes nothing', (t) => {
  const { mine } = twoWindows(t);
  mine.jar.accept(['a=1'], url, 1);
  mine.setVariable(variable('v', '1', 1));
  const before = mine.revision;
  mine.apply(mine.snapshot());
  assert.equal(mine.revision, before);
});
