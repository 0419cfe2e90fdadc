import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validFromView, validToView } from '../../src/protocol/validMessage.ts';
import { views } from '../webview/views.ts';

function check(valid: (message: unknown) => unknown, message: unknown, isValid: boolean): void {
  assert.equal(valid(message) !== undefined, isValid, JSON.stringify(message)?.slice(0, 200));
}

test('what the view may ask is let through, anything else is not', () => {
  const key = { name: 'sid', domain: 'a.test', path: '/', hostOnly: true };
  for (const message of [
    { type: 'ready' },
    { type: 'resend', id: 'x' },
    { type: 'pin', id: 'x', pinned: false },
    { type: 'copyBody', id: 'x', hop: 1 },
    { type: 'decodeBody', id: 'x', hop: 1 },
    { type: 'decodeBody', id: 'x', hop: 1, encoding: 'big5' },
    { type: 'filterBody', id: 'x', hop: 1, path: '$.a', ask: 1 },
    { type: 'copyText', text: '' },
    { type: 'showCookie', key },
    { type: 'showProblem', line: 1, column: 1 },
    { type: 'offer', id: 'x', command: 'openTrust' },
  ])
    check(validFromView, message, true);
  for (const message of [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'toString' },
    { type: '__proto__' },
    { type: ['ready'] },
    { type: 'resend' },
    { type: 'resend', id: 1 },
    { type: 'pin', id: 'x', pinned: 'yes' },
    { type: 'copyBody', id: 'x', hop: '1' },
    { type: 'copyBody', id: 'x', hop: 0 },
    { type: 'copyBody', id: 'x', hop: 1.5 },
    { type: 'decodeBody', id: 'x', hop: 1, encoding: 7 },
    { type: 'filterBody', id: 'x', hop: 1, path: {}, ask: 1 },
    { type: 'copyText', text: { toString: 1 } },
    { type: 'showCookie', key: { ...key, hostOnly: 1 } },
    { type: 'showCookie', key: null },
    { type: 'showProblem', line: -1, column: 1 },
    { type: 'offer', id: 'x', command: 'workbench.action.quit' },
  ])
    check(validFromView, message, false);
});

test('what is asked of a large body, and what is answered, is looked at in every part', () => {
  const ask = (question: unknown) => ({ type: 'askBody', id: 'x', hop: 1, question, ask: 1 });
  const lines = { kind: 'lines', line: 0, count: 9, column: 0, width: 99 };
  for (const form of ['raw', 'pretty', 'hex']) check(validFromView, ask({ ...lines, form }), true);
  check(validFromView, ask({ ...lines, form: 'other' }), false);
  check(validFromView, ask({ kind: 'filter', path: '$.a' }), true);
  check(validFromView, ask({ kind: 'filter', path: 1 }), false);
  const answer = (part: unknown) => ({ type: 'bodyPart', ask: 1, part });
  const result = { kind: 'found', text: '[1]', places: ['$.a'], count: 7, remark: 'x' };
  for (const part of [
    { kind: 'unfollowed' },
    { kind: 'filter', count: 7, searched: 0.5 },
    { kind: 'filter', count: 7, searched: 1, result },
  ])
    check(validToView, answer(part), true);
  for (const part of [
    { kind: 'filter', count: -1, searched: 1 },
    { kind: 'filter', count: 7 },
    { kind: 'filter', count: 7, searched: 1, result: { ...result, places: [1] } },
    { kind: 'filter', count: 7, searched: 1, result: { ...result, count: 'x' } },
    { kind: 'filter', count: 7, searched: 1, result: { ...result, remark: {} } },
  ])
    check(validToView, answer(part), false);
});

test('the view draws exchanges of its protocol and nothing else', () => {
  const show = (exchange: unknown) => ({ type: 'show', exchange, pinned: false, strings: {} });
  for (const exchange of Object.values(views)) check(validToView, show(exchange()), true);
  check(validToView, { type: 'empty', message: 'x' }, true);
  check(validToView, { type: 'filtered', ask: 1, result: { kind: 'nothing' } }, true);
  const found = { kind: 'found', text: '1', places: ['$'] };
  for (const part of [
    { kind: 'filter', count: 0, searched: 0.5 },
    { kind: 'filter', count: 1, searched: 1, result: found },
    { kind: 'unfollowed' },
  ]) {
    check(validToView, { type: 'bodyPart', ask: 1, part }, true);
  }
  check(validToView, { type: 'bodyPart', ask: 1, part: { kind: 'filter', count: 1, searched: 1, result: 1 } }, false);
  const view = views.oneHop();
  for (const message of [
    undefined,
    { type: 'show' },
    show(undefined),
    show({ ...view, id: 1 }),
    show({ ...view, state: 'gone' }),
    show({ ...view, hops: [{}] }),
    show({ ...view, hops: {} }),
    { ...show(view), strings: { a: 1 } },
    { type: 'empty', message: {} },
    { type: 'filtered', ask: 1, result: 'x' },
    { type: 'run', code: '' },
  ])
    check(validToView, message, false);
});
