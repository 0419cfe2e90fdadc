import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SessionChange } from '../../src/core/session/sessionChange.ts';
import { changeWords } from '../../src/present/changeWords.ts';
import { contentText } from '../../src/present/contentText.ts';
import { cookieAt, recordedAt, variableAt } from '../core/session/snapshotParts.ts';

test('a change in words, without any value', () => {
  const change: SessionChange = {
    cookies: [
      { before: undefined, after: cookieAt(1, { name: 'sid', value: 'SECRET' }) },
      { before: cookieAt(1, { value: 'OLD' }), after: cookieAt(2, { value: 'NEW' }) },
      { before: cookieAt(1, { name: 'gone' }), after: undefined },
    ],
    variables: [{ before: undefined, after: variableAt(1) }],
    recorded: [{ before: recordedAt(1), after: undefined }],
    defaults: { before: { headers: [], params: [] }, after: { headers: [['X', '1']], params: [] } },
  };
  assert.deepEqual(changeWords(change), {
    short: '+1 cookie, 1 cookie changed, −1 cookie, +1 variable, −1 response, defaults changed',
    long: [
      'cookie sid of h.test/ added',
      'cookie a of h.test/ changed',
      'cookie gone of h.test/ removed',
      'variable token added',
      'last response login removed',
      'defaults changed',
    ],
  });
});

test('the text of a session is in a fixed order; secret values are told apart by a mark and by nothing else', () => {
  const content = (value: string) =>
    contentText(
      {
        cookies: [cookieAt(1, { name: 'b', value }), cookieAt(1, { name: 'a', value: 'same' })],
        variables: [variableAt(1, { name: 'page', value: '2' }), variableAt(1, { name: 'key', value, secret: true })],
        recorded: [recordedAt(1)],
        defaults: { headers: [['Authorization', `Bearer ${value}`]], params: [] },
      },
      1000,
    );
  const [one, two] = [content('SECRET-1'), content('SECRET-2')];
  assert.doesNotMatch(one, /SECRET/);
  const differing = one.split('\n').filter((line, index) => line !== two.split('\n')[index]);
  assert.deepEqual(
    differing.map((line) => /^\s*(\S+ \S+)/.exec(line)?.[1]),
    ['h.test/ b', 'key =', '"Authorization": "***'],
  );
  assert.match(one, /^ {2}page = "2" {2}captured from login$/m);
});
